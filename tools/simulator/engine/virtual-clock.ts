/** The time of a virtual network, as its parts see it. */
export interface VirtualClock {
  readonly nowMs: number;
  /** Runs `run` at `atMs`, or at once when that is past, behind everything asked for the same moment; the result calls it off. */
  schedule(atMs: number, run: () => void): () => void;
}
