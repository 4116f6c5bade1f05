import type { AnyEntityTable } from "#engine/shared";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { hashCountOf, hashKind } from "../../shared/engine/replication/view-hashes.ts";
import { DESYNC_HASHES_MAX, encodeDesyncReport, type Snapshot } from "../../shared/schema/generated/engine.ts";

/** What a snapshot brought. */
export interface StreamNews {
  /** Whether it said the whole view anew. */
  readonly isReset: boolean;
  /** What the room is to be told when the view is not what it sent; undefined while all is well. */
  readonly report: Uint8Array | undefined;
}

/** The snapshots of one connection: each goes on from the last. */
export class SnapshotStream {
  readonly reader: SnapshotReader;
  private acknowledged = 0;

  /** `tables` tell what kinds there are, and are not touched; `version` is the newest that both sides know. */
  constructor(tables: readonly AnyEntityTable[], version: number, ticksPerSnapshot: number) {
    this.reader = new SnapshotReader(tables, version, ticksPerSnapshot);
  }

  /** The sequence of the newest input that is part of the last snapshot; 0 before the first. */
  get acknowledgedSequence(): number {
    return this.acknowledged;
  }

  /** `sentSequence`: that of the newest input sent. Undefined for bytes that are no snapshot: the connection must end. */
  read({ tick, inputSequence, body }: Snapshot, sentSequence: number): StreamNews | undefined {
    const news = this.reader.read(tick, body);
    if (news === undefined) return undefined;
    // The newest of those sent that ends so. No other can be meant while less than 256 are on their way.
    this.acknowledged = (sentSequence - ((sentSequence - inputSequence) & 0xff)) >>> 0;
    return { isReset: news.isReset, report: news.isInSync === false ? desyncReportOf(this.reader) : undefined };
  }
}

/** What is held of everything in view, as an encoded report of hashes; of none where a packet would not take all. */
export function desyncReportOf({ kinds, tick, peer }: SnapshotReader): Uint8Array {
  let count = 0;
  for (const held of kinds) if (held !== undefined) count += hashCountOf(held);
  const hashes = new Uint16Array(count <= DESYNC_HASHES_MAX ? count : 0);
  let end = 0;
  kinds.forEach((held, kind) => {
    if (held === undefined || hashes.length === 0) return;
    end = hashKind(kind, { ...held, rowAt: (slot) => slot * held.rowInts }, peer.number, hashes, end);
  });
  return encodeDesyncReport({ tick, hashes: [...hashes] });
}
