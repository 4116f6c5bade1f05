import { expect, test } from "vitest";
import { AsteroidSize } from "../schema/generated/arena.ts";
import { speedOf } from "./movement.ts";
import { simulate } from "./simulation.ts";
import { asteroidMass, asteroidRadius, hitAsteroid, spawnAsteroid } from "./asteroids.ts";
import { PIECE_SPEED, SHOT_MASS, TICK_RATE } from "./tuning.ts";
import { createWorld } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

test.each([
  ["large", AsteroidSize.LARGE, 5, [1, 1, 1]],
  ["medium", AsteroidSize.MEDIUM, 3, [0, 0]],
  ["small", AsteroidSize.SMALL, 2, []],
] as const)("a %s asteroid stands all hits but the last, and leaves its pieces", (_name, size, hits, pieces) => {
  const world = createWorld(3);
  const rock = spawnAsteroid(world, size, 2000, 2000)!;

  for (let hit = 1; hit < hits; hit++) hitAsteroid(world, rock, 30, 0, 7);
  expect([world.asteroids.count, world.asteroids.columns.health[rock]]).toEqual([1, 1]);
  hitAsteroid(world, rock, 30, 0, 7);

  expect(sizesIn(world)).toEqual(pieces);
  expect(world.outcomes.breaks).toEqual([{ playerId: 7, size }]);
});

test.each([AsteroidSize.LARGE, AsteroidSize.MEDIUM])(
  "the pieces of size %i fly apart at 36 units per second, and together as what broke flew, pushed by its last hit",
  (size) => {
    const world = createWorld(4);
    const rock = spawnAsteroid(world, size, 2000, 2000)!;
    const { columns } = world.asteroids;
    columns.health[rock] = 1;
    columns.vx[rock] = 2;
    columns.vy[rock] = -1;
    const pushed = 2 + (30 * SHOT_MASS) / asteroidMass(columns, rock);

    hitAsteroid(world, rock, 30, 0, 0);

    const pieces = [...world.asteroids.slots()];
    expect(mean(pieces.map((slot) => columns.vx[slot]!))).toBeCloseTo(pushed, 2);
    expect(mean(pieces.map((slot) => columns.vy[slot]!))).toBeCloseTo(-1, 2);
    for (const slot of pieces) {
      expect(Math.hypot(columns.vx[slot]! - pushed, columns.vy[slot]! + 1)).toBeCloseTo(PIECE_SPEED, 6);
    }
  },
);

test("the pieces of an asteroid do not overlap, and stay inside the world even in its corner", () => {
  const world = createWorld(5);
  const rock = spawnAsteroid(world, AsteroidSize.LARGE, 2000, 2000)!;
  const inCorner = spawnAsteroid(world, AsteroidSize.LARGE, 64, 64)!;
  world.asteroids.columns.health[rock] = 1;
  world.asteroids.columns.health[inCorner] = 1;

  hitAsteroid(world, rock, 0, 0, 0);
  expect(overlapsIn(world)).toBe(0);
  hitAsteroid(world, inCorner, 0, 0, 0);

  const { columns } = world.asteroids;
  const outside = [...world.asteroids.slots()].filter(
    (slot) => Math.min(columns.x[slot]!, columns.y[slot]!) < asteroidRadius(columns, slot),
  );
  expect(outside).toEqual([]);
});

test("an asteroid pushed to 60 units per second rests within 8 seconds, 100 to 250 units away, and spins no more", () => {
  const world = createWorld(6);
  const rock = spawnAsteroid(world, AsteroidSize.MEDIUM, 2000, 2000)!;
  const { columns } = world.asteroids;
  columns.vx[rock] = 60 / TICK_RATE;
  world.asteroidSpin[rock] = 9;

  run(world, 8 * TICK_RATE);

  expect(speedOf(columns, rock)).toBe(0);
  expect(world.asteroidSpin[rock]).toBe(0);
  expect(columns.x[rock]! - 2000).toBeGreaterThan(100);
  expect(columns.x[rock]! - 2000).toBeLessThan(250);
});

test("a drifting asteroid is where the last place and the new velocity say, to the bit, until it rests", () => {
  const world = createWorld(6);
  const rock = spawnAsteroid(world, AsteroidSize.MEDIUM, 2000, 2000)!;
  const { columns } = world.asteroids;
  columns.vx[rock] = 1.77;
  columns.vy[rock] = -0.6;
  run(world, 1);

  for (let tick = 0; tick < 8 * TICK_RATE; tick++) {
    const [x, y] = [columns.x[rock]!, columns.y[rock]!];
    run(world, 1);

    expect([columns.x[rock], columns.y[rock]]).toEqual([x + columns.vx[rock], y + columns.vy[rock]]);
  }
  expect(speedOf(columns, rock)).toBe(0);
});

test("an asteroid at rest stays in its place and heading for 1,000 ticks", () => {
  const world = createWorld(6);
  const rock = spawnAsteroid(world, AsteroidSize.SMALL, 2000.25, 2000.5)!;
  const { columns } = world.asteroids;
  const heading = columns.heading[rock];

  run(world, 1000);

  expect([columns.x[rock], columns.y[rock], columns.heading[rock]]).toEqual([2000.25, 2000.5, heading]);
});

function run(world: ArenaWorld, ticks: number): void {
  for (let tick = 0; tick < ticks; tick++) {
    simulate(world, []);
    world.asteroids.snap();
  }
}

function sizesIn(world: ArenaWorld): number[] {
  return [...world.asteroids.slots()].map((slot) => world.asteroids.columns.size[slot]!);
}

function overlapsIn(world: ArenaWorld): number {
  const { columns } = world.asteroids;
  const slots = [...world.asteroids.slots()];
  const pairs = slots.flatMap((a) => slots.filter((b) => b > a).map((b) => [a, b] as const));
  return pairs.filter(([a, b]) => {
    const distance = Math.hypot(columns.x[a]! - columns.x[b]!, columns.y[a]! - columns.y[b]!);
    return distance < asteroidRadius(columns, a) + asteroidRadius(columns, b) - 0.5;
  }).length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
