import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { simulate } from "../../shared/arena/simulation.ts";
import { growTerrain } from "../../shared/arena/terrain-growth.ts";
import { isClear } from "../../shared/arena/terrain-contact.ts";
import { CELLS_PER_BLOCK, STONE, Terrain } from "../../shared/arena/terrain.ts";
import { SHIP_RADIUS } from "../../shared/arena/tuning.ts";
import { type ArenaWorld, createWorld, spawnShip, tablesOf } from "../../shared/arena/world.ts";
import { WORLD_SIZE } from "../../shared/schema/generated/arena.ts";
import { steer } from "./bot-brain.ts";

const EAST = 0;
/** Solid rock, from (2304, 2048) to (2560, 2304). */
const BLOCK = 8 * 16 + 9;

test("a bot at full speed towards rock turns off and is not hurt", () => {
  const world = worldWithBlock();
  const own = spawnShip(world, 3, 2100, 2176, EAST)!;
  world.ships.columns.vx[own] = 12;

  fly(world, [own], 150);

  expect(world.ships.columns.health[own]).toBe(100);
});

test("a foe behind rock is not shot at through 256 units of it, but flown around to: the bot hurts it within 20 s", () => {
  const world = worldWithBlock();
  const own = spawnShip(world, 3, 2200, 2176, EAST)!;
  const foe = spawnShip(world, 8, 2700, 2176, EAST)!;

  expect(steer(world, 3, 1, new Rng(1)).fire).toBe(false);
  fly(world, [own], 600);

  expect(world.ships.isLive(foe) && world.ships.columns.health[foe] === 100).toBe(false);
});

test("a foe behind a wall of 40 units is shot at through it", () => {
  const world = worldWithBlock();
  // Ten cells of it are left.
  for (let x = 601; x < 640; x++) world.terrain.dig({ x, y: 544, radius: 15 });
  spawnShip(world, 3, 2200, 2176, EAST);
  spawnShip(world, 8, 2460, 2176, EAST);

  expect(steer(world, 3, 1, new Rng(1)).fire).toBe(true);
});

test("20 bots in a grown world fly 60 s without one that rests for 10 s, and crash less than once in 5 minutes each", () => {
  const world = createWorld(1, growTerrain(7));
  const rng = new Rng(2);
  const ships = Array.from({ length: 20 }, (_, owner) => spawnSomewhere(world, owner, rng));
  let crashes = 0;
  const rested = ships.map(() => 0);
  let longest = 0;
  const last = ships.map(() => ({ x: 0, y: 0 }));

  for (let tick = 0; tick < 1800; tick++) {
    for (const slot of ships) world.shipTimers.shieldTicks[slot] = 0;
    fly(world, ships, 1);
    ships.forEach((slot, index) => {
      if (!world.ships.isLive(slot)) ships[index] = spawnSomewhere(world, index, rng);
      const [x, y] = [world.ships.columns.x[slot]!, world.ships.columns.y[slot]!];
      const hasMoved = Math.hypot(x - last[index]!.x, y - last[index]!.y) > 30;
      if (hasMoved) last[index] = { x, y };
      rested[index] = hasMoved ? 0 : rested[index]! + 1;
      longest = Math.max(longest, rested[index]);
    });
    crashes += world.outcomes.kills.filter(({ killer }) => killer > 20).length;
  }

  expect(longest).toBeLessThan(300);
  expect(crashes).toBeLessThan(4);
});

function worldWithBlock(): ArenaWorld {
  const terrain = new Terrain();
  terrain.cells.fill(STONE, BLOCK * CELLS_PER_BLOCK, (BLOCK + 1) * CELLS_PER_BLOCK);
  terrain.rockCounts[BLOCK] = CELLS_PER_BLOCK;
  return createWorld(1, terrain);
}

function spawnSomewhere(world: ArenaWorld, owner: number, rng: Rng): number {
  for (;;) {
    const [x, y] = [rng.between(100, WORLD_SIZE - 100), rng.between(100, WORLD_SIZE - 100)];
    if (isClear(world.terrain, x, y, SHIP_RADIUS + 40)) return spawnShip(world, owner, x, y, rng.below(1024))!;
  }
}

/** All ships that are named do what their brains say; the others nothing. */
function fly(world: ArenaWorld, ships: readonly number[], ticks: number): void {
  const rng = new Rng(5);
  for (let tick = 0; tick < ticks; tick++) {
    const owners = ships.filter((slot) => world.ships.isLive(slot)).map((slot) => world.ships.columns.owner[slot]!);
    const inputs = owners
      .sort((a, b) => a - b)
      .map((playerId) => ({ playerId, input: steer(world, playerId, world.tick, rng), sawTick: world.tick + 1 }));
    simulate(world, inputs);
    for (const table of tablesOf(world)) table.snap();
  }
}
