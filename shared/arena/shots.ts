import { WORLD_SIZE } from "../schema/generated/arena.ts";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { hitAsteroid } from "./asteroids.ts";
import { digCrater } from "./digging.ts";
import { DIRECTIONS, limitSpeed } from "./movement.ts";
import { hurtShip } from "./ship-health.ts";
import { firstTarget } from "./targets.ts";
import type { SeenMoment, Way } from "./targets.ts";
import { rockAhead } from "./terrain-contact.ts";
import {
  MUZZLE_DISTANCE,
  SHOT_COOLDOWN_TICKS,
  SHOT_CRATER_CELLS,
  SHOT_DAMAGE,
  SHOT_LIFE_TICKS,
  SHOT_MUZZLE_SPEED,
  SHOT_RADIUS,
  SHOT_SPEED_MAX,
} from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

/** A ship's gun runs down. */
export function coolGun(world: ArenaWorld, ship: number): void {
  const { gunCooldown } = world.ships.columns;
  if (gunCooldown[ship]! > 0) gunCooldown[ship]! -= 1;
}

/**
 * A ship that wants to fire and may sends off a shot. It lies at the muzzle until it is moved. Returns its slot;
 * undefined where none was fired.
 */
export function fireShot(world: ArenaWorld, ship: number, input: ArenaInput): number | undefined {
  const { columns: ships } = world.ships;
  if (!input.fire || ships.gunCooldown[ship] !== 0) return undefined;
  const cos = DIRECTIONS.cos[ships.heading[ship]!]!;
  const sin = DIRECTIONS.sin[ships.heading[ship]!]!;
  const x = ships.x[ship]! + cos * MUZZLE_DISTANCE;
  const y = ships.y[ship]! + sin * MUZZLE_DISTANCE;
  if (!isInWorld(x, y)) return undefined;
  const slot = world.shots.spawn();
  if (slot === undefined) return undefined;
  const { columns: shots } = world.shots;
  shots.owner[slot] = ships.owner[ship]!;
  shots.x[slot] = x;
  shots.y[slot] = y;
  shots.vx[slot] = ships.vx[ship]! + cos * SHOT_MUZZLE_SPEED;
  shots.vy[slot] = ships.vy[ship]! + sin * SHOT_MUZZLE_SPEED;
  limitSpeed(shots, slot, SHOT_SPEED_MAX);
  world.shotTicksLeft[slot] = SHOT_LIFE_TICKS;
  ships.gunCooldown[ship] = SHOT_COOLDOWN_TICKS;
  return slot;
}

export function isInWorld(x: number, y: number): boolean {
  return x >= 0 && x < WORLD_SIZE && y >= 0 && y < WORLD_SIZE;
}

/** Every shot flies on, until it hits, leaves the world or has flown long enough. */
export function flyShots(world: ArenaWorld): void {
  const { shots } = world;
  for (let slot = 0; slot < shots.slotEnd; slot++) if (shots.isLive(slot)) flyShot(world, slot, 1);
}

/**
 * A shot that has just been fired flies through the past that its player saw, up to the present: what was aimed at is
 * hit, and from then on everybody meets it where it is.
 */
export function flyToPresent(world: ArenaWorld, slot: number, rewind: SeenMoment["rewind"], sawTick: number): void {
  const { shots, tick } = world;
  const generation = shots.generationOf(slot);
  const isThere = (): boolean => shots.isLive(slot) && shots.generationOf(slot) === generation;
  for (let fromTick = sawTick; fromTick < tick && isThere(); fromTick++) {
    // The difference of two such moments may be a little off 1.
    const ticks = Math.min(1, tick - fromTick);
    flyShot(world, slot, ticks, { rewind, fromTick, toTick: fromTick + ticks });
  }
}

function flyShot(world: ArenaWorld, slot: number, ticks: number, seen?: SeenMoment): void {
  const { shots, shotTicksLeft } = world;
  const { x, y, vx, vy, owner } = shots.columns;
  const [moveX, moveY] = [vx[slot]! * ticks, vy[slot]! * ticks];
  const way = { x: x[slot]!, y: y[slot]!, moveX, moveY, radius: SHOT_RADIUS, owner: owner[slot]! };
  const hasHit = strike(world, way, slot, seen);
  x[slot]! += moveX;
  y[slot]! += moveY;
  // What is left of a tick does not count.
  if (ticks === 1) shotTicksLeft[slot]! -= 1;
  const isSpent = shotTicksLeft[slot] === 0 || !isInWorld(x[slot]!, y[slot]!);
  if (hasHit || isSpent) shots.destroy(slot);
}

/** What the shot meets first on its way takes the hit. */
function strike(world: ArenaWorld, way: Way, shot: number, seen: SeenMoment | undefined): boolean {
  const target = firstTarget(world, way, seen);
  const rock = rockAhead(world.terrain, way.x, way.y, way.moveX, way.moveY);
  if (rock !== undefined && rock.time < (target?.time ?? Infinity)) {
    digCrater(world, { x: rock.cellX, y: rock.cellY, radius: SHOT_CRATER_CELLS });
    return true;
  }
  if (target === undefined) return false;
  const { vx, vy } = world.shots.columns;
  if (target.kind === "ship") hurtShip(world, target.slot, SHOT_DAMAGE, way.owner);
  else hitAsteroid(world, target.slot, vx[shot]!, vy[shot]!, way.owner);
  return true;
}
