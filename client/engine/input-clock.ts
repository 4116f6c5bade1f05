import { LeastInARow } from "./least-in-a-row.ts";
import { SteadyTimes } from "./steady-times.ts";

/** What an input clock is made with. */
export interface InputClockOptions {
  /** Of the room, per second. */
  readonly tickRate: number;
  /** The newest tick that the room has said to be finished. */
  readonly tick: number;
  /** When it said so: the monotonic clock, in milliseconds. */
  readonly nowMs: number;
  /** There and back, in milliseconds. */
  readonly rttMs: number;
}

/** The clock is never more than so much faster than the room's, but where it jumps … */
const FASTER_MAX = 0.05;
/** … and so much slower: what was late once would be late again. */
const SLOWER_MAX = 0.002;
/** Farther off than this, in milliseconds, it jumps. */
const JUMP_MS = 250;
/** At first it jumps already when it is off by so many ticks, and waits for fewer reports. */
const FIRST_MS = 1_500;
const FIRST_JUMP_TICKS = 0.5;
/** Reports of the last 8 s at 30 Hz are looked at. */
const REPORTS_MAX = 240;
const REPORTS_FIRST = 3;
/**
 * So many in a row that say more than `JUMP_MS` leave no doubt that the room stood still: it jumps back by what the
 * least of them says. More than 254 ms a report cannot say, so that it may have to do so again.
 */
const EARLY_REPORTS = 15;
/**
 * Farther ahead than this of what snapshots let it be, in milliseconds, it jumps back: a room under load loses ticks. So
 * many in a row must say so: the first few that come out of the dark are old.
 */
const AHEAD_MS_MAX = 500;
const AHEAD_SNAPSHOTS = 5;
/** Of the inputs that are in no stall so many may come late. */
const LATE_SHARE = 0.005;
/** All others are to come so long before their ticks: milliseconds, and a share of how unevenly they come. */
const MARGIN_MS = 3;
const MARGIN_SHARE = 0.15;

/**
 * Says for which tick an input is: the one that the room will simulate when it arrives, and no later than that.
 *
 * The room reports by how much inputs came before their ticks. The clock runs ahead by so much that nearly all of them
 * come in time, and gets there by running up to 5 % faster, or a little slower.
 */
export class InputClock {
  private readonly tickMs: number;
  private readonly startMs: number;
  private now: number;
  private lastMs: number;
  /** What the clock has been shifted by since the start, in milliseconds, and what it is to be shifted by. */
  private shiftMs = 0;
  private wantedShiftMs = 0;
  /** How late inputs would have come without any shift. */
  private readonly unshifted = new SteadyTimes(REPORTS_MAX);
  /** What the shift was, for as long as reports of inputs from then may come. */
  private shifts: { readonly atMs: number; readonly shiftMs: number }[] = [];
  private deafUntilMs = -Infinity;
  /** Of the newest reports, what said more than `JUMP_MS`; of the newest snapshots, what said more than `AHEAD_MS_MAX`. */
  private readonly earlyMs = new LeastInARow(EARLY_REPORTS);
  private readonly aheadMs = new LeastInARow(AHEAD_SNAPSHOTS);

  constructor({ tickRate, tick, nowMs, rttMs }: InputClockOptions) {
    this.tickMs = 1_000 / tickRate;
    this.startMs = nowMs;
    this.lastMs = nowMs;
    // What leaves now arrives when the room has gone on for a round trip since it said so.
    this.now = tick + 1 + rttMs / this.tickMs;
  }

  /** The tick that an input of now is for, with a fraction: it is simulated when that has become whole. */
  get tick(): number {
    return this.now;
  }

  /** Moves on to `nowMs`. */
  advance(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.lastMs);
    this.lastMs = nowMs;
    const owedMs = this.wantedShiftMs - this.shiftMs;
    this.shift(Math.max(-SLOWER_MAX * passedMs, Math.min(FASTER_MAX * passedMs, owedMs)));
    this.now += passedMs / this.tickMs;
  }

  /** A snapshot of `tick` came at `atMs`: the room has gone on for a round trip when an input of then arrives. */
  heard(tick: number, rttMs: number, atMs: number): void {
    const arrivesAt = tick + 1 + (rttMs + this.lastMs - atMs) / this.tickMs;
    const aheadMs = (this.now - arrivesAt) * this.tickMs;
    const leastMs = this.aheadMs.next(aheadMs > AHEAD_MS_MAX ? aheadMs : undefined);
    if (leastMs !== undefined) this.jump(-leastMs, rttMs, atMs);
  }

  /** A snapshot's report: the least time by which inputs came before their ticks. */
  report(slackMs: number, rttMs: number, nowMs: number): void {
    if (nowMs < this.deafUntilMs || this.jumpedWhereEarly(slackMs, rttMs, nowMs)) return;
    this.shifts.push({ atMs: nowMs, shiftMs: this.shiftMs });
    while (this.shifts.length > 1 && this.shifts[1]!.atMs <= nowMs - rttMs) this.shifts.shift();
    this.unshifted.push(this.shifts[0]!.shiftMs - slackMs);
    if (this.unshifted.count < REPORTS_FIRST) return;
    const { median, most } = this.unshifted.range(LATE_SHARE);
    this.wantedShiftMs = most + MARGIN_MS + MARGIN_SHARE * (most - median);
    this.jumpWhereFar(rttMs, nowMs);
  }

  private jumpWhereFar(rttMs: number, nowMs: number): void {
    const isFirst = nowMs - this.startMs < FIRST_MS;
    const farMs = isFirst ? FIRST_JUMP_TICKS * this.tickMs : JUMP_MS;
    const owedMs = this.wantedShiftMs - this.shiftMs;
    if (Math.abs(owedMs) > farMs) this.jump(owedMs, rttMs, nowMs);
  }

  private jumpedWhereEarly(slackMs: number, rttMs: number, nowMs: number): boolean {
    const leastMs = this.earlyMs.next(slackMs > JUMP_MS ? slackMs : undefined);
    if (leastMs === undefined) return false;
    this.jump(MARGIN_MS - leastMs, rttMs, nowMs);
    return true;
  }

  private jump(ms: number, rttMs: number, nowMs: number): void {
    this.shift(ms);
    this.wantedShiftMs = this.shiftMs;
    this.unshifted.clear();
    this.shifts = [];
    this.earlyMs.clear();
    this.aheadMs.clear();
    // Inputs from before the jump are still on their way.
    this.deafUntilMs = nowMs + rttMs + 2 * this.tickMs;
  }

  private shift(ms: number): void {
    this.shiftMs += ms;
    this.now += ms / this.tickMs;
  }
}
