/** What writer and reader of snapshots must agree on, besides the codecs. PROTOCOL says it in words. */

/** The most bytes of a snapshot's body. */
export const SNAPSHOT_BYTES_MAX = 60_000;
/** A checksum of the view comes with every so many snapshots. */
export const SNAPSHOTS_PER_CHECK = 30;
/** Bits of the parameter of exponential Golomb codes. */
export const ORDER_BITS = 4;
/** Order of the code for how many entities of a kind are coded, where not all are. */
export const CODED_ORDER = 6;
/** Generations travel modulo 16: enough to tell what a reset lists from what was in the slot before it. */
export const GENERATION_BITS = 4;
export const GENERATION_MASK = (1 << GENERATION_BITS) - 1;

/** Bits that say which of `count` things is meant. */
export function indexBits(count: number): number {
  return count < 2 ? 0 : 32 - Math.clz32(count - 1);
}

/** The order of exponential Golomb codes that suits numbers from 0 whose mean is about `sum / count`. */
export function orderFor(sum: number, count: number): number {
  const mean = Math.floor(sum / Math.max(1, count));
  return mean === 0 ? 0 : Math.min(15, 31 - Math.clz32(mean));
}

/** How many bits an exponential Golomb code of order `k` has. */
export function golombBits(value: number, k: number): number {
  return 2 * (31 - Math.clz32(value + (1 << k))) - k + 1;
}
