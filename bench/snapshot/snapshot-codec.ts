import type { DecodedView } from "./decoded-view.ts";
import type { Lag } from "./lag.ts";
import type { Step } from "./step.ts";

/** A way to write and read snapshots. */
export interface SnapshotCodec {
  /** Its name in the figures. */
  readonly name: string;
  /** The lags it has a way to say: a codec that keeps a state in step knows no baseline but the last snapshot. */
  readonly lags: readonly Lag[];
  /** Encoders and decoders for `clients` that have seen nothing yet. */
  open(clients: number): SnapshotSession;
}

/** Both ends of some connections. Ticks come in order; of a session that only decodes, nothing else is asked. */
export interface SnapshotSession {
  /** Takes over the state of a tick, as its simulation has left it; not counted. */
  takeState?(steps: readonly Step[]): void;
  /** What is done once for all clients of a tick, before anything is encoded; counted as encoding. */
  beginTick?(steps: readonly Step[]): void;
  /** Takes `view` as what the decoder has of a step's baseline, in sessions that keep views of their own; not counted. */
  takeBaseline?(client: number, step: Step, view: DecodedView): void;
  /** The snapshot message of one client. The bytes may be overwritten by the next call. */
  encode(client: number, step: Step): Uint8Array | Promise<Uint8Array>;
  /** Turns `view`, which is the client's view of the baseline, into the one of the snapshot. */
  decode(client: number, bytes: Uint8Array, view: DecodedView): void | Promise<void>;
  /** Fills `view` after a `decode`, in sessions that keep views of their own; not counted. */
  show?(client: number, view: DecodedView): void;
  close?(): void;
}
