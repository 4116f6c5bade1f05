import { angleBetween, createAngleTable } from "#engine/shared";
import { SHIP_HEADING_STEPS, WORLD_SIZE } from "../schema/generated/arena.ts";
import type { ArenaInput, ShipColumns } from "../schema/generated/arena.ts";
import {
  BORDER_BOUNCE,
  SHIP_ACCELERATION,
  SHIP_BRAKE,
  SHIP_DRAG,
  SHIP_RADIUS,
  SHIP_REVERSE_ACCELERATION,
  SHIP_SPEED_MAX,
  SHIP_TURN_STEPS,
} from "./tuning.ts";

/** Directions of every heading in Arena. */
export const DIRECTIONS = createAngleTable(31 - Math.clz32(SHIP_HEADING_STEPS));
/** Steps of a full turn in `ArenaInput.aim`, which is finer than a heading: so many to one of those. */
export const AIM_STEPS = 65_536;
export const AIMS_PER_HEADING = AIM_STEPS / SHIP_HEADING_STEPS;
/** Directions of every aim. */
export const AIM_DIRECTIONS = createAngleTable(31 - Math.clz32(AIM_STEPS));

const ANGLE_MASK = SHIP_HEADING_STEPS - 1;

/** Hands off: what a ship does whose player has not said anything. */
export const IDLE_INPUT: ArenaInput = {
  thrust: false,
  reverse: false,
  fire: false,
  beam: false,
  aims: false,
  turn: 0,
  aim: 0,
};

/** Columns of anything that moves freely. */
export interface Bodies {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

/**
 * One tick of a ship's flight. The server runs it for every ship, a client for its own ahead of the server: it
 * must depend on nothing but its arguments, and calculate the same on every machine.
 */
export function moveShip(columns: ShipColumns, slot: number, input: ArenaInput): void {
  columns.heading[slot] = turned(columns.heading[slot]!, input);
  columns.thrusting[slot] = input.thrust ? 1 : 0;
  accelerate(columns, slot, input);
  slowDown(columns, slot, SHIP_DRAG, SHIP_BRAKE);
  limitSpeed(columns, slot, SHIP_SPEED_MAX);
  advance(columns, slot, SHIP_RADIUS);
}

/** Any heading and any input give an angle of the table. */
function turned(heading: number, input: ArenaInput): number {
  if (!input.aims) return (heading + turnSteps(input.turn)) & ANGLE_MASK;
  const way = angleBetween(heading, headingOfAim(input.aim), SHIP_HEADING_STEPS);
  return (heading + Math.max(-SHIP_TURN_STEPS, Math.min(SHIP_TURN_STEPS, way))) & ANGLE_MASK;
}

/** The heading nearest to an aim; any number is one. */
export function headingOfAim(aim: number): number {
  return Math.round(aim / AIMS_PER_HEADING) & ANGLE_MASK;
}

/** The aim that is a heading. */
export function aimOfHeading(heading: number): number {
  return (heading & ANGLE_MASK) * AIMS_PER_HEADING;
}

function turnSteps(turn: number): number {
  if (turn > 0) return SHIP_TURN_STEPS;
  return turn < 0 ? -SHIP_TURN_STEPS : 0;
}

function accelerate(columns: ShipColumns, slot: number, input: ArenaInput): void {
  let acceleration = 0;
  if (input.thrust) acceleration += SHIP_ACCELERATION;
  if (input.reverse) acceleration -= SHIP_REVERSE_ACCELERATION;
  const heading = columns.heading[slot]!;
  columns.vx[slot]! += DIRECTIONS.cos[heading]! * acceleration;
  columns.vy[slot]! += DIRECTIONS.sin[heading]! * acceleration;
}

/** Takes a share of the speed and a fixed amount of it; what has less than that comes to rest. */
export function slowDown(bodies: Bodies, slot: number, drag: number, brake: number): void {
  const speed = speedOf(bodies, slot);
  if (speed === 0) return;
  const left = Math.max(0, speed * (1 - drag) - brake) / speed;
  bodies.vx[slot]! *= left;
  bodies.vy[slot]! *= left;
}

/** Keeps the direction. */
export function limitSpeed(bodies: Bodies, slot: number, speedMax: number): void {
  const speed = speedOf(bodies, slot);
  if (speed <= speedMax) return;
  bodies.vx[slot]! *= speedMax / speed;
  bodies.vy[slot]! *= speedMax / speed;
}

/** Moves a round body by its velocity; the border of the world throws it back. */
export function advance(bodies: Bodies, slot: number, radius: number): void {
  advanceAlong(bodies.x, bodies.vx, slot, radius);
  advanceAlong(bodies.y, bodies.vy, slot, radius);
}

function advanceAlong(places: Float64Array, speeds: Float64Array, slot: number, radius: number): void {
  const place = places[slot]! + speeds[slot]!;
  const inside = Math.max(radius, Math.min(WORLD_SIZE - radius, place));
  places[slot] = inside;
  const isLeaving = (place - inside) * speeds[slot]! > 0;
  if (isLeaving) speeds[slot]! *= -BORDER_BOUNCE;
}

/** In units per tick. */
export function speedOf(bodies: Bodies, slot: number): number {
  const vx = bodies.vx[slot]!;
  const vy = bodies.vy[slot]!;
  return Math.sqrt(vx * vx + vy * vy);
}
