import { expect, test } from "vitest";
import { asteroidRadius } from "../../shared/arena/asteroids.ts";
import { ASTEROIDS_MAX, FIELD_WEIGHT, SHIP_RADIUS, SPAWN_CLEARANCE } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { createWorld, spawnShip } from "../../shared/arena/world.ts";
import { WORLD_SIZE } from "../../shared/schema/generated/arena.ts";
import { fieldWeight, isFree, refillField, seedField } from "./asteroid-field.ts";
import { chooseSpawnPlace, isRoomy } from "./spawn-places.ts";

test.each([1, 2, 3])(
  "seed %i: a fresh world has 80 small, 70 medium and 60 large asteroids, none too near another",
  (seed) => {
    const world = fieldOf(seed);

    const { columns } = world.asteroids;
    const slots = [...world.asteroids.slots()];
    expect([0, 1, 2].map((size) => slots.filter((slot) => columns.size[slot] === size).length)).toEqual([80, 70, 60]);
    expect(fieldWeight(world)).toBe(FIELD_WEIGHT);
    expect(Math.min(...slots.map((slot) => gapAround(world, slot)))).toBeGreaterThanOrEqual(40);
  },
);

test("another seed gives another field, the same seed the same", () => {
  const [first, again, other] = [1, 1, 2].map((seed) => fieldOf(seed).asteroids.columns.x.slice(0, 210));

  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("20 large asteroids come back within 10 seconds, and none within 1,064 units of any of 3 players", () => {
  const world = fieldOf(5);
  for (let slot = 0; slot < 20; slot++) world.asteroids.destroy(slot);

  const distances = refill(world, 300);

  expect(distances).toHaveLength(20);
  expect(Math.min(...distances)).toBeGreaterThan(1064);
});

test("a field shot to dust is whole again within 30 seconds, and nothing comes back within 240 units of a player", () => {
  const world = createWorld(5);

  const distances = refill(world, 900);

  expect(fieldWeight(world)).toBeGreaterThan(FIELD_WEIGHT - 6);
  expect(Math.min(...distances)).toBeGreaterThan(240);
});

test("a whole field with one large asteroid in reserve, all broken into small ones, fits the table", () => {
  expect(FIELD_WEIGHT + 6).toBeLessThanOrEqual(ASTEROIDS_MAX);
});

test("of 100 new ships all have room around them, and the first 8 are out of each other's sight", () => {
  const world = fieldOf(9);
  const places = Array.from({ length: 100 }, (_, owner) => {
    const place = chooseSpawnPlace(world, () => true);
    spawnShip(world, owner, place.x, place.y, 0);
    return place;
  });

  expect(places.every((place) => isFree(world, place, SHIP_RADIUS + SPAWN_CLEARANCE))).toBe(true);
  expect(places.every(({ x, y }) => Math.min(x, y, WORLD_SIZE - x, WORLD_SIZE - y) >= 200)).toBe(true);
  const firsts = places.slice(0, 8);
  const distances = firsts.flatMap((a) => firsts.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
  expect(Math.min(...distances)).toBeGreaterThan(760);
});

function fieldOf(seed: number): ArenaWorld {
  const world = createWorld(seed);
  seedField(world);
  return world;
}

/** Refills for these ticks with 3 players looking on: how far from the nearest of them each asteroid came back. */
function refill(world: ArenaWorld, ticks: number): number[] {
  const viewpoints = [
    { x: 500, y: 500 },
    { x: 2048, y: 2048 },
    { x: 4000, y: 500 },
  ];
  const before = new Set(world.asteroids.slots());
  for (world.tick = 1; world.tick <= ticks; world.tick++) refillField(world, () => viewpoints);
  const { columns } = world.asteroids;
  const fresh = [...world.asteroids.slots()].filter((slot) => !before.has(slot));
  return fresh.map((slot) =>
    Math.min(...viewpoints.map(({ x, y }) => Math.hypot(columns.x[slot]! - x, columns.y[slot]! - y))),
  );
}

/** From this asteroid's hull to the next one's, or to the border of the world. */
function gapAround(world: ArenaWorld, slot: number): number {
  const { columns } = world.asteroids;
  const x = columns.x[slot]!;
  const y = columns.y[slot]!;
  const radius = asteroidRadius(columns, slot);
  const gaps = [...world.asteroids.slots()]
    .filter((other) => other !== slot)
    .map((other) => Math.hypot(columns.x[other]! - x, columns.y[other]! - y) - asteroidRadius(columns, other) - radius);
  return Math.min(...gaps, x - radius, y - radius, WORLD_SIZE - radius - x, WORLD_SIZE - radius - y);
}

test("a ship comes where its player knows the terrain, 50 times of 50, be it only half of it; where nothing is known it comes all the same", () => {
  const world = fieldOf(4);

  const known = Array.from({ length: 50 }, () => chooseSpawnPlace(world, ({ x }) => x < 2048));
  const unknown = chooseSpawnPlace(world, () => false);

  expect(known.filter(({ x }) => x < 2048).length).toBe(50);
  expect(isRoomy(world, unknown)).toBe(true);
});
