import { WORLD_SIZE } from "../schema/generated/arena.ts";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { asteroidRadius, hitAsteroid } from "./asteroids.ts";
import { NEVER, touchTime } from "./collision.ts";
import { DIRECTIONS, limitSpeed } from "./movement.ts";
import type { Bodies } from "./movement.ts";
import { digCrater } from "./digging.ts";
import { rockAhead } from "./terrain-contact.ts";
import { cellAlong } from "./terrain.ts";
import {
  ASTEROID_RADIUS_MAX,
  ASTEROID_SPEED_MAX,
  MUZZLE_DISTANCE,
  REGENERATION_DELAY_TICKS,
  REGENERATION_TICKS_PER_POINT,
  SHIP_CRATER_CELLS,
  SHIP_HEALTH_MAX,
  SHIP_RADIUS,
  SHIP_SPEED_MAX,
  SHOT_COOLDOWN_TICKS,
  SHOT_CRATER_CELLS,
  SHOT_DAMAGE,
  SHOT_LIFE_TICKS,
  SHOT_MUZZLE_SPEED,
  SHOT_RADIUS,
  SHOT_SPEED_MAX,
} from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

const CALM_TICKS_MAX = 65_535;
const NOTHING = -1;

/** Shields and weapons run down, calm ships heal. */
export function restShip(world: ArenaWorld, slot: number): void {
  const { columns } = world.ships;
  const { cooldownTicks, shieldTicks, calmTicks } = world.shipTimers;
  if (cooldownTicks[slot]! > 0) cooldownTicks[slot]! -= 1;
  if (shieldTicks[slot]! > 0) shieldTicks[slot]! -= 1;
  columns.shielded[slot] = shieldTicks[slot]! > 0 ? 1 : 0;
  const calm = Math.min(calmTicks[slot]! + 1, CALM_TICKS_MAX);
  calmTicks[slot] = calm;
  if (calm < REGENERATION_DELAY_TICKS || calm % REGENERATION_TICKS_PER_POINT !== 0) return;
  columns.health[slot] = Math.min(columns.health[slot]! + 1, SHIP_HEALTH_MAX);
}

/** A ship that wants to fire and may sends off a shot. It lies at the muzzle until the next tick moves it. */
export function fireShot(world: ArenaWorld, ship: number, input: ArenaInput): void {
  const { cooldownTicks } = world.shipTimers;
  if (!input.fire || cooldownTicks[ship] !== 0) return;
  const { columns: ships } = world.ships;
  const cos = DIRECTIONS.cos[ships.heading[ship]!]!;
  const sin = DIRECTIONS.sin[ships.heading[ship]!]!;
  const x = ships.x[ship]! + cos * MUZZLE_DISTANCE;
  const y = ships.y[ship]! + sin * MUZZLE_DISTANCE;
  if (!isInWorld(x, y)) return;
  const slot = world.shots.spawn();
  if (slot === undefined) return;
  const { columns: shots } = world.shots;
  shots.owner[slot] = ships.owner[ship]!;
  shots.x[slot] = x;
  shots.y[slot] = y;
  shots.vx[slot] = ships.vx[ship]! + cos * SHOT_MUZZLE_SPEED;
  shots.vy[slot] = ships.vy[ship]! + sin * SHOT_MUZZLE_SPEED;
  limitSpeed(shots, slot, SHOT_SPEED_MAX);
  world.shotTicksLeft[slot] = SHOT_LIFE_TICKS;
  cooldownTicks[ship] = SHOT_COOLDOWN_TICKS;
}

function isInWorld(x: number, y: number): boolean {
  return x >= 0 && x < WORLD_SIZE && y >= 0 && y < WORLD_SIZE;
}

/** Every shot flies on, until it hits, leaves the world or has flown long enough. */
export function flyShots(world: ArenaWorld): void {
  const { shots, shotTicksLeft } = world;
  for (let slot = 0; slot < shots.slotEnd; slot++) {
    if (!shots.isLive(slot)) continue;
    const hasHit = hitWithShot(world, slot);
    shots.columns.x[slot]! += shots.columns.vx[slot]!;
    shots.columns.y[slot]! += shots.columns.vy[slot]!;
    shotTicksLeft[slot]! -= 1;
    const isSpent = shotTicksLeft[slot] === 0 || !isInWorld(shots.columns.x[slot]!, shots.columns.y[slot]!);
    if (hasHit || isSpent) shots.destroy(slot);
  }
}

/** What the shot meets first on its way through this tick takes the hit. */
function hitWithShot(world: ArenaWorld, shot: number): boolean {
  const ship = firstShipHit(world, shot);
  const asteroid = firstAsteroidHit(world, shot);
  const { columns: shots } = world.shots;
  const rock = rockAhead(world.terrain, shots.x[shot]!, shots.y[shot]!, shots.vx[shot]!, shots.vy[shot]!);
  if (ship === NOTHING && asteroid === NOTHING && rock === undefined) return false;
  const owner = shots.owner[shot]!;
  const shipTime = shipHitTime(world, shot, ship);
  const asteroidTime = asteroidHitTime(world, shot, asteroid);
  if (rock !== undefined && rock.time < Math.min(shipTime, asteroidTime)) {
    digCrater(world, { x: rock.cellX, y: rock.cellY, radius: SHOT_CRATER_CELLS });
  } else if (shipTime <= asteroidTime) {
    hurtShip(world, ship, SHOT_DAMAGE, owner);
  } else {
    hitAsteroid(world, asteroid, shots.vx[shot]!, shots.vy[shot]!, owner);
  }
  return true;
}

function firstShipHit(world: ArenaWorld, shot: number): number {
  const { ships, shipCells } = world;
  const owner = world.shots.columns.owner[shot]!;
  const count = collectAlong(world, shot, shipCells, SHIP_RADIUS + SHOT_RADIUS + SHIP_SPEED_MAX);
  let first = NOTHING;
  let firstTime = NEVER;
  for (let index = 0; index < count; index++) {
    const ship = shipCells.found[index]!;
    if (!ships.isLive(ship) || ships.columns.owner[ship] === owner) continue;
    const time = shipHitTime(world, shot, ship);
    if (time < firstTime || (time === firstTime && time !== NEVER && ship < first)) {
      first = ship;
      firstTime = time;
    }
  }
  return first;
}

function firstAsteroidHit(world: ArenaWorld, shot: number): number {
  const { asteroids, asteroidCells } = world;
  const count = collectAlong(world, shot, asteroidCells, ASTEROID_RADIUS_MAX + SHOT_RADIUS + ASTEROID_SPEED_MAX);
  let first = NOTHING;
  let firstTime = NEVER;
  for (let index = 0; index < count; index++) {
    const asteroid = asteroidCells.found[index]!;
    if (!asteroids.isLive(asteroid)) continue;
    const time = asteroidHitTime(world, shot, asteroid);
    if (time < firstTime || (time === firstTime && time !== NEVER && asteroid < first)) {
      first = asteroid;
      firstTime = time;
    }
  }
  return first;
}

/** The bodies near this tick's way of a shot, in `cells.found`. */
function collectAlong(world: ArenaWorld, shot: number, cells: ArenaWorld["shipCells"], reach: number): number {
  const { x, y, vx, vy } = world.shots.columns;
  return cells.collect(x[shot]!, y[shot]!, x[shot]! + vx[shot]!, y[shot]! + vy[shot]!, reach);
}

function shipHitTime(world: ArenaWorld, shot: number, ship: number): number {
  if (ship === NOTHING) return NEVER;
  return hitTime(world.shots.columns, shot, world.ships.columns, ship, SHIP_RADIUS + SHOT_RADIUS);
}

function asteroidHitTime(world: ArenaWorld, shot: number, asteroid: number): number {
  if (asteroid === NOTHING) return NEVER;
  const { columns } = world.asteroids;
  return hitTime(world.shots.columns, shot, columns, asteroid, asteroidRadius(columns, asteroid) + SHOT_RADIUS);
}

/** Bodies have moved in this tick already, shots have not: the way is the one relative to the body. */
function hitTime(shots: Bodies, shot: number, bodies: Bodies, slot: number, radius: number): number {
  const x = shots.x[shot]! - (bodies.x[slot]! - bodies.vx[slot]!);
  const y = shots.y[shot]! - (bodies.y[slot]! - bodies.vy[slot]!);
  return touchTime(x, y, shots.vx[shot]! - bodies.vx[slot]!, shots.vy[shot]! - bodies.vy[slot]!, radius);
}

/** Takes health, unless a shield does; a ship without any left is gone. `attacker` is a player or NOBODY. */
export function hurtShip(world: ArenaWorld, slot: number, damage: number, attacker: number): void {
  const { columns } = world.ships;
  if (world.shipTimers.shieldTicks[slot]! > 0) return;
  world.shipTimers.calmTicks[slot] = 0;
  if (columns.health[slot]! > damage) {
    columns.health[slot]! -= damage;
    return;
  }
  const victim = columns.owner[slot]!;
  const [x, y] = [columns.x[slot]!, columns.y[slot]!];
  world.outcomes.kills.push({ killer: attacker, victim, x, y });
  digCrater(world, { x: cellAlong(x), y: cellAlong(y), radius: SHIP_CRATER_CELLS });
  world.ships.destroy(slot);
}
