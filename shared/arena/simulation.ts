import type { PlayerInput } from "#engine/shared";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { driftAsteroids } from "./asteroids.ts";
import { fireShot, flyShots, restShip } from "./combat.ts";
import { crashAsteroids, crashShips } from "./crashes.ts";
import { IDLE_INPUT, moveShip } from "./movement.ts";
import { crashAsteroidsIntoRock, crashShipsIntoRock } from "./terrain-crashes.ts";
import type { ArenaWorld } from "./world.ts";

/** One tick of everything that follows from physics and weapons. `inputs` by rising player, at most one for each. */
export function simulate(world: ArenaWorld, inputs: readonly PlayerInput<ArenaInput>[]): void {
  world.tick += 1;
  world.outcomes.kills.length = 0;
  world.outcomes.breaks.length = 0;
  world.outcomes.craters.length = 0;
  moveShips(world, inputs);
  driftAsteroids(world);
  fillCells(world);
  crashShips(world);
  crashAsteroids(world);
  // After all that pushes: rock does not give way.
  crashShipsIntoRock(world);
  crashAsteroidsIntoRock(world);
  flyShots(world);
  fireShots(world, inputs);
}

function moveShips(world: ArenaWorld, inputs: readonly PlayerInput<ArenaInput>[]): void {
  const { ships } = world;
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot)) continue;
    moveShip(ships.columns, slot, inputOf(inputs, ships.columns.owner[slot]!));
    restShip(world, slot);
  }
}

/** Last, so that a shot is first seen where it leaves the ship. */
function fireShots(world: ArenaWorld, inputs: readonly PlayerInput<ArenaInput>[]): void {
  const { ships } = world;
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (ships.isLive(slot)) fireShot(world, slot, inputOf(inputs, ships.columns.owner[slot]!));
  }
}

function inputOf(inputs: readonly PlayerInput<ArenaInput>[], playerId: number): ArenaInput {
  let low = 0;
  let high = inputs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (inputs[middle]!.playerId < playerId) low = middle + 1;
    else high = middle;
  }
  const entry = inputs[low];
  return entry?.playerId === playerId ? entry.input : IDLE_INPUT;
}

function fillCells(world: ArenaWorld): void {
  const { ships, shipCells, asteroids, asteroidCells } = world;
  shipCells.clear();
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (ships.isLive(slot)) shipCells.insert(slot, ships.columns.x[slot]!, ships.columns.y[slot]!);
  }
  asteroidCells.clear();
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (asteroids.isLive(slot)) asteroidCells.insert(slot, asteroids.columns.x[slot]!, asteroids.columns.y[slot]!);
  }
}
