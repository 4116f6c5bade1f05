import type { AnyEntityTable } from "#engine/shared";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { hashCountOf, hashKind } from "../../shared/engine/replication/view-hashes.ts";
import { DESYNC_HASHES_MAX, encodeDesyncReport, type Snapshot } from "../../shared/schema/generated/engine.ts";

/** What a snapshot brought. */
export interface StreamNews {
  /** False for one that cannot be read, while the room is to send everything anew. */
  readonly isRead: boolean;
  /** Whether it said the whole view anew. */
  readonly isReset: boolean;
  /** What the room is to be told when the view is not what it sent; undefined while all is well. */
  readonly report: Uint8Array | undefined;
}

/** Snapshots that a client waits for a reset it asked for, and so many it reads before it may ask again: 4 s at 30 Hz. */
const RESET_WAIT_MAX = 120;

/**
 * The snapshots of one connection: each goes on from the last.
 *
 * One that cannot be read means that the two ends do not hold the same any more: everything is asked for anew, once. A
 * room that sends nonsense again, or never begins anew, is not worth staying with.
 */
export class SnapshotStream {
  readonly reader: SnapshotReader;
  private lastTick = 0;
  /** Snapshots since a reset was asked for. */
  private sinceAsked = Infinity;
  private isWaiting = false;

  /** `tables` tell what kinds there are, and are not touched; `version` is the newest that both sides know. */
  constructor(tables: readonly AnyEntityTable[], version: number, ticksPerSnapshot: number) {
    this.reader = new SnapshotReader(tables, version, ticksPerSnapshot);
  }

  /** Undefined for bytes that are no snapshot: the connection must end. */
  read({ tick, body }: Snapshot): StreamNews | undefined {
    this.sinceAsked += 1;
    const isOther = this.isWaiting && ((body[0] ?? 0) & RESET_BIT) === 0;
    const news = isOther ? undefined : this.reader.read(tick, body);
    if (news === undefined) return isOther ? this.wait() : this.askAnew();
    this.isWaiting = false;
    this.lastTick = news.tick;
    const report = news.isInSync === false ? desyncReportOf(this.reader) : undefined;
    return { isRead: true, isReset: news.isReset, report };
  }

  private wait(): StreamNews | undefined {
    return this.sinceAsked > RESET_WAIT_MAX ? undefined : { isRead: false, isReset: false, report: undefined };
  }

  private askAnew(): StreamNews | undefined {
    if (this.lastTick === 0 || this.sinceAsked <= RESET_WAIT_MAX) return undefined;
    this.sinceAsked = 0;
    this.isWaiting = true;
    this.reader.peer.clear();
    return { isRead: false, isReset: false, report: encodeDesyncReport({ tick: this.lastTick, hashes: [] }) };
  }
}

/** In the first byte of a body: it says everything anew. */
const RESET_BIT = 1;

/** What is held of everything in view, as an encoded report of hashes; of none where a packet would not take all. */
export function desyncReportOf({ kinds, tick, peer }: SnapshotReader): Uint8Array {
  let count = 0;
  for (const held of kinds) if (held !== undefined) count += hashCountOf(held);
  const hashes = new Uint16Array(count <= DESYNC_HASHES_MAX ? count : 0);
  let end = 0;
  for (const held of kinds) {
    if (held !== undefined && hashes.length > 0) end = hashKind(held, peer.number, hashes, end);
  }
  return encodeDesyncReport({ tick, hashes: [...hashes] });
}
