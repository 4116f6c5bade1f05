import type { AnyEntityCodec } from "../wire/protocol.ts";
import { EntityTable } from "../replication/entity-table.ts";
import { type MirrorKind, SnapshotReader } from "../replication/snapshot-reader.ts";
import { SNAPSHOT_BYTES_MAX } from "../replication/snapshot-layout.ts";
import { meteredCodec } from "./metered-codec.ts";
import { MeteringReader, NO_KIND, PART } from "./metering-reader.ts";

/** What snapshots said of one kind, summed up. */
export interface KindCounts {
  readonly name: string;
  /** Entities in view, over all snapshots. */
  entities: number;
  /** Of them, those whose row is another than in the snapshot before. */
  moved: number;
  enters: number;
  leaves: number;
  /** By the label of a code book, or by `PART`: bits. */
  readonly bits: ReadonlyMap<string, number>;
}

/** A kind of entities, and the most there are at one time: a table, say. */
export interface ProfiledKind {
  readonly codec: AnyEntityCodec;
  readonly capacity: number;
}

/** Follows the snapshots of one connection, as its client does, and counts what they are made of. */
export class SnapshotProfile {
  readonly kinds: readonly KindCounts[];
  snapshots = 0;
  private readonly meter: MeteringReader;
  private readonly reader: SnapshotReader;
  private readonly seen: readonly KindSeen[];

  /** `tables` tell what kinds there are, and are not touched; `version` is the newest that both sides know. */
  constructor(tables: readonly ProfiledKind[], version: number, ticksPerSnapshot: number) {
    const meter = new MeteringReader(SNAPSHOT_BYTES_MAX);
    const names = tables.map(({ codec }) => codec.name);
    const metered = tables.map(({ codec, capacity }) => new EntityTable(meteredCodec(codec, meter), capacity));
    this.meter = meter;
    this.reader = new SnapshotReader(metered, version, ticksPerSnapshot, meter, (kind) => {
      if (kind === undefined) meter.name(PART.HEADER, NO_KIND);
      else meter.name(PART.LISTS, names[this.reader.kinds.indexOf(kind)]);
    });
    this.kinds = names.map((name) => ({
      name,
      entities: 0,
      moved: 0,
      enters: 0,
      leaves: 0,
      get bits() {
        return meter.bitsOf.get(name) ?? new Map<string, number>();
      },
    }));
    this.seen = tables.map(({ capacity, codec }) => new KindSeen(capacity, codec.rowInts));
  }

  /** Bits that belong to no kind: flags, ticks, checksums, and what fills up the last byte. */
  get headerBits(): number {
    return this.meter.bitsOf.get(NO_KIND)?.get(PART.HEADER) ?? 0;
  }

  /** `tick`: the lowest 8 bits of the snapshot's tick. False when the bytes are no snapshot: then it is over. */
  read(tick: number, body: Uint8Array): boolean {
    if (this.reader.read(tick, body) === undefined) return false;
    this.snapshots += 1;
    this.reader.kinds.forEach((kind, index) => {
      if (kind !== undefined) this.seen[index]!.compare(kind, this.kinds[index]!);
    });
    return true;
  }
}

/** What was in view of a kind in the snapshot before. */
class KindSeen {
  private readonly rows: Int32Array;
  /** By slot: the generation that was in view, or -1. */
  private readonly generations: Int32Array;
  private readonly rowInts: number;
  private slots: Uint16Array = new Uint16Array();

  constructor(capacity: number, rowInts: number) {
    this.rowInts = rowInts;
    this.rows = new Int32Array(capacity * rowInts);
    this.generations = new Int32Array(capacity).fill(-1);
  }

  /** Counts what is new, and remembers what is there. */
  compare({ view, rows }: MirrorKind, counts: KindCounts): void {
    const { generations, slots: before } = this;
    const slots = view.slots.slice(0, view.count);
    let stayed = 0;
    for (const slot of slots) {
      if (generations[slot] !== view.generations[slot]) continue;
      stayed += 1;
      if (this.hasMoved(rows, slot)) counts.moved += 1;
    }
    counts.entities += slots.length;
    counts.enters += slots.length - stayed;
    counts.leaves += before.length - stayed;
    for (const slot of before) generations[slot] = -1;
    for (const slot of slots) {
      generations[slot] = view.generations[slot]!;
      this.rows.set(rows.subarray(slot * this.rowInts, (slot + 1) * this.rowInts), slot * this.rowInts);
    }
    this.slots = slots;
  }

  private hasMoved(rows: Int32Array, slot: number): boolean {
    for (let i = slot * this.rowInts; i < (slot + 1) * this.rowInts; i++) if (rows[i] !== this.rows[i]) return true;
    return false;
  }
}
