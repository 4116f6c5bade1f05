/** The middle of `values`, or the mean of the two in the middle; NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return sorted.length === 0 ? NaN : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How far the middle half of `values` reaches, as a part of their median: 0 when they all agree. */
export function spread(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const sorted = [...values].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))]!;
  return (at(0.75) - at(0.25)) / median(sorted);
}
