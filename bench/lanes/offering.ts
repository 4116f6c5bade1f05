import { Rng } from "../../shared/engine/time/rng.ts";
import type { Clock } from "./clock.ts";
import type { Sender } from "./contender.ts";
import { bulkOf, SNAPSHOT_BYTES, SNAPSHOT_MS, type Workload } from "./workload.ts";

/** What the sending end knows of a run, on the clock that both ends share. */
export interface OfferLog {
  /** When each snapshot was offered, by its sequence. */
  readonly offeredAtMs: number[];
  bulkBeganAtMs: number;
  /** The most bytes that the operating system held, unsent or not acknowledged; null where nobody can tell. */
  kernelBytesMax: number | null;
}

export interface OfferOptions {
  readonly sender: Sender;
  readonly clock: Clock;
  readonly workload: Workload;
  /** When the first snapshot is offered; every link is open by then. */
  readonly beginAtMs: number;
  /** Bytes that the operating system holds now. */
  readonly kernelBytes: () => number | null;
}

/** Offers snapshots until it is stopped, and the bulk once they have been alone for `idleMs`. */
export class Offering {
  readonly log: OfferLog = { offeredAtMs: [], bulkBeganAtMs: NaN, kernelBytesMax: null };
  private readonly options: OfferOptions;
  private isStopped = false;

  constructor(options: OfferOptions) {
    this.options = options;
    const { clock, workload, beginAtMs } = options;
    // Where in a snapshot's period the bulk begins is the seed's to say.
    const phaseMs = new Rng(workload.seed).between(0, SNAPSHOT_MS);
    const bulk = bulkOf(workload.bulkBytes);
    clock.schedule(beginAtMs, () => {
      this.offerSnapshot();
    });
    clock.schedule(beginAtMs + workload.idleMs + phaseMs, () => {
      this.log.bulkBeganAtMs = clock.nowMs();
      options.sender.sendBulk(bulk);
    });
  }

  stop(): void {
    this.isStopped = true;
  }

  private offerSnapshot(): void {
    if (this.isStopped) return;
    const { sender, clock, beginAtMs } = this.options;
    const { offeredAtMs } = this.log;
    const snapshot = snapshotOf(offeredAtMs.length);
    offeredAtMs.push(clock.nowMs());
    sender.sendSnapshot(snapshot);
    this.weighKernel();
    clock.schedule(beginAtMs + offeredAtMs.length * SNAPSHOT_MS, () => {
      this.offerSnapshot();
    });
  }

  private weighKernel(): void {
    const bytes = this.options.kernelBytes();
    if (bytes !== null) this.log.kernelBytesMax = Math.max(this.log.kernelBytesMax ?? 0, bytes);
  }
}

/** The sequence, and what fills it up. */
function snapshotOf(sequence: number): Uint8Array {
  const snapshot = new Uint8Array(SNAPSHOT_BYTES).fill(sequence & 0xff);
  new DataView(snapshot.buffer).setUint32(0, sequence, true);
  return snapshot;
}

/** Which snapshot it is, counted from 0. */
export function sequenceOf(snapshot: Uint8Array): number {
  return new DataView(snapshot.buffer, snapshot.byteOffset, snapshot.length).getUint32(0, true);
}
