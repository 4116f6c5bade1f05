import type { Viewpoint } from "#engine/shared";
import { asteroidRadius, spawnAsteroid } from "../../shared/arena/asteroids.ts";
import {
  ASTEROID_RADII,
  ASTEROID_WEIGHTS,
  FIELD_COUNTS,
  FIELD_DISTANCE_MIN,
  FIELD_GAP,
  FIELD_REFILL_CANDIDATES,
  FIELD_REFILL_PERIOD_TICKS,
  FIELD_SPARSE_DISTANCE,
  FIELD_SPARSE_WEIGHT,
  FIELD_UNSEEN_DISTANCE,
  FIELD_WEIGHT,
} from "../../shared/arena/tuning.ts";
import { isClear } from "../../shared/arena/terrain-contact.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { AsteroidSize, WORLD_SIZE } from "../../shared/schema/generated/arena.ts";

const PLACE_TRIES_MAX = 64;

/** Strews a fresh world with asteroids at rest, the large ones first so that they find room. */
export function seedField(world: ArenaWorld): void {
  for (const size of [AsteroidSize.LARGE, AsteroidSize.MEDIUM, AsteroidSize.SMALL]) {
    for (let count = 0; count < FIELD_COUNTS[size]; count++) {
      const place = freePlace(world, ASTEROID_RADII[size]);
      if (place !== undefined) spawnAsteroid(world, size, place.x, place.y);
    }
  }
}

function freePlace(world: ArenaWorld, radius: number): Viewpoint | undefined {
  for (let tried = 0; tried < PLACE_TRIES_MAX; tried++) {
    const place = randomPlace(world, radius + FIELD_GAP);
    if (isFree(world, place, radius + FIELD_GAP)) return place;
  }
  return undefined;
}

/** Anywhere in the world but this close to its border. */
export function randomPlace(world: ArenaWorld, borderDistance: number): Viewpoint {
  const x = world.rng.between(borderDistance, WORLD_SIZE - borderDistance);
  const y = world.rng.between(borderDistance, WORLD_SIZE - borderDistance);
  return { x, y };
}

/** Whether neither asteroid nor rock reaches into the circle. */
export function isFree(world: ArenaWorld, place: Viewpoint, radius: number): boolean {
  const { asteroids } = world;
  for (const slot of asteroids.slots()) {
    const dx = asteroids.columns.x[slot]! - place.x;
    const dy = asteroids.columns.y[slot]! - place.y;
    const reach = radius + asteroidRadius(asteroids.columns, slot);
    if (dx * dx + dy * dy < reach * reach) return false;
  }
  return isClear(world.terrain, place.x, place.y, radius);
}

/** Lets a large asteroid come back, where nobody sees it do so, when that much of the field has been shot to dust. */
export function refillField(world: ArenaWorld, viewpoints: () => readonly Viewpoint[]): void {
  if (world.tick % FIELD_REFILL_PERIOD_TICKS !== 0) return;
  const weight = fieldWeight(world);
  if (weight + ASTEROID_WEIGHTS[AsteroidSize.LARGE] > FIELD_WEIGHT) return;
  const place = unseenPlace(world, viewpoints(), distanceFor(weight));
  if (place !== undefined) spawnAsteroid(world, AsteroidSize.LARGE, place.x, place.y);
}

/** How many small asteroids are in the whole field, in the end. */
export function fieldWeight(world: ArenaWorld): number {
  const { asteroids } = world;
  let weight = 0;
  for (const slot of asteroids.slots()) weight += ASTEROID_WEIGHTS[asteroids.columns.size[slot] as AsteroidSize];
  return weight;
}

/** How far from everyone an asteroid must come back, in units. */
function distanceFor(weight: number): number {
  if (weight >= FIELD_SPARSE_WEIGHT) return FIELD_UNSEEN_DISTANCE;
  return Math.max(FIELD_DISTANCE_MIN, (FIELD_SPARSE_DISTANCE * weight) / FIELD_SPARSE_WEIGHT);
}

function unseenPlace(world: ArenaWorld, viewpoints: readonly Viewpoint[], distance: number): Viewpoint | undefined {
  const radius = ASTEROID_RADII[AsteroidSize.LARGE];
  for (let tried = 0; tried < FIELD_REFILL_CANDIDATES; tried++) {
    const place = randomPlace(world, radius + FIELD_GAP);
    if (distanceToNearest(place, viewpoints) >= distance && isFree(world, place, radius)) return place;
  }
  return undefined;
}

/** In units; Infinity when there are none. */
function distanceToNearest(place: Viewpoint, viewpoints: readonly Viewpoint[]): number {
  let nearestSquared = Infinity;
  for (const { x, y } of viewpoints) {
    nearestSquared = Math.min(nearestSquared, (x - place.x) * (x - place.x) + (y - place.y) * (y - place.y));
  }
  return Math.sqrt(nearestSquared);
}
