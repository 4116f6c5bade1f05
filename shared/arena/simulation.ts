import type { PlayerInput, Rewind } from "#engine/shared";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { driftAsteroids } from "./asteroids.ts";
import { coolBeam, fadeBeams, fireBeam } from "./beams.ts";
import { crashAsteroids, crashShips } from "./crashes.ts";
import { fillCells } from "./fill-cells.ts";
import { IDLE_INPUT, moveShip } from "./movement.ts";
import { restShip } from "./ship-health.ts";
import { coolGun, fireShot, flyShots, flyToPresent } from "./shots.ts";
import { crashAsteroidsIntoRock, crashShipsIntoRock } from "./terrain-crashes.ts";
import type { ArenaWorld } from "./world.ts";

/** What players want in a tick, by rising player, at most one for each. */
type Inputs = readonly PlayerInput<ArenaInput>[];

/** For whom there is no past: everybody is where it is. */
export const PRESENT: Rewind = {
  read: (table, slot, _tick, columns) => {
    table.codec.copy(table.columns, columns, slot);
    return true;
  },
};

/** One tick of everything that follows from physics and weapons. */
export function simulate(world: ArenaWorld, inputs: Inputs, rewind = PRESENT): void {
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
  fadeBeams(world);
  fireWeapons(world, inputs, rewind);
}

function moveShips(world: ArenaWorld, inputs: Inputs): void {
  const { ships } = world;
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot)) continue;
    moveShip(ships.columns, slot, inputOf(inputs, ships.columns.owner[slot]!)?.input ?? IDLE_INPUT);
    coolGun(world, slot);
    coolBeam(world, slot);
    restShip(world, slot);
  }
}

/** Last, so that a shot is first seen where it leaves the ship, or as far on as its player saw the world behind. */
function fireWeapons(world: ArenaWorld, inputs: Inputs, rewind: Rewind): void {
  const { ships } = world;
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot)) continue;
    const wanted = inputOf(inputs, ships.columns.owner[slot]!);
    if (wanted === undefined) continue;
    const { input, sawTick } = wanted;
    const shot = fireShot(world, slot, input);
    if (shot !== undefined) flyToPresent(world, shot, rewind, sawTick);
    if (ships.isLive(slot)) fireBeam(world, slot, input, { rewind, sawTick });
  }
}

function inputOf(inputs: Inputs, playerId: number): PlayerInput<ArenaInput> | undefined {
  let low = 0;
  let high = inputs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (inputs[middle]!.playerId < playerId) low = middle + 1;
    else high = middle;
  }
  const entry = inputs[low];
  return entry?.playerId === playerId ? entry : undefined;
}
