import { Rng } from "../../shared/engine/time/rng.ts";
import { createRows, type Rows } from "./row.ts";

/**
 * How the entities move. smooth: in float64, rounded for the wire only. smooth-snapped: what the wire says is what the
 * simulation goes on with. jittery: every velocity trembles in every tick.
 */
export type Motion = "smooth" | "smooth-snapped" | "jittery";

export const ENTITIES = 500;
export const TICKS_PER_SECOND = 20;

/** Steps of 1/16 px along each side of the square, whose last position is 65,535. */
const SIDE = 65_536;
/** Ticks that nobody sees, so that the start is forgotten. */
const UNSEEN_TICKS = 40;

const KINDS = 8;
const HP_START = 100;
/** In steps per tick, and steps per tick and tick. */
const SPEED_MIN = 32;
const SPEED_MAX = 192;
const ACCELERATION_MAX = 24;
const JITTER_MAX = 6;
/** In 1/256 turn. */
const FULL_TURN = 256;
const TURN_MAX = 10;
/** Steps from an edge, closer than which no target points outwards. */
const EDGE = 800;
/** Of an entity in a tick. */
const NEW_TARGET_CHANCE = 1 / 20;
const HIT_CHANCE = 0.005;
const HIT_MAX = 20;

/**
 * The synthetic arena that every figure is of: entities that steer towards a velocity, with limited acceleration, and
 * now and then want another one.
 *
 * The same seed gives the same world. Random numbers are drawn entity by entity: kind, x, y, direction and speed at
 * the start; then in each tick whether there is a new target (direction, speed), how the velocity trembles (x, y;
 * jittery only), and whether there is a hit (how hard).
 */
export class SteeringWorld {
  /** What the wire says of this tick. Overwritten by `step`. */
  readonly rows: Rows = createRows(ENTITIES);

  private readonly rng: Rng;
  private readonly motion: Motion;
  private readonly x = new Float64Array(ENTITIES);
  private readonly y = new Float64Array(ENTITIES);
  private readonly vx = new Float64Array(ENTITIES);
  private readonly vy = new Float64Array(ENTITIES);
  private readonly targetVx = new Float64Array(ENTITIES);
  private readonly targetVy = new Float64Array(ENTITIES);
  private readonly angle = new Float64Array(ENTITIES);

  constructor(seed: number, motion: Motion) {
    this.rng = new Rng(seed);
    this.motion = motion;
    for (let id = 0; id < ENTITIES; id++) this.start(id);
    for (let tick = 0; tick < UNSEEN_TICKS; tick++) this.step();
  }

  /** One tick, for each entity in order. */
  step(): void {
    for (let id = 0; id < ENTITIES; id++) {
      if (this.rng.next() < NEW_TARGET_CHANCE) this.drawTarget(id);
      this.turnFromEdges(id);
      this.accelerate(id);
      this.move(id);
      this.turn(id);
      if (this.rng.next() < HIT_CHANCE) this.hit(id);
      this.writeRow(id);
    }
  }

  private start(id: number): void {
    this.rows.kind[id] = this.rng.below(KINDS);
    this.rows.hp[id] = HP_START;
    this.x[id] = this.snapped(this.rng.between(0, SIDE - 1));
    this.y[id] = this.snapped(this.rng.between(0, SIDE - 1));
    this.drawTarget(id);
    this.vx[id] = this.snapped(this.targetVx[id]!);
    this.vy[id] = this.snapped(this.targetVy[id]!);
    this.angle[id] = this.snapped(this.targetHeading(id));
    this.writeRow(id);
  }

  private drawTarget(id: number): void {
    const direction = this.rng.between(0, 2 * Math.PI);
    const speed = this.rng.between(SPEED_MIN, SPEED_MAX);
    this.targetVx[id] = speed * Math.cos(direction);
    this.targetVy[id] = speed * Math.sin(direction);
  }

  private turnFromEdges(id: number): void {
    this.targetVx[id] = inwards(this.x[id]!, this.targetVx[id]!);
    this.targetVy[id] = inwards(this.y[id]!, this.targetVy[id]!);
  }

  private accelerate(id: number): void {
    const dx = this.targetVx[id]! - this.vx[id]!;
    const dy = this.targetVy[id]! - this.vy[id]!;
    const wanted = Math.sqrt(dx * dx + dy * dy);
    const part = wanted > ACCELERATION_MAX ? ACCELERATION_MAX / wanted : 1;
    this.vx[id] = this.snapped(this.vx[id]! + dx * part + this.drawJitter());
    this.vy[id] = this.snapped(this.vy[id]! + dy * part + this.drawJitter());
  }

  private move(id: number): void {
    const x = this.x[id]! + this.vx[id]!;
    const y = this.y[id]! + this.vy[id]!;
    this.x[id] = clamped(x);
    this.y[id] = clamped(y);
    if (x !== this.x[id]) this.vx[id] = 0;
    if (y !== this.y[id]) this.vy[id] = 0;
  }

  private turn(id: number): void {
    const away = wrapped(this.targetHeading(id) - this.angle[id]!);
    this.angle[id] = this.snapped(this.angle[id]! + Math.min(TURN_MAX, Math.max(-TURN_MAX, away)));
  }

  private hit(id: number): void {
    const left = this.rows.hp[id]! - 1 - this.rng.below(HIT_MAX);
    this.rows.hp[id] = left > 0 ? left : HP_START;
  }

  private writeRow(id: number): void {
    this.rows.x[id] = Math.round(this.x[id]!);
    this.rows.y[id] = Math.round(this.y[id]!);
    this.rows.vx[id] = Math.round(this.vx[id]!);
    this.rows.vy[id] = Math.round(this.vy[id]!);
    this.rows.angle[id] = Math.round(this.angle[id]!) & (FULL_TURN - 1);
  }

  private targetHeading(id: number): number {
    return (Math.atan2(this.targetVy[id]!, this.targetVx[id]!) * FULL_TURN) / (2 * Math.PI);
  }

  private drawJitter(): number {
    return this.motion === "jittery" ? this.rng.between(-JITTER_MAX, JITTER_MAX) : 0;
  }

  private snapped(value: number): number {
    return this.motion === "smooth-snapped" ? Math.round(value) : value;
  }
}

/** `velocity`, mirrored when it points out of the edge that `position` is close to. */
function inwards(position: number, velocity: number): number {
  if (position < EDGE) return Math.abs(velocity);
  return position > SIDE - 1 - EDGE ? -Math.abs(velocity) : velocity;
}

function clamped(position: number): number {
  return Math.min(SIDE - 1, Math.max(0, position));
}

/** The shorter way round: −128 ≤ value < 128. */
function wrapped(turn: number): number {
  return turn - FULL_TURN * Math.floor(turn / FULL_TURN + 0.5);
}
