const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** What the hash of no bytes is. */
export const EMPTY_HASH = OFFSET_BASIS | 0;

/** The hash of the bytes that `hash` is of, and of `bytes` behind them: FNV-1a, 32 bits (Fowler, Noll and Vo). */
export function hashOn(hash: number, bytes: Uint8Array): number {
  let h = hash;
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i]!, PRIME);
  return h;
}
