import { BitReader } from "../wire/bit-reader.ts";
import type { AnyEntityCodec } from "../wire/protocol.ts";
import { EntityHashes, type HeldKind } from "./entity-hashes.ts";
import type { EntityTable } from "./entity-table.ts";
import { type KindView, PeerView, snapshotCodecOf, STREAK_MAX } from "./peer-view.ts";
import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import {
  CODED_ORDER,
  GENERATION_BITS,
  indexBits,
  ORDER_BITS,
  orderFor,
  SNAPSHOT_BYTES_MAX,
  SNAPSHOTS_PER_CHECK,
} from "./snapshot-layout.ts";
import { viewChecksum } from "./view-checksum.ts";

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;
/** What a reader asks of a table. */
type KindShape = Pick<AnyTable, "codec" | "capacity">;

/** What a snapshot meant for whoever shows the world. */
export interface SnapshotNews {
  readonly tick: number;
  /** Whether it says the whole view anew. */
  readonly isReset: boolean;
  /** Whether the reader's view still equals the writer's; undefined where the snapshot brought no checksum. */
  readonly isInSync: boolean | undefined;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** One kind as the reader holds it. */
export interface MirrorKind extends HeldKind {
  readonly rowInts: number;
}

/**
 * Turns the bodies of snapshots into rows: the reader's end of `SnapshotWriter`.
 *
 * It trusts nobody. After bytes that are no snapshot of this connection it is worth nothing: the connection ends.
 */
export class SnapshotReader {
  /** Of each kind; undefined where the version does not have it. */
  readonly kinds: readonly (MirrorKind | undefined)[];
  /** What is held: the same as the writer's view of this peer. */
  readonly peer: PeerView;
  private readonly reader: BitReader;
  private readonly ticksPerSnapshot: number;
  private readonly onKind: ((kind: MirrorKind | undefined) => void) | undefined;
  private readonly news: Mutable<SnapshotNews> = { tick: 0, isReset: false, isInSync: undefined };
  /** Slots that a snapshot lets enter, and gaps between those that it says something of. */
  private readonly enters: Uint16Array;
  private readonly gaps: Uint16Array;

  /**
   * `tables` give each kind its codec and capacity; `version` is the newest that both sides know.
   * `reader` and `onKind` only where somebody wants to watch the bits: the kind that is read next, or none.
   */
  constructor(
    tables: readonly KindShape[],
    version: number,
    ticksPerSnapshot: number,
    reader = new BitReader(SNAPSHOT_BYTES_MAX),
    onKind?: (kind: MirrorKind | undefined) => void,
  ) {
    this.onKind = onKind;
    this.reader = reader;
    this.ticksPerSnapshot = ticksPerSnapshot;
    this.peer = new PeerView(tables.map(({ capacity }) => capacity));
    this.kinds = tables.map((table, kind) => mirrorOf(kind, table, this.peer.kinds[kind]!, version));
    const capacityMax = Math.max(1, ...tables.map(({ capacity }) => capacity));
    this.enters = new Uint16Array(capacityMax);
    this.gaps = new Uint16Array(capacityMax);
  }

  /** The tick of the last snapshot; 0 before the first. */
  get tick(): number {
    return Math.max(0, this.peer.number) * this.ticksPerSnapshot;
  }

  /**
   * `tick`: the lowest 8 bits of the snapshot's tick; the body begins with `bytes[start]`. What it returns is good until the next call; undefined when the
   * bytes are no snapshot.
   */
  read(tick: number, bytes: Uint8Array, start = 0): SnapshotNews | undefined {
    const { reader } = this;
    reader.load(bytes, start);
    const flags = reader.take(3);
    const isReset = (flags & 1) !== 0;
    if (!this.begin(tick, isReset)) return undefined;
    for (const kind of this.kinds) {
      if (kind !== undefined && !this.readKind(kind, (flags & 2) !== 0)) return undefined;
    }
    this.onKind?.(undefined);
    const checksum = (flags & 4) === 0 ? undefined : reader.take(32);
    if (!reader.ok || !reader.isAtEnd) return undefined;
    if ((checksum !== undefined) !== (this.peer.number % SNAPSHOTS_PER_CHECK === 0)) return undefined;
    const { news } = this;
    news.tick = this.tick;
    news.isReset = isReset;
    news.isInSync = checksum === undefined ? undefined : checksum === viewChecksum(this.kinds, this.peer.number);
    return news;
  }

  /** Fills a table with what is in view, moved on to the tick of the last snapshot where it was left out of that. */
  show(kind: number, table: AnyTable): void {
    table.clear();
    const mirror = this.kinds[kind];
    if (mirror === undefined) return;
    const { view, rows, rowInts } = mirror;
    for (let i = 0; i < view.count; i++) {
      const slot = view.slots[i]!;
      table.place(slot, view.generations[slot]!);
      const ticks = (this.peer.number - view.codedAt[slot]!) * this.ticksPerSnapshot;
      table.codec.unpack(rows, slot * rowInts, table.columns, slot, ticks);
    }
  }

  /** Finds the snapshot's tick and number; a reset forgets what was in view. */
  private begin(lowTick: number, isReset: boolean): boolean {
    const { peer, ticksPerSnapshot } = this;
    if (!isReset && peer.number < 0) return false;
    const tick = isReset ? this.reader.take(32) : this.tick + (((lowTick - this.tick - 1) & 0xff) + 1);
    if ((tick & 0xff) !== lowTick || tick % ticksPerSnapshot !== 0 || !this.reader.ok) return false;
    if (peer.number >= 0 && tick <= this.tick) return false;
    if (isReset) peer.clear();
    peer.number = tick / ticksPerSnapshot;
    return true;
  }

  private readKind(kind: MirrorKind, isPartial: boolean): boolean {
    const { reader, enters } = this;
    this.onKind?.(kind);
    const hasLists = reader.take(1) === 1;
    if (hasLists && !this.readLeaves(kind.view)) return false;
    const enterCount = hasLists ? this.readEnters(kind) : 0;
    if (enterCount < 0) return false;
    if (!(isPartial ? this.readChosen(kind) : this.readSurvivors(kind))) return false;
    if (hasLists) kind.view.merge(enters, enterCount);
    return true;
  }

  private readLeaves(view: KindView): boolean {
    const { reader } = this;
    const count = reader.golomb(0);
    const bits = indexBits(view.count);
    for (let i = 0, next = 0; i < count; i++) {
      const index = reader.take(bits);
      const reason = reader.take(1);
      if (index < next || index >= view.count || !reader.ok) return false;
      next = index + 1;
      view.leave(view.slots[index]!, reason === 1);
    }
    return reader.ok;
  }

  /** Returns how many of `enters` did, or -1. */
  private readEnters(kind: MirrorKind): number {
    const { reader, enters } = this;
    const count = reader.golomb(0);
    if (count > enters.length) return -1;
    const order = orderFor(kind.view.lastSlot, count);
    for (let i = 0, next = 0; i < count; i++) {
      const slot = next + reader.golomb(order);
      if (slot >= kind.view.capacity || !this.readEnter(kind, slot)) return -1;
      enters[i] = slot;
      next = slot + 1;
    }
    return count;
  }

  private readEnter(kind: MirrorKind, slot: number): boolean {
    const { reader } = this;
    const { codec, rows, rowInts, states, view } = kind;
    const row = slot * rowInts;
    const generation = reader.take(1) === 0 ? 0 : reader.take(GENERATION_BITS);
    rows.fill(0, row, row + rowInts);
    if (!codec.readRow(reader, rows, row)) return false;
    if (!codec.readState(reader, states, slot * codec.stateInts)) return false;
    const isOwner = codec.publicInts.length < codec.rowInts && reader.take(1) === 1;
    if (isOwner && !codec.readOwner(reader, rows, row, true)) return false;
    view.enter(slot, generation, this.peer.number, isOwner);
    return reader.ok;
  }

  /** All that was in view and goes on. */
  private readSurvivors(kind: MirrorKind): boolean {
    const { view } = kind;
    for (let i = 0; i < view.count; i++) {
      const slot = view.slots[i]!;
      if (this.goesOn(view, slot) && !this.readEntity(kind, slot)) return false;
    }
    return true;
  }

  /** Those of all that goes on that the snapshot says something of. */
  private readChosen(kind: MirrorKind): boolean {
    const { reader } = this;
    const { view } = kind;
    const count = reader.golomb(CODED_ORDER);
    const order = reader.take(ORDER_BITS);
    if (count > view.count) return false;
    const { gaps } = this;
    for (let i = 0; i < count; i++) {
      gaps[i] = reader.golomb(order);
      if (!reader.ok) return false;
    }
    let chosen = 0;
    for (let i = 0; i < view.count && chosen < count; i++) {
      const slot = view.slots[i]!;
      if (!this.goesOn(view, slot)) continue;
      if (gaps[chosen]! > 0) gaps[chosen] = gaps[chosen]! - 1;
      else if (this.readEntity(kind, slot)) chosen += 1;
      else return false;
    }
    return chosen === count;
  }

  /** Whether a slot of the view was there before this snapshot, and is not sent anew by it. */
  private goesOn(view: KindView, slot: number): boolean {
    return view.isIn[slot] === 1 && view.codedAt[slot] !== this.peer.number;
  }

  private readEntity(kind: MirrorKind, slot: number): boolean {
    const { reader, ticksPerSnapshot } = this;
    const { codec, view, rows, states } = kind;
    const { number } = this.peer;
    const [row, state] = [slot * kind.rowInts, slot * codec.stateInts];
    const lag = number - view.codedAt[slot]!;
    const isWhole = lag >= HISTORY_SNAPSHOTS;
    const isRead = isWhole
      ? codec.readRow(reader, rows, row)
      : lag === 1 && view.streaks[slot] === STREAK_MAX
        ? codec.readDelta(reader, rows, row, ticksPerSnapshot, states, state)
        : codec.readLagged(reader, rows, row, lag * ticksPerSnapshot, states, state);
    if (!isRead || (view.isOwner[slot] === 1 && !codec.readOwner(reader, rows, row, isWhole))) return false;
    view.coded(slot, number, lag === 1);
    return reader.ok;
  }
}

function mirrorOf(kind: number, table: KindShape, view: KindView, version: number): MirrorKind | undefined {
  const codec = snapshotCodecOf(table.codec, version);
  if (codec === undefined) return undefined;
  const { rowInts } = table.codec;
  return {
    kind,
    codec,
    rowInts,
    view,
    rows: new Int32Array(table.capacity * rowInts),
    states: new Int32Array(table.capacity * codec.stateInts),
    rowAt: (slot) => slot * rowInts,
    hashes: new EntityHashes(codec, table.capacity),
  };
}
