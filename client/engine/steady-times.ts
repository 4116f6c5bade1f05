/** Where times lie but for those of a stall. */
export interface SteadyRange {
  readonly least: number;
  readonly median: number;
  /** All but a share of the steady ones are up to this. */
  readonly most: number;
}

/** Farther from the median than this, in milliseconds, a time is one of a stall … */
const STALL_MS = 50;
/** … unless more than so many are. */
const STALL_SHARE_MAX = 0.08;

/**
 * The newest of times that vary, in milliseconds, and their range. Some a stall (a lost segment, say) has made much
 * larger: it passes, and nothing is to be set up by it.
 *
 * They are kept sorted: a range is asked for with every snapshot.
 */
export class SteadyTimes {
  private readonly timesMax: number;
  /** As they came: the next takes the place of the oldest. */
  private readonly times: Float64Array;
  private readonly sorted: Float64Array;
  private held = 0;
  private next = 0;

  /** `timesMax`: so many are kept. */
  constructor(timesMax: number) {
    this.timesMax = timesMax;
    this.times = new Float64Array(timesMax);
    this.sorted = new Float64Array(timesMax);
  }

  /** How many are held. */
  get count(): number {
    return this.held;
  }

  push(time: number): void {
    const { sorted, times, timesMax } = this;
    if (this.held === timesMax) {
      const oldest = this.placeOf(times[this.next]!);
      sorted.copyWithin(oldest, oldest + 1, this.held);
      this.held -= 1;
    }
    const place = this.placeOf(time);
    sorted.copyWithin(place + 1, place, this.held);
    sorted[place] = time;
    times[this.next] = time;
    this.held += 1;
    this.next = (this.next + 1) % timesMax;
  }

  clear(): void {
    this.held = 0;
    this.next = 0;
  }

  /** `share` of the steady ones, 0 to 1, may lie above `most`. There is one at least. */
  range(share: number): SteadyRange {
    const { sorted, held } = this;
    const median = sorted[held >> 1]!;
    let end = held;
    while (sorted[end - 1]! > median + STALL_MS) end -= 1;
    if (end < (1 - STALL_SHARE_MAX) * held) end = held;
    return { least: sorted[0]!, median, most: sorted[Math.max(0, Math.ceil((1 - share) * end) - 1)]! };
  }

  /** The lowest place in `sorted` of what is no less than `time`. */
  private placeOf(time: number): number {
    let low = 0;
    let high = this.held;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
