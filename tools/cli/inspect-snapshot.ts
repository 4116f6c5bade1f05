import type { EntityCodec } from "#engine/shared";
import { type MirrorKind, SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";

/** A kind whose columns are known by their names only. */
export type InspectedEntity = EntityCodec<Readonly<Record<string, ArrayLike<unknown>>>>;

/** One entity in view. */
export interface InspectedRecord {
  readonly slot: number;
  readonly generation: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What one snapshot did to the entities of a kind. */
export interface InspectedKind {
  readonly entity: string;
  readonly entered: number;
  readonly left: number;
  readonly wentOn: number;
  /** All that is in view. */
  readonly records: readonly InspectedRecord[];
}

export interface InspectedSnapshot {
  readonly tick: number;
  readonly isReset: boolean;
  readonly isPartial: boolean;
  /** Whether the checksum agreed; undefined without one. */
  readonly isInSync: boolean | undefined;
  readonly bodyBytes: number;
  /** Kinds that are in view, or were. */
  readonly kinds: readonly InspectedKind[];
}

/** A peer's table may be as large as this; slots beyond a smaller one would be refused. */
const CAPACITY = 65_535;

/** Follows the snapshots of one connection, as a client does. */
export class SnapshotInspector {
  private readonly entities: readonly InspectedEntity[];
  private readonly version: number;
  private readonly ticksPerSnapshot: number;
  /** Undefined after bytes that are no snapshot: what comes then says nothing without them. */
  private reader: SnapshotReader | undefined;

  /** `version`: the newest that both sides know. */
  constructor(entities: readonly InspectedEntity[], version: number, ticksPerSnapshot: number) {
    this.entities = entities;
    this.version = version;
    this.ticksPerSnapshot = ticksPerSnapshot;
    this.reader = this.createReader();
  }

  /** `tick`: as the message has it. "lost" behind a malformed snapshot, until one begins anew. */
  read(tick: number, body: Uint8Array): InspectedSnapshot | "malformed" | "lost" {
    const flags = body[0] ?? 0;
    const isReset = (flags & 1) !== 0;
    if (this.reader === undefined && !isReset) return "lost";
    const reader = (this.reader ??= this.createReader());
    const before = reader.kinds.map((kind) => entitiesIn(kind));
    const news = reader.read(tick, body);
    if (news === undefined) {
      this.reader = undefined;
      return "malformed";
    }
    return {
      tick: news.tick,
      isReset,
      isPartial: (flags & 2) !== 0,
      isInSync: news.isInSync,
      bodyBytes: body.length,
      kinds: reader.kinds.flatMap((kind, index) => this.compare(index, kind, before[index]!)),
    };
  }

  private createReader(): SnapshotReader {
    const tables = this.entities.map((codec) => ({ codec, capacity: CAPACITY }));
    return new SnapshotReader(tables, this.version, this.ticksPerSnapshot);
  }

  private compare(index: number, kind: MirrorKind | undefined, before: ReadonlySet<string>): InspectedKind[] {
    const after = entitiesIn(kind);
    if (kind === undefined || before.size + after.size === 0) return [];
    const wentOn = [...after].filter((entity) => before.has(entity)).length;
    return [
      {
        entity: this.entities[index]!.name,
        entered: after.size - wentOn,
        left: before.size - wentOn,
        wentOn,
        records: this.recordsOf(this.entities[index]!, kind),
      },
    ];
  }

  private recordsOf(entity: InspectedEntity, { view, rows, rowInts }: MirrorKind): InspectedRecord[] {
    const columns = entity.createColumns(1);
    return Array.from(view.slots.subarray(0, view.count), (slot) => {
      const ticks = (this.reader!.peer.number - view.codedAtOf(slot)) * this.ticksPerSnapshot;
      entity.unpack(rows, slot * rowInts, columns, 0, ticks);
      const known = entity.fields.filter(
        ({ since, isOwnerOnly }) => since <= this.version && (!isOwnerOnly || view.isOwner[slot] === 1),
      );
      const fields = Object.fromEntries(known.map(({ name }) => [name, columns[name]![0]]));
      return { slot, generation: view.generations[slot]!, fields };
    });
  }
}

/** The entities in view, each as its slot and generation. */
function entitiesIn(kind: MirrorKind | undefined): Set<string> {
  if (kind === undefined) return new Set();
  const { slots, count, generations } = kind.view;
  return new Set(Array.from(slots.subarray(0, count), (slot) => `${slot}.${generations[slot]!}`));
}
