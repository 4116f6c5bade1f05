import { SteadyTimes } from "./steady-times.ts";

/** What a view clock is made with. */
export interface ViewClockOptions {
  /** Of the room, per second. */
  readonly tickRate: number;
  readonly ticksPerSnapshot: number;
}

/** The clock is never this much faster or slower than the room's, but where it jumps. */
const RATE_CHANGE_MAX = 0.05;
/** At first, when little is known, it may: in milliseconds. */
const FIRST_MS = 1_500;
const FIRST_RATE_CHANGE_MAX = 0.5;
/** Farther behind than this, in milliseconds, it jumps; so much too far on, it stands still. */
const JUMP_MS = 250;
/** It catches up with what it is off within about this time, in milliseconds. */
const CATCH_UP_MS = 400;
/** Snapshots of the last 8 s at 30 Hz are looked at. */
const ARRIVALS_MAX = 240;
/** Of those that are in no stall so many may come later than an interval before they are needed … */
const LATE_SHARE = 0.02;
/** … and nearly one interval more, which covers part of a stall: in intervals between two snapshots. */
const RESERVE_INTERVALS = 1.96;
/** With less than this before the newest snapshot the next one is late: time goes slower, in intervals and as a rate. */
const SCARCE_INTERVALS = 0.9;
const SCARCE_RATE = 0.5;
/** Nothing is drawn so much beyond the newest snapshot. */
export const EXTRAPOLATION_MS_MAX = 100;

/**
 * Says which moment of the others is drawn: so long ago that the snapshot behind it is there already, nearly always.
 *
 * How late that is follows from how unevenly snapshots arrive. It changes by running up to 5 % faster or slower.
 */
export class ViewClock {
  private readonly tickMs: number;
  private readonly intervalMs: number;
  /** For each snapshot, when it came less when it was made, on the room's clock: the shortest way is the least. */
  private readonly ways = new SteadyTimes(ARRIVALS_MAX);
  private leastWayMs = 0;
  private delay = 0;
  private now: number | undefined;
  private newestTick = 0;
  private firstMs: number | undefined;
  private lastMs = 0;

  constructor({ tickRate, ticksPerSnapshot }: ViewClockOptions) {
    this.tickMs = 1_000 / tickRate;
    this.intervalMs = this.tickMs * ticksPerSnapshot;
  }

  /** The moment that is drawn, in ticks with a fraction; 0 before the first snapshot. */
  get tick(): number {
    return this.now ?? 0;
  }

  /** How long after the quickest snapshots arrive what they say is drawn, in milliseconds. */
  get delayMs(): number {
    return this.delay;
  }

  /** Whether there is no snapshot behind the moment that is drawn. */
  get isUnderrun(): boolean {
    return this.now !== undefined && this.now > this.newestTick;
  }

  /** A snapshot of `tick` came at `atMs`. */
  arrived(tick: number, atMs: number): void {
    this.firstMs ??= atMs;
    this.newestTick = tick;
    this.ways.push(atMs - tick * this.tickMs);
    const { least, most } = this.ways.range(LATE_SHARE);
    this.leastWayMs = least;
    this.delay = RESERVE_INTERVALS * this.intervalMs + most - least;
  }

  /** Moves on to `nowMs`. */
  advance(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.lastMs);
    this.lastMs = nowMs;
    if (this.ways.count === 0) return;
    const wanted = (nowMs - this.leastWayMs - this.delay) / this.tickMs;
    this.now ??= wanted;
    const offMs = (wanted - this.now) * this.tickMs - passedMs;
    // What is too far on waits: nobody is to be seen going back.
    if (Math.abs(offMs) > JUMP_MS) this.now = Math.max(this.now, wanted);
    else {
      const most = nowMs - (this.firstMs ?? nowMs) < FIRST_MS ? FIRST_RATE_CHANGE_MAX : RATE_CHANGE_MAX;
      const rate = Math.max(-most, Math.min(most, offMs / CATCH_UP_MS));
      const leftMs = (this.newestTick - this.now) * this.tickMs;
      const isScarce = leftMs >= 0 && leftMs < SCARCE_INTERVALS * this.intervalMs;
      this.now += (passedMs * (isScarce ? SCARCE_RATE : 1 + rate)) / this.tickMs;
    }
    this.now = Math.min(this.now, this.newestTick + EXTRAPOLATION_MS_MAX / this.tickMs);
  }
}
