import type { QueueVisitor } from "./queue-visitor.ts";
import { RoundTrips } from "./round-trips.ts";
import { WindowedMinimum } from "./windowed-minimum.ts";

/** Bounds of a window and of what is cut to fit through it, in bytes. */
export interface CreditWindowLimits {
  readonly windowBytesMin: number;
  readonly windowBytesMax: number;
  readonly chunkBytesMin: number;
  readonly chunkBytesMax: number;
}

export const CREDIT_WINDOW_LIMITS: CreditWindowLimits = {
  windowBytesMin: 1200,
  windowBytesMax: 4 << 20,
  chunkBytesMin: 512,
  chunkBytesMax: 16_000,
};

/** What fits into one packet of the usual network behind the headers of IP and of TCP with its timestamps. */
const SEGMENT_BYTES = 1448;
/** A chunk holds the wire for about this long, and nothing can step in front of what is on it. */
const CHUNK_MS = 2;
/** Chunks are whole segments; a segment that nearly fits is taken, so that a small change of the rate changes nothing. */
const SEGMENT_ROUNDING = 0.25;
/** No more than so much of a chunk's own time on the wire is allowed for: on a slow link the rest is a queue's. */
const CHUNK_MS_MAX = 2;
/** What little is sent on a link of which nothing is known yet is not thought to take more. */
const WIRE_MS_MAX = 15;
/** A chunk is at most this share of the window: what leaves no room for one has filled it, whatever else is under way. */
const CHUNK_SHARE_MAX = 0.2;
const FIRST_WINDOW_BYTES = 3000;
/** How much more than what was under way a round trip ago the search for the link's rate tries. */
const STARTUP_GROWTH = 1.2;
/** Such a queue more than the target ends the search. */
const STARTUP_QUEUE_MS = 1;
/** A window opens by at most this share of what is answered: at once, it would let a burst through. */
const OPENING_SHARE = 0.5;
/** The queue that keeps a link busy between two answers, on a line that never wavers … */
const TARGET_MS = 0.8;
/** … and what it is more on one that does: so many times what neighbouring round trips differ by. */
const TARGET_NOISE = 3.2;
const TARGET_MS_MAX = 40;
/** What is added in a round trip, in chunks at least. */
const GAIN_CHUNKS_MIN = 0.1;
/** After so many rounds without a queue the gain doubles, again and again … */
const CLEAR_ROUNDS_PER_DOUBLING = 3;
/** … up to this share of what is under way. */
const GAIN_SHARE_MAX = 1 / 32;
const CLEAR_ROUNDS_MAX = 40;
/** An answer that is seconds late tells of an outage, not of a queue: the window is halved at most. */
const SHRINKING_SHARE_MIN = 0.5;
/** A queue of this share of the target, or less, is none. */
const CLEAR_SHARE = 0.25;
const BASE_KEPT_MS = 10_000;
const BASE_BUCKETS = 10;
/** Shortly before the base would be forgotten … */
const BASE_REFRESH_MS = 9_000;
/** … the window shrinks to this share for a round trip: the queue empties, and shows the base anew. */
const REFRESH_SHARE = 0.85;
const RATE_ROUNDS = 4;
/** What was sent with less of the window under way says nothing of the window. */
const FULL_SHARE = 0.8;
/** A window that was not full for a round trip, and at least for so long, opens anew: what has not been sent is no burst. */
const IDLE_MS_MIN = 100;

/** A packet that is not answered yet. */
interface Flight {
  /** Of the cumulative stream: the first byte behind it. */
  readonly end: number;
  readonly bytes: number;
  readonly sentAtMs: number;
  readonly ackedThen: number;
  /** Under way with it. */
  readonly inflight: number;
  /** It left when the window was about full … */
  readonly isFull: boolean;
  /** … and as wide as it should be. */
  readonly isLimited: boolean;
}

/**
 * How many bytes may be under way, so that a link is busy and next to nothing waits in front of it.
 *
 * Everything that is sent counts; only what can wait asks `admits`. The window follows the delay: it goes towards what
 * was under way a round trip ago, times base / (base + queue), plus a gain: FAST TCP's rule (Wei, Jin, Low and Hegde,
 * 2006), with the bytes that really were under way in place of the window, so that no change is counted twice. It
 * stands still where the gain is the queue, where a window that grows until a queue builds up swings to and fro.
 */
export class CreditWindow {
  private readonly limits: CreditWindowLimits;
  private readonly base = new WindowedMinimum(BASE_KEPT_MS, BASE_BUCKETS);
  private readonly trips = new RoundTrips();
  private readonly flights: Flight[] = [];
  /** Bytes a millisecond, of the last rounds and of this one. */
  private readonly rates: number[] = [];
  private roundRate = 0;
  private window = FIRST_WINDOW_BYTES;
  private goal = FIRST_WINDOW_BYTES;
  private sentTotal = 0;
  private ackedTotal = 0;
  private roundEnd = 0;
  private roundQueueMs = Infinity;
  private isStartingUp = true;
  private clearRounds = 0;
  private baseMetMs = 0;
  private reopensAt = -1;
  /** When the window was full last. */
  private fullMs = -Infinity;
  /** The window is smaller than it should be: what is sent meanwhile says nothing of it. */
  private isRecovering = false;

  constructor(limits: CreditWindowLimits) {
    this.limits = limits;
  }

  get windowBytes(): number {
    return Math.round(this.window);
  }

  eachQueue(visit: QueueVisitor): void {
    visit("bytes of the credit window", this.windowBytes, this.limits.windowBytesMax);
  }

  /** Sent, and not answered yet. */
  get inflightBytes(): number {
    return this.sentTotal - this.ackedTotal;
  }

  get sentBytes(): number {
    return this.sentTotal;
  }

  get ackedBytes(): number {
    return this.ackedTotal;
  }

  /** A smoothed round trip, without what the peer waited before it answered; undefined before the first. */
  get rttMs(): number | undefined {
    return this.trips.smoothedMs;
  }

  /** How many round trips were measured, and the last of them, in milliseconds. */
  get tripCount(): number {
    return this.trips.count;
  }

  get lastRttMs(): number {
    return this.trips.lastMs;
  }

  /** What the link has carried of late, in bytes a millisecond; 0 before the first answer. */
  get rate(): number {
    return Math.max(this.roundRate, ...this.rates);
  }

  /** How many bytes a packet of what can wait should have. */
  get chunkBytes(): number {
    const { chunkBytesMin, chunkBytesMax } = this.limits;
    const wanted = Math.min(this.rate * CHUNK_MS, this.window * CHUNK_SHARE_MAX);
    const whole =
      wanted >= SEGMENT_BYTES ? Math.floor(wanted / SEGMENT_BYTES + SEGMENT_ROUNDING) * SEGMENT_BYTES : wanted;
    return Math.floor(Math.min(chunkBytesMax, Math.max(chunkBytesMin, whole)));
  }

  /** Whether so many bytes of what can wait may follow now. With nothing under way they always may. */
  admits(bytes: number): boolean {
    return this.inflightBytes === 0 || this.inflightBytes + bytes <= this.window;
  }

  /** A packet was given to the link, and `bytes` of it count. */
  sent(bytes: number, nowMs: number): void {
    this.sentTotal += bytes;
    const inflight = this.inflightBytes;
    const isFull = inflight >= FULL_SHARE * this.window || inflight + this.chunkBytes > this.window;
    if (isFull) this.fullMs = nowMs;
    else if (nowMs - this.fullMs > Math.max(IDLE_MS_MIN, this.rttMs ?? 0)) this.restart();
    const isLimited = isFull && !this.isRecovering;
    // The next chunk did not fit: the window is said to be full, for chunks are coarse.
    const full = Math.min(Math.max(inflight, this.window), inflight + this.chunkBytes);
    const { sentTotal: end, ackedTotal: ackedThen } = this;
    this.flights.push({ end, bytes, sentAtMs: nowMs, ackedThen, inflight: full, isFull, isLimited });
  }

  /** How long the oldest packet has been waiting for its answer, in milliseconds; 0 when all are answered. */
  oldestFlightMs(nowMs: number): number {
    const oldest = this.flights[0];
    return oldest === undefined ? 0 : nowMs - oldest.sentAtMs;
  }

  /**
   * The peer has `bytes` more, and kept the answer back for `holdMs`; undefined when that is too long to be told. False
   * when it claims what was never sent.
   */
  acked(bytes: number, holdMs: number | undefined, nowMs: number): boolean {
    if (this.ackedTotal + bytes > this.sentTotal) return false;
    this.ackedTotal += bytes;
    let count = 0;
    while (count < this.flights.length && this.flights[count]!.end <= this.ackedTotal) count += 1;
    const last = this.flights[count - 1];
    this.flights.splice(0, count);
    if (last?.end === this.ackedTotal && holdMs !== undefined) {
      this.learn(last, Math.max(0, nowMs - last.sentAtMs - holdMs), nowMs);
    }
    if (this.ackedTotal >= this.roundEnd) this.endRound();
    if (last?.isFull === true && this.ackedTotal >= this.reopensAt) this.reopen(bytes);
    return true;
  }

  /** After a pause: the window is small, and opens again to what it was, half as much again in a round trip. */
  private restart(): void {
    if (this.window <= FIRST_WINDOW_BYTES) return;
    this.window = FIRST_WINDOW_BYTES;
    this.isRecovering = true;
  }

  private reopen(bytes: number): void {
    this.window = Math.min(this.goal, this.window + bytes * OPENING_SHARE);
    if (this.window === this.goal) this.isRecovering = false;
  }

  /** What a chunk's own bytes take on the wire, where the base was met by something small. */
  private get chunkMs(): number {
    return Math.min(CHUNK_MS_MAX, this.wireMs(this.chunkBytes));
  }

  /** How long so many bytes hold the link. */
  private wireMs(bytes: number): number {
    const { rate } = this;
    return rate > 0 ? Math.min(WIRE_MS_MAX, bytes / rate) : WIRE_MS_MAX;
  }

  private get targetMs(): number {
    return Math.min(TARGET_MS_MAX, TARGET_MS + TARGET_NOISE * this.trips.noiseMs);
  }

  private learn(flight: Flight, rttMs: number, nowMs: number): void {
    if (rttMs > 0) this.roundRate = Math.max(this.roundRate, (this.ackedTotal - flight.ackedThen) / rttMs);
    const { inflight, isLimited, bytes } = flight;
    const recent = this.trips.add({ atMs: nowMs, rttMs, wireMs: this.wireMs(bytes), inflight, isLimited });
    if (recent === undefined) return;
    // A mean is compared with a mean: the least of some round trips would mistake every tremor of the line for a queue.
    this.base.add(recent.rttMs, nowMs);
    if (!recent.isLimited) {
      this.baseMetMs = nowMs;
      return;
    }
    this.aim(recent.rttMs, recent.inflight);
    if (nowMs - this.baseMetMs > BASE_REFRESH_MS) this.refreshBase(nowMs);
  }

  private aim(rttMs: number, inflight: number): void {
    const { targetMs, rate } = this;
    const wholeMs = this.base.value + this.chunkMs;
    const queueMs = Math.max(0, rttMs - wholeMs);
    this.roundQueueMs = Math.min(this.roundQueueMs, queueMs);
    if (!this.isStartingUp) this.goal = this.steadyGoal(wholeMs, queueMs, inflight);
    else if (queueMs <= targetMs + STARTUP_QUEUE_MS) this.goal = Math.max(this.goal, inflight * STARTUP_GROWTH);
    else {
      // What the link holds without a queue is known now; what was sent beyond it has to leave first.
      this.isStartingUp = false;
      this.goal = rate * wholeMs;
      this.pause();
    }
    const { windowBytesMin, windowBytesMax } = this.limits;
    this.goal = Math.min(windowBytesMax, Math.max(windowBytesMin, this.goal));
    this.window = Math.min(this.window, this.goal);
  }

  private steadyGoal(wholeMs: number, queueMs: number, inflight: number): number {
    const { targetMs, rate } = this;
    const gain = Math.max(GAIN_CHUNKS_MIN * this.chunkBytes, rate * targetMs);
    const bold = gain * 2 ** Math.floor(this.clearRounds / CLEAR_ROUNDS_PER_DOUBLING);
    const most = Math.max(gain, inflight * GAIN_SHARE_MAX);
    const share = Math.max(SHRINKING_SHARE_MIN, wholeMs / (wholeMs + queueMs));
    return inflight * share + Math.min(bold, most);
  }

  /** All that was under way when the round began is answered. */
  private endRound(): void {
    this.roundEnd = this.sentTotal;
    if (this.roundQueueMs === Infinity) return;
    const isClear = this.roundQueueMs < CLEAR_SHARE * this.targetMs;
    this.clearRounds = isClear ? Math.min(CLEAR_ROUNDS_MAX, this.clearRounds + 1) : 0;
    this.roundQueueMs = Infinity;
    this.rates.push(this.roundRate);
    if (this.rates.length > RATE_ROUNDS) this.rates.shift();
    this.roundRate = 0;
  }

  private refreshBase(nowMs: number): void {
    this.baseMetMs = nowMs;
    this.window = Math.max(this.limits.windowBytesMin, this.window * REFRESH_SHARE);
    this.pause();
  }

  /** The window stays as it is until all that is under way is answered, and opens again then. */
  private pause(): void {
    this.reopensAt = this.sentTotal;
    this.isRecovering = true;
  }
}
