import type { Rewind } from "#engine/shared";
import type { AsteroidColumns, ShipColumns } from "../schema/generated/arena.ts";
import { asteroidRadius } from "./asteroids.ts";
import type { CellGrid } from "./cell-grid.ts";
import { NEVER, touchTime } from "./collision.ts";
import { ASTEROID_RADIUS_MAX, ASTEROID_SPEED_MAX, SHIP_RADIUS, SHIP_SPEED_MAX } from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

/** A straight way of something small, which `owner` has sent on it; it takes one tick or less. */
export interface Way {
  readonly x: number;
  readonly y: number;
  readonly moveX: number;
  readonly moveY: number;
  /** Of what flies, in units. */
  readonly radius: number;
  readonly owner: number;
}

/** When targets were where: the world as somebody saw it, from one moment to another, in ticks with a fraction. */
export interface SeenMoment {
  readonly rewind: Rewind;
  readonly fromTick: number;
  readonly toTick: number;
}

/** What a way meets first, and when: from 0 at its start to 1 at its end. */
export interface TargetHit {
  readonly kind: "ship" | "asteroid";
  readonly slot: number;
  readonly time: number;
}

interface Bodies {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

/** The first ship, but for the owner's, or asteroid on a way: as they move in the present tick, or as somebody saw them. */
export function firstTarget(world: ArenaWorld, way: Way, seen?: SeenMoment): TargetHit | undefined {
  const ship = firstShip(world, way, seen);
  const asteroid = firstAsteroid(world, way, seen);
  if (ship === undefined || asteroid === undefined) return ship ?? asteroid;
  return ship.time <= asteroid.time ? ship : asteroid;
}

function firstShip(world: ArenaWorld, way: Way, seen: SeenMoment | undefined): TargetHit | undefined {
  const { ships, shipCells } = world;
  const count = collect(world, shipCells, way, SHIP_RADIUS, SHIP_SPEED_MAX, seen);
  let first: TargetHit | undefined;
  for (let index = 0; index < count; index++) {
    const slot = shipCells.found[index]!;
    if (!ships.isLive(slot) || ships.columns.owner[slot] === way.owner) continue;
    const time = shipTime(world, way, slot, seen);
    first = earlier(first, { kind: "ship", slot, time });
  }
  return first;
}

function firstAsteroid(world: ArenaWorld, way: Way, seen: SeenMoment | undefined): TargetHit | undefined {
  const { asteroids, asteroidCells } = world;
  const count = collect(world, asteroidCells, way, ASTEROID_RADIUS_MAX, ASTEROID_SPEED_MAX, seen);
  let first: TargetHit | undefined;
  for (let index = 0; index < count; index++) {
    const slot = asteroidCells.found[index]!;
    if (!asteroids.isLive(slot)) continue;
    const time = asteroidTime(world, way, slot, seen);
    first = earlier(first, { kind: "asteroid", slot, time });
  }
  return first;
}

/** Of two at the same moment the lower slot. */
function earlier(first: TargetHit | undefined, hit: TargetHit): TargetHit | undefined {
  if (hit.time === NEVER) return first;
  if (first === undefined || hit.time < first.time) return hit;
  return hit.time === first.time && hit.slot < first.slot ? hit : first;
}

/** What is, or was, near a way; in `cells.found`. Cells know the present, from which the past is not far. */
function collect(
  world: ArenaWorld,
  cells: CellGrid,
  { x, y, moveX, moveY, radius }: Way,
  targetRadius: number,
  speedMax: number,
  seen: SeenMoment | undefined,
): number {
  const ticks = seen === undefined ? 1 : Math.max(1, world.tick - seen.fromTick);
  return cells.collect(x, y, x + moveX, y + moveY, radius + targetRadius + speedMax * ticks);
}

function shipTime({ ships, seen: columns }: ArenaWorld, way: Way, slot: number, seen: SeenMoment | undefined): number {
  if (seen === undefined) return presentTime(way, ships.columns, slot, SHIP_RADIUS);
  const [from, to]: readonly [ShipColumns, ShipColumns] = columns.ships;
  if (!seen.rewind.read(ships, slot, seen.fromTick, from) || !seen.rewind.read(ships, slot, seen.toTick, to))
    return NEVER;
  return touch(
    way,
    from.x[slot]!,
    from.y[slot]!,
    to.x[slot]! - from.x[slot]!,
    to.y[slot]! - from.y[slot]!,
    SHIP_RADIUS,
  );
}

function asteroidTime(
  { asteroids, seen: columns }: ArenaWorld,
  way: Way,
  slot: number,
  seen: SeenMoment | undefined,
): number {
  const radius = asteroidRadius(asteroids.columns, slot);
  if (seen === undefined) return presentTime(way, asteroids.columns, slot, radius);
  const [from, to]: readonly [AsteroidColumns, AsteroidColumns] = columns.asteroids;
  const { rewind, fromTick, toTick } = seen;
  if (!rewind.read(asteroids, slot, fromTick, from) || !rewind.read(asteroids, slot, toTick, to)) return NEVER;
  return touch(way, from.x[slot]!, from.y[slot]!, to.x[slot]! - from.x[slot]!, to.y[slot]! - from.y[slot]!, radius);
}

/** Bodies have moved in this tick already. */
function presentTime(way: Way, bodies: Bodies, slot: number, radius: number): number {
  const [moveX, moveY] = [bodies.vx[slot]!, bodies.vy[slot]!];
  return touch(way, bodies.x[slot]! - moveX, bodies.y[slot]! - moveY, moveX, moveY, radius);
}

/** The way is the one relative to the body, which moves in a straight line meanwhile. */
function touch(way: Way, bodyX: number, bodyY: number, bodyMoveX: number, bodyMoveY: number, radius: number): number {
  const [x, y] = [way.x - bodyX, way.y - bodyY];
  return touchTime(x, y, way.moveX - bodyMoveX, way.moveY - bodyMoveY, radius + way.radius);
}
