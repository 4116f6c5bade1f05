/** What every contender carries: snapshots all the time, and something large after a while without. */
export const SNAPSHOT_MS = 50;
export const SNAPSHOT_BYTES = 300;

/** A message of a contender that cuts what is large. */
export const CHUNK_BYTES = 16 << 10;

/** The bulk's first moments are judged apart: TCP is still finding out what the link carries. */
export const SETTLING_MS = 2000;

/** One run of one contender over one link. */
export interface Workload {
  /** How long snapshots have the link to themselves. */
  readonly idleMs: number;
  readonly bulkBytes: number;
  readonly seed: number;
}

/** Bytes of which no two neighbouring stretches are alike, the same at both ends. */
export function bulkOf(bytes: number): Uint8Array {
  const bulk = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at++) bulk[at] = (Math.imul(at, 0x9e3779b1) >>> 24) ^ (at >>> 14);
  return bulk;
}
