import type { Bodies } from "./movement.ts";
import { COLLISION_BOUNCE } from "./tuning.ts";

/** What `touchTime` says of two that do not meet. */
export const NEVER = Infinity;

/**
 * When a point that starts at (x, y) and moves by (moveX, moveY) first touches the circle of this radius around
 * the origin: 0 at the start to 1 at the end, or NEVER. However fast the point, it cannot pass through.
 */
export function touchTime(x: number, y: number, moveX: number, moveY: number, radius: number): number {
  const outside = x * x + y * y - radius * radius;
  if (outside <= 0) return 0;
  const approach = -(x * moveX + y * moveY);
  if (approach <= 0) return NEVER;
  const moveSquared = moveX * moveX + moveY * moveY;
  const discriminant = approach * approach - moveSquared * outside;
  if (discriminant < 0) return NEVER;
  const time = (approach - Math.sqrt(discriminant)) / moveSquared;
  return time <= 1 ? time : NEVER;
}

/**
 * Parts two bodies that overlap and lets them bounce off each other. Returns the speed at which they closed in,
 * 0 for bodies that do not touch or part already.
 */
export function bounce(
  a: Bodies,
  aSlot: number,
  aMass: number,
  b: Bodies,
  bSlot: number,
  bMass: number,
  radii: number,
): number {
  const dx = b.x[bSlot]! - a.x[aSlot]!;
  const dy = b.y[bSlot]! - a.y[aSlot]!;
  const distanceSquared = dx * dx + dy * dy;
  if (distanceSquared >= radii * radii) return 0;
  const distance = Math.sqrt(distanceSquared);
  // Two bodies in one place part along x: any way will do, as long as it is always the same.
  const normalX = distance > 0 ? dx / distance : 1;
  const normalY = distance > 0 ? dy / distance : 0;
  const aShare = bMass / (aMass + bMass);
  const bShare = 1 - aShare;
  const overlap = radii - distance;
  a.x[aSlot]! -= normalX * overlap * aShare;
  a.y[aSlot]! -= normalY * overlap * aShare;
  b.x[bSlot]! += normalX * overlap * bShare;
  b.y[bSlot]! += normalY * overlap * bShare;
  const closing = (a.vx[aSlot]! - b.vx[bSlot]!) * normalX + (a.vy[aSlot]! - b.vy[bSlot]!) * normalY;
  if (closing <= 0) return 0;
  const push = (1 + COLLISION_BOUNCE) * closing;
  a.vx[aSlot]! -= normalX * push * aShare;
  a.vy[aSlot]! -= normalY * push * aShare;
  b.vx[bSlot]! += normalX * push * bShare;
  b.vy[bSlot]! += normalY * push * bShare;
  return closing;
}
