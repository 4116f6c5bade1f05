import { expect, test } from "vitest";
import { AsteroidSize } from "../schema/generated/arena.ts";
import { spawnAsteroid } from "./asteroids.ts";
import { aimOfHeading, IDLE_INPUT } from "./movement.ts";
import { simulate } from "./simulation.ts";
import { BLOCKS, CELLS_ACROSS, CELLS_PER_BLOCK, cellIndex, STONE } from "./terrain.ts";
import { createWorld, spawnShip } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

const OWNER = 4;
const BEAM = { ...IDLE_INPUT, beam: true };

/** A shooter at 1000, 1000 who looks to the right: the beam begins at 1018. */
function shooterIn(world: ArenaWorld): number {
  return spawnShip(world, OWNER, 1_000, 1_000, 0)!;
}

function unshielded(world: ArenaWorld, owner: number, x: number, y = 1_000): number {
  const slot = spawnShip(world, owner, x, y, 0)!;
  world.shipTimers.shieldTicks[slot] = 0;
  return slot;
}

/** Rock from so many units on to the right. */
function putRock(world: ArenaWorld, fromX: number): void {
  const { cells, rockCounts } = world.terrain;
  for (let cellX = fromX / 4; cellX < CELLS_ACROSS; cellX++) {
    for (let cellY = 200; cellY < 300; cellY++) cells[cellIndex(cellX, cellY)] = STONE;
  }
  for (let block = 0; block < BLOCKS; block++) {
    rockCounts[block] = cells.subarray(block * CELLS_PER_BLOCK, (block + 1) * CELLS_PER_BLOCK).filter(Boolean).length;
  }
}

function fire(world: ArenaWorld, ticks = 1, input = BEAM): void {
  for (let tick = 0; tick < ticks; tick++) {
    simulate(world, [{ playerId: OWNER, input, sawTick: world.tick + 1 }]);
  }
}

test("a beam hits at once, takes 25 of 100 health, and its trace ends at the hull", () => {
  const world = createWorld(1);
  shooterIn(world);
  const foe = unshielded(world, 9, 1_332);

  fire(world);

  const { x, y, length, hit, owner } = world.beams.columns;
  expect(world.ships.columns.health[foe]).toBe(75);
  expect([x[0], y[0], length[0], hit[0], owner[0]]).toEqual([1_018, 1_000, 300, 1, OWNER]);
});

test.each([
  ["a ship whose hull begins 639 units away is hit", 639, 75, 639, 1],
  ["one whose hull begins 642 units away is not", 642, 100, 640, 0],
])("%s", (_, distance, health, length, hit) => {
  const world = createWorld(1);
  shooterIn(world);
  const foe = unshielded(world, 9, 1_018 + distance + 14);

  fire(world);

  expect(world.ships.columns.health[foe]).toBe(health);
  expect([world.beams.columns.length[0], world.beams.columns.hit[0]]).toEqual([length, hit]);
});

test("a held beam fires once in 1.5 s: in 91 ticks thrice, 45 apart, and each trace is there for 4 ticks", () => {
  const world = createWorld(1);
  shooterIn(world);
  const traces: number[] = [];

  for (let tick = 0; tick < 91; tick++) {
    fire(world);
    if (world.beams.count > 0) traces.push(tick);
  }

  expect(traces).toEqual([0, 1, 2, 3, 45, 46, 47, 48, 90]);
});

test("of a ship, an asteroid and rock the nearest is hit, and what is behind it stays whole", () => {
  const results = [1_100, 1_200, 1_300].map((shipX) => {
    const world = createWorld(1);
    shooterIn(world);
    const ship = unshielded(world, 9, shipX);
    const asteroid = spawnAsteroid(world, AsteroidSize.LARGE, shipX === 1_200 ? 1_400 : 1_220, 1_000)!;
    putRock(world, shipX === 1_200 ? 1_100 : 1_600);
    fire(world);
    const [asteroidHealth, shipHealth] = [world.asteroids.columns.health[asteroid], world.ships.columns.health[ship]];
    return [shipHealth, asteroidHealth, world.outcomes.craters.length, world.beams.columns.hit[0]];
  });

  expect(results).toEqual([
    [75, 5, 0, 1],
    [100, 5, 1, 0],
    [100, 4, 0, 1],
  ]);
});

test("a beam pushes an asteroid along its way, and never hits the ship that fires it, aimed back across it", () => {
  const world = createWorld(1);
  const own = shooterIn(world);
  world.shipTimers.shieldTicks[own] = 0;
  const asteroid = spawnAsteroid(world, AsteroidSize.SMALL, 800, 1_000)!;

  // The muzzle is where the heading points, the beam goes the other way: through the ship.
  fire(world, 1, { ...BEAM, aims: true, aim: aimOfHeading(512) });

  expect(world.ships.columns.health[own]).toBe(100);
  expect(world.asteroids.columns.health[asteroid]).toBe(1);
  expect(world.asteroids.columns.vx[asteroid]).toBeLessThan(-0.5);
  expect(world.beams.columns.aim[0]).toBe(32_768);
});

test("a shield stops a beam; whose muzzle is outside the world fires none, and need not wait", () => {
  const world = createWorld(1);
  shooterIn(world);
  const foe = spawnShip(world, 9, 1_332, 1_000, 0)!;
  const outside = spawnShip(world, 5, 4_096 - 14, 2_000, 0)!;

  simulate(world, [
    { playerId: OWNER, input: BEAM, sawTick: 1 },
    { playerId: 5, input: BEAM, sawTick: 1 },
  ]);

  expect(world.ships.columns.health[foe]).toBe(100);
  expect(world.beams.count).toBe(1);
  expect(world.ships.columns.beamCooldown[outside]).toBe(0);
});

test("the fourth beam is the end of a ship, and the shooter's kill", () => {
  const world = createWorld(1);
  shooterIn(world);
  unshielded(world, 9, 1_332);

  fire(world, 135);
  expect(world.outcomes.kills).toEqual([]);
  fire(world);

  expect(world.outcomes.kills).toMatchObject([{ killer: OWNER, victim: 9 }]);
});
