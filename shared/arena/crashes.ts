import { NOBODY } from "../schema/generated/arena.ts";
import { bounce } from "./collision.ts";
import { hurtShip } from "./ship-health.ts";
import { limitSpeed } from "./movement.ts";
import { asteroidMass, asteroidRadius, isMoving } from "./asteroids.ts";
import {
  ASTEROID_RADIUS_MAX,
  ASTEROID_SPEED_MAX,
  CRASH_DAMAGE_PER_SPEED,
  CRASH_SPEED_HARMLESS,
  SHIP_MASS,
  SHIP_RADIUS,
} from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

/** Ships bounce off each other unhurt, and off asteroids at a price. */
export function crashShips(world: ArenaWorld): void {
  const { ships } = world;
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot)) continue;
    bounceOffShips(world, slot, slot + 1);
    bounceOffAsteroids(world, slot);
  }
}

/** What `crashShips` does to one ship. */
export function crashShip(world: ArenaWorld, slot: number): void {
  bounceOffShips(world, slot, 0);
  bounceOffAsteroids(world, slot);
}

/** Off those in `fromSlot` and above: of a pair that meet once, the lower slot meets the higher. */
function bounceOffShips(world: ArenaWorld, slot: number, fromSlot: number): void {
  const { ships, shipCells } = world;
  const { columns } = ships;
  const x = columns.x[slot]!;
  const y = columns.y[slot]!;
  const count = shipCells.collect(x, y, x, y, 2 * SHIP_RADIUS);
  for (let index = 0; index < count; index++) {
    const other = shipCells.found[index]!;
    if (other === slot || other < fromSlot || !ships.isLive(other)) continue;
    bounce(columns, slot, SHIP_MASS, columns, other, SHIP_MASS, 2 * SHIP_RADIUS);
  }
}

function bounceOffAsteroids(world: ArenaWorld, slot: number): void {
  const { ships, asteroids, asteroidCells } = world;
  const x = ships.columns.x[slot]!;
  const y = ships.columns.y[slot]!;
  const count = asteroidCells.collect(x, y, x, y, SHIP_RADIUS + ASTEROID_RADIUS_MAX);
  for (let index = 0; index < count; index++) {
    const rock = asteroidCells.found[index]!;
    const radii = SHIP_RADIUS + asteroidRadius(asteroids.columns, rock);
    const rockMass = asteroidMass(asteroids.columns, rock);
    const closing = bounce(ships.columns, slot, SHIP_MASS, asteroids.columns, rock, rockMass, radii);
    if (closing > 0) limitSpeed(asteroids.columns, rock, ASTEROID_SPEED_MAX);
    if (closing <= CRASH_SPEED_HARMLESS) continue;
    hurtShip(world, slot, Math.ceil((closing - CRASH_SPEED_HARMLESS) * CRASH_DAMAGE_PER_SPEED), NOBODY);
    if (!ships.isLive(slot)) return;
  }
}

/** Only what moves can run into anything. */
export function crashAsteroids(world: ArenaWorld): void {
  const { asteroids } = world;
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (asteroids.isLive(slot) && isMoving(world, slot)) bounceOffOthers(world, slot);
  }
}

function bounceOffOthers(world: ArenaWorld, slot: number): void {
  const { asteroidCells } = world;
  const { columns } = world.asteroids;
  const x = columns.x[slot]!;
  const y = columns.y[slot]!;
  const radius = asteroidRadius(columns, slot);
  const mass = asteroidMass(columns, slot);
  const count = asteroidCells.collect(x, y, x, y, radius + ASTEROID_RADIUS_MAX);
  for (let index = 0; index < count; index++) {
    const other = asteroidCells.found[index]!;
    // Of two that both move, the lower slot has met the other already.
    if (other === slot || (other < slot && isMoving(world, other))) continue;
    const radii = radius + asteroidRadius(columns, other);
    const closing = bounce(columns, slot, mass, columns, other, asteroidMass(columns, other), radii);
    if (closing > 0) limitSpeed(columns, other, ASTEROID_SPEED_MAX);
  }
  limitSpeed(columns, slot, ASTEROID_SPEED_MAX);
}
