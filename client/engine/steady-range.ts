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
 * The range of times that vary, some of which a stall (a lost segment, say) has made much larger: it passes, and nothing
 * is to be set up by it. `share` of the steady ones, 0 to 1, may lie above `most`. `times` has one at least, in milliseconds.
 */
export function steadyRange(times: readonly number[], share: number): SteadyRange {
  // Sorted as numbers they are, which takes a fifth of the time: it is asked with every snapshot.
  const sorted = Float64Array.from(times).sort();
  const median = sorted[sorted.length >> 1]!;
  let end = sorted.length;
  while (sorted[end - 1]! > median + STALL_MS) end -= 1;
  if (end < (1 - STALL_SHARE_MAX) * sorted.length) end = sorted.length;
  return { least: sorted[0]!, median, most: sorted[Math.max(0, Math.ceil((1 - share) * end) - 1)]! };
}
