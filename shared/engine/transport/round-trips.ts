/** One answer: when it came, how long after its packet, and how much was under way then. */
export interface RoundTrip {
  readonly atMs: number;
  readonly rttMs: number;
  /** What its packet's own bytes took of it. */
  readonly wireMs: number;
  readonly inflight: number;
  readonly isLimited: boolean;
}

type Mean = Omit<RoundTrip, "atMs" | "wireMs">;

const SMOOTHING = 1 / 8;
const NOISE_SMOOTHING = 0.07;
/** The mean of two neighbours' difference is so many times their standard deviation's share: 2/√π over √(2/π). */
const NEIGHBOURS = Math.SQRT2;
const COUNT_MIN = 6;
const COUNT_MAX = 256;
const SPAN_MS_MIN = 5;
const SPAN_MS_MAX = 100;

/** The round trips of the last half round trip, at least 6: their mean, and how much neighbours differ. */
export class RoundTrips {
  /** Smoothed over about 8; undefined before the first. */
  smoothedMs: number | undefined;
  /** The mean deviation of a round trip, as far as it is not a trend. */
  noiseMs = 0;
  /** How many there were, and the last one; 0 before the first. */
  count = 0;
  lastMs = 0;
  private readonly recent: RoundTrip[] = [];

  /** The mean of the recent ones; undefined while they are too few. Limited: all of them were. */
  add(trip: RoundTrip): Mean | undefined {
    this.count += 1;
    this.lastMs = trip.rttMs;
    const before = this.recent.at(-1) ?? trip;
    // That a large packet takes longer than a small one is no noise.
    const difference = trip.rttMs - trip.wireMs - (before.rttMs - before.wireMs);
    this.smoothedMs = (this.smoothedMs ?? trip.rttMs) * (1 - SMOOTHING) + trip.rttMs * SMOOTHING;
    this.noiseMs += (Math.abs(difference) / NEIGHBOURS - this.noiseMs) * NOISE_SMOOTHING;
    this.recent.push(trip);
    this.forget(trip.atMs - Math.min(SPAN_MS_MAX, Math.max(SPAN_MS_MIN, this.smoothedMs / 2)));
    return this.recent.length < COUNT_MIN ? undefined : this.mean();
  }

  private forget(beforeMs: number): void {
    const { recent } = this;
    while (recent.length > COUNT_MAX || (recent.length > COUNT_MIN && recent[0]!.atMs < beforeMs)) recent.shift();
  }

  private mean(): Mean {
    const { recent } = this;
    let rttMs = 0;
    let inflight = 0;
    let isLimited = true;
    for (const trip of recent) {
      rttMs += trip.rttMs / recent.length;
      inflight += trip.inflight / recent.length;
      isLimited &&= trip.isLimited;
    }
    return { rttMs, inflight, isLimited };
  }
}
