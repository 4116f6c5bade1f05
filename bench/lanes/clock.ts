/** Time as contenders see it, real or virtual. */
export interface Clock {
  /** Monotonic, in milliseconds. Both ends of a link read the same clock. */
  nowMs(): number;
  /** Calls `run` once, not before `atMs`. What it returns takes that back. */
  schedule(atMs: number, run: () => void): () => void;
}
