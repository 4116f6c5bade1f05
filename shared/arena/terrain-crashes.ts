import { NOBODY } from "../schema/generated/arena.ts";
import { asteroidRadius, isMoving } from "./asteroids.ts";
import { hurtShip } from "./ship-health.ts";
import type { Bodies } from "./movement.ts";
import { touchRock, touchUnknown } from "./terrain-contact.ts";
import type { Contact } from "./terrain-contact.ts";
import { COLLISION_BOUNCE, CRASH_DAMAGE_PER_SPEED, CRASH_SPEED_HARMLESS, SHIP_ROCK_RADIUS } from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

/** A corner has two sides: a body is pushed off this many times a tick at most. */
const PUSHES_MAX = 2;

/** Ships bounce off rock at a price, as off asteroids, and unhurt off blocks that their players do not have yet. */
export function crashShipsIntoRock(world: ArenaWorld): void {
  const { ships } = world;
  for (let slot = 0; slot < ships.slotEnd; slot++) if (ships.isLive(slot)) crashShipIntoRock(world, slot);
}

export function crashShipIntoRock(world: ArenaWorld, slot: number): void {
  const { terrain, knownBlocks } = world;
  const { columns } = world.ships;
  const isKnown = knownBlocks[slot];
  if (isKnown !== undefined) bounceOff(columns, slot, (x, y) => touchUnknown(isKnown, x, y, SHIP_ROCK_RADIUS));
  const closing = bounceOff(columns, slot, (x, y) => touchRock(terrain, x, y, SHIP_ROCK_RADIUS));
  if (closing <= CRASH_SPEED_HARMLESS) return;
  hurtShip(world, slot, Math.ceil((closing - CRASH_SPEED_HARMLESS) * CRASH_DAMAGE_PER_SPEED), NOBODY);
}

/** Asteroids that move bounce off rock. */
export function crashAsteroidsIntoRock(world: ArenaWorld): void {
  const { asteroids, terrain } = world;
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (!asteroids.isLive(slot) || !isMoving(world, slot)) continue;
    const radius = asteroidRadius(asteroids.columns, slot);
    bounceOff(asteroids.columns, slot, (x, y) => touchRock(terrain, x, y, radius));
  }
}

/** Pushes a body out of what does not move and throws it back. Returns the speed at which it came, 0 for none. */
function bounceOff(bodies: Bodies, slot: number, touch: (x: number, y: number) => Contact | undefined): number {
  let fastest = 0;
  for (let push = 0; push < PUSHES_MAX; push++) {
    const contact = touch(bodies.x[slot]!, bodies.y[slot]!);
    if (contact === undefined) break;
    bodies.x[slot]! += contact.normalX * contact.depth;
    bodies.y[slot]! += contact.normalY * contact.depth;
    fastest = Math.max(fastest, reflect(bodies, slot, contact));
  }
  return fastest;
}

function reflect(bodies: Bodies, slot: number, { normalX, normalY }: Contact): number {
  if (normalX === 0 && normalY === 0) {
    // Rock on all sides: nothing moves here until somebody digs.
    bodies.vx[slot] = 0;
    bodies.vy[slot] = 0;
    return 0;
  }
  const closing = -(bodies.vx[slot]! * normalX + bodies.vy[slot]! * normalY);
  if (closing <= 0) return 0;
  bodies.vx[slot]! += (1 + COLLISION_BOUNCE) * closing * normalX;
  bodies.vy[slot]! += (1 + COLLISION_BOUNCE) * closing * normalY;
  return closing;
}
