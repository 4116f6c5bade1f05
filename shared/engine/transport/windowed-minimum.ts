/** The least of the values of the last while, to the precision of a bucket. */
export class WindowedMinimum {
  private readonly bucketMs: number;
  private readonly buckets: { startMs: number; least: number }[] = [];
  private readonly keptMs: number;

  /** Remembers `keptMs` milliseconds in so many buckets. */
  constructor(keptMs: number, buckets: number) {
    this.keptMs = keptMs;
    this.bucketMs = keptMs / buckets;
  }

  /** Infinity before the first. */
  get value(): number {
    let least = Infinity;
    for (const bucket of this.buckets) least = Math.min(least, bucket.least);
    return least;
  }

  add(value: number, nowMs: number): void {
    const newest = this.buckets.at(-1);
    if (newest !== undefined && nowMs - newest.startMs < this.bucketMs) newest.least = Math.min(newest.least, value);
    else this.buckets.push({ startMs: nowMs, least: value });
    while (this.buckets.length > 1 && nowMs - this.buckets[0]!.startMs > this.keptMs) this.buckets.shift();
  }
}
