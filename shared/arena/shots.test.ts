import { expect, test } from "vitest";
import { AsteroidSize, WORLD_SIZE } from "../schema/generated/arena.ts";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { IDLE_INPUT } from "./movement.ts";
import { simulate } from "./simulation.ts";
import { spawnAsteroid } from "./asteroids.ts";
import { ASTEROID_RADII, SHOT_SPEED_MAX } from "./tuning.ts";
import { createWorld, spawnShip, tablesOf } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

const FIRE: ArenaInput = { ...IDLE_INPUT, fire: true };

test("a held trigger fires 5 shots in a second, 6 ticks apart", () => {
  const world = createWorld(1);
  spawnShip(world, 0, 1000, 1000, 0);
  const shotsAfterTick: number[] = [];

  for (let tick = 0; tick < 30; tick++) {
    run(world, 1, [FIRE]);
    shotsAfterTick.push(world.shots.count);
  }

  expect([0, 5, 6, 29].map((tick) => shotsAfterTick[tick])).toEqual([1, 1, 2, 5]);
});

test("a shot flies at 720 units per second on top of its ship's speed, but never faster than the wire can say", () => {
  const world = createWorld(1);
  const slow = spawnShip(world, 0, 500, 1000, 0)!;
  const fast = spawnShip(world, 1, 500, 2000, 0)!;
  world.ships.columns.vx[slow] = 6;
  world.ships.columns.vx[fast] = 12;

  run(world, 1, [FIRE, FIRE]);

  expect(world.shots.columns.vx[0]).toBeCloseTo(24 + 5.85, 1);
  expect(world.shots.columns.vx[1]).toBe(SHOT_SPEED_MAX);
});

test("a shot that hits nothing is gone after 1.4 seconds, 42 ticks in which it flew 1008 units", () => {
  const world = createWorld(1);
  spawnShip(world, 0, 500, 1000, 0);
  run(world, 1, [FIRE]);
  const fromX = world.shots.columns.x[0]!;

  run(world, 41);

  expect(world.shots.count).toBe(1);
  expect(world.shots.columns.x[0]! - fromX).toBe(41 * 24);
  run(world, 1);
  expect(world.shots.count).toBe(0);
});

test("a shot leaves the world at its border, and a muzzle outside fires none", () => {
  const world = createWorld(1);
  spawnShip(world, 0, WORLD_SIZE - 60, 1000, 0);
  spawnShip(world, 1, WORLD_SIZE - 14, 2000, 0);

  run(world, 1, [FIRE, FIRE]);
  expect(world.shots.count).toBe(1);

  run(world, 2);
  expect(world.shots.count).toBe(0);
});

test("no shot at top speed passes through the smallest asteroid, wherever between two ticks it meets it", () => {
  const missed: number[] = [];
  for (let gap = 0; gap < 64; gap += 0.5) {
    const world = createWorld(1);
    const rock = spawnAsteroid(world, AsteroidSize.SMALL, 1000, 1000)!;
    shoot(world, 1000 - ASTEROID_RADII[0] - 2 - gap, 1000 + (gap % 17));
    run(world, 3);
    if (world.asteroids.columns.health[rock] !== 1) missed.push(gap);
  }

  expect(missed).toEqual([]);
});

test("a shot that passes 21 units beside the smallest asteroid misses; 19 units hit", () => {
  const healths = [21, 19].map((distance) => {
    const world = createWorld(1);
    const rock = spawnAsteroid(world, AsteroidSize.SMALL, 1000, 1000)!;
    shoot(world, 970, 1000 + distance);
    run(world, 3);
    return world.asteroids.columns.health[rock];
  });

  expect(healths).toEqual([2, 1]);
});

test("a head-on ship at full speed cannot slip past a shot between two ticks", () => {
  const missed: number[] = [];
  for (let gap = 0; gap < 60; gap += 0.5) {
    const world = createWorld(1);
    const ship = unshielded(world, 1, 1000 + gap, 1000);
    world.ships.columns.vx[ship] = -12;
    shoot(world, 960, 1000);
    run(world, 4);
    if (world.ships.columns.health[ship] !== 88) missed.push(gap);
  }

  expect(missed).toEqual([]);
});

test("of a ship and the asteroid behind it only the ship is hit", () => {
  const world = createWorld(1);
  const rock = spawnAsteroid(world, AsteroidSize.SMALL, 1040, 1000)!;
  const ship = unshielded(world, 1, 1005, 1000);
  shoot(world, 985, 1000);

  run(world, 1);

  expect(world.ships.columns.health[ship]).toBe(88);
  expect(world.asteroids.columns.health[rock]).toBe(2);
  expect(world.shots.count).toBe(0);
});

test("a shot takes 12 of 100 health: the ninth hit is the end, and is the shooter's kill", () => {
  const world = createWorld(1);
  const ship = unshielded(world, 5, 1000, 1000);
  const healths: number[] = [];

  for (let hit = 0; hit < 8; hit++) {
    shoot(world, 975, 1000, 3);
    run(world, 1);
    healths.push(world.ships.columns.health[ship]!);
  }
  shoot(world, 975, 1000, 3);
  run(world, 1);

  expect(healths).toEqual([88, 76, 64, 52, 40, 28, 16, 4]);
  expect(world.ships.count).toBe(0);
  expect(world.outcomes.kills).toEqual([{ killer: 3, victim: 5, x: 1000, y: 1000 }]);
});

test("a shot passes through its own ship, and stops at a shield without harm", () => {
  const world = createWorld(1);
  const shooter = unshielded(world, 0, 985, 1000);
  const shielded = spawnShip(world, 1, 1050, 1000, 0)!;
  shoot(world, 960, 1000);

  run(world, 4);

  expect(world.ships.columns.health[shooter]).toBe(100);
  expect(world.ships.columns.health[shielded]).toBe(100);
  expect(world.shots.count).toBe(0);
});

test("the shield of a new ship lasts 2 seconds: it takes no harm in tick 59, and 12 in tick 60", () => {
  const healths = [58, 59].map((ticksBefore) => {
    const world = createWorld(1);
    const ship = spawnShip(world, 1, 1000, 1000, 0)!;
    run(world, ticksBefore);
    shoot(world, 975, 1000);
    run(world, 1);
    return world.ships.columns.health[ship];
  });

  expect(healths).toEqual([100, 88]);
});

test("a hurt ship begins to heal after 5 seconds, one point in 6 ticks, and stops at 100", () => {
  const world = createWorld(1);
  const ship = unshielded(world, 1, 1000, 1000);
  shoot(world, 975, 1000);
  run(world, 1);

  const healths = [149, 1, 60, 600].map((ticks) => {
    run(world, ticks);
    return world.ships.columns.health[ship];
  });

  expect(healths).toEqual([88, 89, 99, 100]);
});

/** Runs ticks with these inputs, by player, rounding to the wire as the room does. */
function run(world: ArenaWorld, ticks: number, inputs: readonly ArenaInput[] = []): void {
  for (let tick = 0; tick < ticks; tick++) {
    simulate(
      world,
      inputs.map((input, playerId) => ({ playerId, input, sawTick: world.tick + 1 })),
    );
    for (const table of tablesOf(world)) table.snap();
  }
}

/** A shot of `owner` at (x, y), to the right at the highest speed. */
function shoot(world: ArenaWorld, x: number, y: number, owner = 0): void {
  const slot = world.shots.spawn()!;
  const { columns } = world.shots;
  columns.owner[slot] = owner;
  columns.x[slot] = x;
  columns.y[slot] = y;
  columns.vx[slot] = SHOT_SPEED_MAX;
  world.shotTicksLeft[slot] = 42;
}

function unshielded(world: ArenaWorld, owner: number, x: number, y: number): number {
  const slot = spawnShip(world, owner, x, y, 0)!;
  world.shipTimers.shieldTicks[slot] = 0;
  return slot;
}
