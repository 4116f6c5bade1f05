import { AsteroidSize, WORLD_SIZE } from "../schema/generated/arena.ts";
import type { AsteroidColumns } from "../schema/generated/arena.ts";
import { advance, DIRECTIONS, limitSpeed, slowDown } from "./movement.ts";
import {
  ASTEROID_BRAKE,
  ASTEROID_BRAKE_PERIOD_TICKS,
  ASTEROID_DRAG,
  ASTEROID_HITS,
  ASTEROID_PIECES,
  ASTEROID_RADII,
  ASTEROID_SPEED_MAX,
  ASTEROID_SPIN_STEPS_MAX,
  PIECE_DISTANCES,
  PIECE_SPEED,
  SHOT_MASS,
} from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

const SHAPES = 65_536;

/** In units. */
export function asteroidRadius(columns: AsteroidColumns, slot: number): number {
  return ASTEROID_RADII[columns.size[slot] as AsteroidSize];
}

/** An asteroid's mass is its radius squared. */
export function asteroidMass(columns: AsteroidColumns, slot: number): number {
  const radius = asteroidRadius(columns, slot);
  return radius * radius;
}

/** An asteroid at rest, with a shape and a heading of its own. Undefined when the world holds all it can. */
export function spawnAsteroid(world: ArenaWorld, size: AsteroidSize, x: number, y: number): number | undefined {
  const slot = world.asteroids.spawn();
  if (slot === undefined) return undefined;
  const { columns } = world.asteroids;
  columns.size[slot] = size;
  columns.health[slot] = ASTEROID_HITS[size];
  columns.shape[slot] = world.rng.below(SHAPES);
  columns.heading[slot] = world.rng.below(DIRECTIONS.steps);
  columns.x[slot] = x;
  columns.y[slot] = y;
  world.asteroidSpin[slot] = 0;
  return slot;
}

/** Moves what was hit; everything else rests, and costs a look. */
export function driftAsteroids(world: ArenaWorld): void {
  const { asteroids } = world;
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (asteroids.isLive(slot) && isMoving(world, slot)) driftAsteroid(world, slot);
  }
}

/** Whether it drifts or spins. */
export function isMoving(world: ArenaWorld, slot: number): boolean {
  const { columns } = world.asteroids;
  return columns.vx[slot] !== 0 || columns.vy[slot] !== 0 || world.asteroidSpin[slot] !== 0;
}

function driftAsteroid(world: ArenaWorld, slot: number): void {
  const { columns } = world.asteroids;
  // Each in its own tick, so that what an explosion set in motion does not brake all at once.
  if ((world.tick + slot) % ASTEROID_BRAKE_PERIOD_TICKS === 0) brakeAsteroid(world, slot);
  limitSpeed(columns, slot, ASTEROID_SPEED_MAX);
  // By the new velocity: that is how snapshots predict where it goes.
  advance(columns, slot, asteroidRadius(columns, slot));
  columns.heading[slot] = (columns.heading[slot]! + world.asteroidSpin[slot]!) & (DIRECTIONS.steps - 1);
}

function brakeAsteroid(world: ArenaWorld, slot: number): void {
  const { columns } = world.asteroids;
  const spin = world.asteroidSpin[slot]!;
  slowDown(columns, slot, ASTEROID_DRAG, ASTEROID_BRAKE);
  const drifts = columns.vx[slot] !== 0 || columns.vy[slot] !== 0;
  if (!drifts) world.asteroidSpin[slot] = spin - Math.sign(spin);
}

/** A shot of this velocity hits: the asteroid is pushed, and breaks when it has stood all it can. */
export function hitAsteroid(world: ArenaWorld, slot: number, shotVx: number, shotVy: number, playerId: number): void {
  const { columns } = world.asteroids;
  const push = SHOT_MASS / asteroidMass(columns, slot);
  columns.vx[slot]! += shotVx * push;
  columns.vy[slot]! += shotVy * push;
  limitSpeed(columns, slot, ASTEROID_SPEED_MAX);
  if (columns.health[slot]! > 1) columns.health[slot]! -= 1;
  else breakAsteroid(world, slot, playerId);
}

/** Pieces of the next smaller size take its place: they fly on as it flew, and apart from one another. */
function breakAsteroid(world: ArenaWorld, slot: number, playerId: number): void {
  const { columns } = world.asteroids;
  const size = columns.size[slot] as AsteroidSize;
  const x = columns.x[slot]!;
  const y = columns.y[slot]!;
  const vx = columns.vx[slot]!;
  const vy = columns.vy[slot]!;
  world.outcomes.breaks.push({ playerId, size });
  world.asteroids.destroy(slot);
  if (size === AsteroidSize.SMALL) return;

  const pieceSize = size === AsteroidSize.LARGE ? AsteroidSize.MEDIUM : AsteroidSize.SMALL;
  const pieces = ASTEROID_PIECES[size];
  const turn = world.rng.below(DIRECTIONS.steps);
  for (let piece = 0; piece < pieces; piece++) {
    const angle = (turn + Math.floor((piece * DIRECTIONS.steps) / pieces)) & (DIRECTIONS.steps - 1);
    const cos = DIRECTIONS.cos[angle]!;
    const sin = DIRECTIONS.sin[angle]!;
    const radius = ASTEROID_RADII[pieceSize];
    const pieceX = within(x + cos * PIECE_DISTANCES[size], radius);
    const pieceY = within(y + sin * PIECE_DISTANCES[size], radius);
    const pieceSlot = spawnAsteroid(world, pieceSize, pieceX, pieceY);
    if (pieceSlot === undefined) return;
    columns.vx[pieceSlot] = vx + cos * PIECE_SPEED;
    columns.vy[pieceSlot] = vy + sin * PIECE_SPEED;
    world.asteroidSpin[pieceSlot] = world.rng.below(2 * ASTEROID_SPIN_STEPS_MAX + 1) - ASTEROID_SPIN_STEPS_MAX;
  }
}

function within(place: number, radius: number): number {
  return Math.max(radius, Math.min(WORLD_SIZE - radius, place));
}
