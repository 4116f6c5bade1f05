/** The middle and the bad end of a distribution. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** The newest `size` samples of something, overwritten round and round. */
export class SampleRing {
  private readonly samples: Float64Array;
  private total = 0;

  constructor(size: number) {
    this.samples = new Float64Array(size);
  }

  add(sample: number): void {
    this.samples[this.total % this.samples.length] = sample;
    this.total += 1;
  }

  /** Nearest-rank percentiles of what is kept; 0 when nothing is. */
  percentiles(): Percentiles {
    const sorted = this.samples.slice(0, Math.min(this.total, this.samples.length)).sort();
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return { p50: at(0.5), p99: at(0.99) };
  }
}

/** How the ticks of a room went, in milliseconds. */
export interface TickReport {
  /** Time that a tick took. */
  readonly workMs: Percentiles;
  /** How long after its due time a tick began. */
  readonly latenessMs: Percentiles;
  readonly droppedTicks: number;
}

const TICKS_KEPT = 1800;

/** Measures ticks; a minute of them at 30 Hz is kept. */
export class RoomMetrics {
  private readonly work = new SampleRing(TICKS_KEPT);
  private readonly lateness = new SampleRing(TICKS_KEPT);

  tickRan(workMs: number, latenessMs: number): void {
    this.work.add(workMs);
    this.lateness.add(latenessMs);
  }

  report(droppedTicks: number): TickReport {
    return { workMs: this.work.percentiles(), latenessMs: this.lateness.percentiles(), droppedTicks };
  }
}
