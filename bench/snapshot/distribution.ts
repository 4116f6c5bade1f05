export interface Distribution {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** How `values` spread; every figure but the mean is one of them. NaN when there are none. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
  const sum = values.reduce((total, value) => total + value, 0);
  return { mean: sum / values.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
