/** The middle and the bad end of many figures; null when there are none. */
export interface Distribution {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** Nearest-rank percentiles: every figure is one of `values`, to the hundredth. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number | null => hundredths(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function hundredths(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(100 * value) / 100;
}
