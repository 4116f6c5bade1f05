import type { Clock } from "./clock.ts";
import type { Receiver } from "./contender.ts";
import { sequenceOf } from "./offering.ts";
import { bulkOf, SNAPSHOT_BYTES } from "./workload.ts";

/** A stretch of bulk that a contender handed over. */
export interface BulkArrival {
  readonly bytes: number;
  readonly atMs: number;
}

/** How many bytes had come out of the links by then, whatever was in them. */
export interface LinkCount {
  readonly bytes: number;
  readonly atMs: number;
}

/** What the receiving end knows of a run, on the clock that both ends share. */
export interface ArrivalLog {
  readonly snapshots: { readonly sequence: number; readonly atMs: number }[];
  readonly bulk: BulkArrival[];
  readonly linkCounts: LinkCount[];
}

export interface ArrivalOptions {
  readonly clock: Clock;
  readonly bulkBytes: number;
  /** Bytes that have come out of the links. */
  readonly linkBytes: () => number;
  /** Called once, when all of the bulk is here and snapshots that were offered before that have had time to arrive. */
  readonly onDone: () => void;
}

const COUNT_MS = 20;
/** How long after the bulk a snapshot may arrive that was offered before. */
const STRAGGLERS_MS = 1500;

/** Notes what arrives, and checks it: snapshots in order, every byte of the bulk the right one. */
export class Arrivals implements Receiver {
  readonly log: ArrivalLog = { snapshots: [], bulk: [], linkCounts: [] };
  private readonly options: ArrivalOptions;
  private readonly bulk: Uint8Array;
  private bulkBytes = 0;
  private newest = -1;

  constructor(options: ArrivalOptions) {
    this.options = options;
    this.bulk = bulkOf(options.bulkBytes);
    this.count();
  }

  onSnapshot(snapshot: Uint8Array, atMs: number): void {
    const sequence = sequenceOf(snapshot);
    if (snapshot.length !== SNAPSHOT_BYTES) throw new Error(`snapshot ${sequence} arrived with another length`);
    if (sequence <= this.newest) throw new Error(`snapshot ${sequence} arrived behind a newer one`);
    this.newest = sequence;
    this.log.snapshots.push({ sequence, atMs });
  }

  onBulk(bytes: Uint8Array, atMs: number): void {
    const expected = this.bulk.subarray(this.bulkBytes, this.bulkBytes + bytes.length);
    if (Buffer.compare(bytes, expected) !== 0)
      throw new Error(`the bulk arrived changed, after ${this.bulkBytes} bytes`);
    this.bulkBytes += bytes.length;
    this.log.bulk.push({ bytes: bytes.length, atMs });
    if (this.isComplete) this.options.clock.schedule(this.options.clock.nowMs() + STRAGGLERS_MS, this.options.onDone);
  }

  private get isComplete(): boolean {
    return this.bulkBytes === this.bulk.length;
  }

  private count(): void {
    const { clock, linkBytes } = this.options;
    const atMs = clock.nowMs();
    this.log.linkCounts.push({ bytes: linkBytes(), atMs });
    if (this.isComplete) return;
    clock.schedule(atMs + COUNT_MS, () => {
      this.count();
    });
  }
}
