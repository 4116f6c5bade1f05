/**
 * How a signed difference becomes symbols: folded to 0, -1, 1, -2, 2 … = 0, 1, 2, 3, 4 …, the first 64 are symbols of
 * their own; each size from 7 to 32 bits is one more, and its bits follow.
 */
export const RESIDUAL_DIRECT_BITS = 6;
export const RESIDUAL_DIRECT = 1 << RESIDUAL_DIRECT_BITS;

/** How many symbols differences of `width` bits, 1 to 32, need. */
export function residualSymbols(width: number): number {
  return width <= RESIDUAL_DIRECT_BITS ? 1 << width : RESIDUAL_DIRECT + width - RESIDUAL_DIRECT_BITS;
}
