import { expect, test } from "vitest";
import { AsteroidSize, NOBODY } from "../schema/generated/arena.ts";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { spawnAsteroid } from "./asteroids.ts";
import { IDLE_INPUT } from "./movement.ts";
import { simulate } from "./simulation.ts";
import { isClear } from "./terrain-contact.ts";
import { BLOCKS, CELLS_ACROSS, cellIndex, CELLS_PER_BLOCK, OPEN, Terrain } from "./terrain.ts";
import { createWorld, spawnShip, tablesOf } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

const OWNER = 4;

test("a ship that drifts against rock at 60 units per second is not hurt; at 352 it loses 35 health", () => {
  const healths = [2, 12].map((speed) => {
    const world = worldWithWall();
    const ship = shipBeforeWall(world, speed);
    run(world, 3);
    return world.ships.columns.health[ship];
  });

  expect(healths).toEqual([100, 65]);
});

test("a ship at full speed is thrown back at 0.6 of it, and is never in the rock at the end of a tick", () => {
  const world = worldWithWall();
  const ship = shipBeforeWall(world, 12);
  const { x, y, vx } = world.ships.columns;

  for (let tick = 0; tick < 30; tick++) {
    run(world, 1, [{ playerId: OWNER, input: { ...IDLE_INPUT, thrust: tick > 10 } }]);
    expect(isClear(world.terrain, x[ship]!, y[ship]!, 11.9)).toBe(true);
    if (tick === 3) expect(vx[ship]).toBeLessThan(-5);
  }
});

test("a crash into rock that takes the last health is nobody's kill, and tears a crater of 6 cells", () => {
  const world = worldWithWall();
  const ship = shipBeforeWall(world, 12);
  world.ships.columns.health[ship] = 30;

  run(world, 1);

  expect(world.outcomes.kills).toMatchObject([{ killer: NOBODY, victim: OWNER }]);
  expect(world.outcomes.craters).toMatchObject([{ radius: 6 }]);
});

test("an asteroid bounces off rock; one that rests in it is left alone", () => {
  const world = worldWithWall();
  const moving = spawnAsteroid(world, AsteroidSize.LARGE, 1000 - 66, 2000)!;
  const resting = spawnAsteroid(world, AsteroidSize.LARGE, 1020, 3000)!;
  world.asteroids.columns.vx[moving] = 6;

  run(world, 2);

  expect(world.asteroids.columns.vx[moving]).toBeLessThan(-3);
  expect(world.asteroids.columns.x[resting]).toBe(1020);
});

test("a block its player does not have throws a ship back unhurt; others fly through", () => {
  const world = createWorld(1);
  const slow = spawnShip(world, 0, 256 - 13, 300, 0)!;
  const other = spawnShip(world, 1, 256 - 13, 400, 0)!;
  const isKnown = new Uint8Array(BLOCKS).fill(1);
  isKnown[17] = 0;
  world.knownBlocks[slow] = isKnown;
  for (const ship of [slow, other]) {
    world.ships.columns.vx[ship] = 12;
    world.shipTimers.shieldTicks[ship] = 0;
  }

  run(world, 4);

  const { x, health } = world.ships.columns;
  expect([x[slow]! < 244, x[other]! > 270]).toEqual([true, true]);
  expect([health[slow], health[other]]).toEqual([100, 100]);
});

test("shots dig through a wall of 10 cells: a ship that fires and thrusts is behind it within 3 seconds", () => {
  const world = worldWithWall(10);
  const ship = shipBeforeWall(world, 0);
  const input = { ...IDLE_INPUT, thrust: true, fire: true };

  run(world, 90, [{ playerId: OWNER, input }]);

  expect(world.ships.columns.x[ship]).toBeGreaterThan(1040 + 12);
});

test("a shot digs a crater of 4 cells where it hits rock, and is gone; one that hits a ship before it does not", () => {
  const craters = [false, true].map((hasShip) => {
    const world = worldWithWall();
    if (hasShip) spawnShip(world, 7, 980, 2000, 0);
    const shot = world.shots.spawn()!;
    world.shots.columns.owner[shot] = OWNER;
    world.shots.columns.x[shot] = 970;
    world.shots.columns.y[shot] = 2001;
    world.shots.columns.vx[shot] = 31;
    world.shotTicksLeft[shot] = 42;
    run(world, 1);
    expect(world.shots.count).toBe(0);
    return [...world.outcomes.craters];
  });

  expect(craters).toEqual([[{ x: 250, y: 500, radius: 4 }], []]);
});

/** Rock from x = 1000 on, so many cells thick, over the whole height of the world. */
function worldWithWall(cells = 100): ArenaWorld {
  const terrain = new Terrain();
  for (let y = 0; y < CELLS_ACROSS; y++) for (let x = 250; x < 250 + cells; x++) terrain.cells[cellIndex(x, y)] = 1;
  terrain.cells.forEach((kind, index) => {
    if (kind !== OPEN) terrain.rockCounts[Math.floor(index / CELLS_PER_BLOCK)]! += 1;
  });
  return createWorld(1, terrain);
}

/** One unit in front of the wall, flying towards it. */
function shipBeforeWall(world: ArenaWorld, speed: number): number {
  const ship = spawnShip(world, OWNER, 1000 - 13, 2001, 0)!;
  world.shipTimers.shieldTicks[ship] = 0;
  world.ships.columns.vx[ship] = speed;
  return ship;
}

function run(world: ArenaWorld, ticks: number, inputs: { playerId: number; input: ArenaInput }[] = []): void {
  for (let tick = 0; tick < ticks; tick++) {
    simulate(
      world,
      inputs.map((each) => ({ ...each, sawTick: world.tick + 1 })),
    );
    for (const table of tablesOf(world)) table.snap();
  }
}
