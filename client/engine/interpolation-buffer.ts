import { type AnyEntityTable, EntityTable } from "#engine/shared";
import type { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { extrapolate } from "./extrapolate.ts";

/** Snapshots that are kept to draw between, half a second at 120 Hz: with more of them none is as old as what is drawn. */
const SNAPSHOTS_KEPT_MAX = 64;
/** After snapshots have been missing, what is drawn is brought back to where it should be within about this time. */
const EASE_MS = 60;
/** … and then it is there, in milliseconds. */
const EASING_MS = 250;

/** The tables as they were at the end of a tick. */
interface HeldSnapshot {
  tick: number;
  readonly tables: readonly AnyEntityTable[];
}

/**
 * The newest snapshots, and the moment that is drawn: between two of them, or up to a tenth of a second beyond the newest
 * where the next one is late. When that has come, what is drawn does not jump but flows back to where it should be.
 */
export class InterpolationBuffer {
  private readonly kinds: readonly AnyEntityTable[];
  /** Oldest first. */
  private held: HeldSnapshot[] = [];
  private spare: HeldSnapshot[] = [];
  private readonly wanted: readonly AnyEntityTable[];
  private readonly scratch: readonly (readonly [unknown, unknown])[];
  private shownTick: number | undefined;
  private wasBeyond = false;
  private easingMs = 0;

  /** `tables` tell what kinds there are, and are not touched. */
  constructor(tables: readonly AnyEntityTable[]) {
    this.kinds = tables;
    this.wanted = tables.map(emptied);
    this.scratch = tables.map(({ codec, capacity }) => [codec.createColumns(capacity), codec.createColumns(capacity)]);
  }

  /** The newest; undefined before the first. */
  get newest(): readonly AnyEntityTable[] | undefined {
    return this.held.at(-1)?.tables;
  }

  /** The tick of the newest; 0 before the first. */
  get newestTick(): number {
    return this.held.at(-1)?.tick ?? 0;
  }

  /** Takes over what the reader holds after a snapshot, which is newer than the last one. */
  push(reader: SnapshotReader): void {
    if (this.held.length === SNAPSHOTS_KEPT_MAX) this.spare.push(this.held.shift()!);
    const snapshot = this.spare.pop() ?? { tick: 0, tables: this.kinds.map(emptied) };
    snapshot.tick = reader.tick;
    snapshot.tables.forEach((table, kind) => {
      reader.show(kind, table);
    });
    this.held.push(snapshot);
  }

  /** Lets go of what only moments before `tick` need: none of them will be drawn any more. */
  forget(tick: number): void {
    while (this.held.length > 2 && this.held[1]!.tick <= tick) this.spare.push(this.held.shift()!);
  }

  /** Fills `view`, which nobody else fills, with the moment `tick`; `passedMs` have passed since the last call. */
  show(tick: number, passedMs: number, view: readonly AnyEntityTable[]): void {
    const isBeyond = tick > this.newestTick;
    if (isBeyond) this.easingMs = 0;
    else if (this.wasBeyond) this.easingMs = EASING_MS;
    this.wasBeyond = isBeyond;
    const isEasing = this.easingMs > 0;
    this.easingMs -= passedMs;
    const passedTicks = tick - (this.shownTick ?? tick);
    this.shownTick = tick;
    for (let kind = 0; kind < view.length; kind++) {
      if (!isEasing) this.fill(kind, tick, view[kind]!);
      else {
        this.fill(kind, tick, this.wanted[kind]!);
        this.ease(kind, passedTicks, 1 - Math.exp(-passedMs / EASE_MS), view[kind]!);
      }
    }
  }

  private fill(kind: number, tick: number, into: AnyEntityTable): void {
    const { held } = this;
    const after = held.find((snapshot) => snapshot.tick >= tick);
    const before = after === undefined ? held.at(-1) : held[held.indexOf(after) - 1];
    if (after === undefined || before === undefined) {
      this.fillFromOne(kind, tick, after ?? before, into);
      return;
    }
    blend(before.tables[kind]!, after.tables[kind]!, (tick - before.tick) / (after.tick - before.tick), into);
  }

  /** Beyond the newest snapshot, or at the first one and before: from that alone. */
  private fillFromOne(kind: number, tick: number, held: HeldSnapshot | undefined, into: AnyEntityTable): void {
    into.clear();
    if (held === undefined) return;
    into.copyFrom(held.tables[kind]!);
    const ticks = tick - held.tick;
    if (ticks <= 0) return;
    for (let slot = 0; slot < into.slotEnd; slot++) {
      if (into.isLive(slot)) extrapolate(held.tables[kind]!, slot, ticks, into.columns, this.scratch[kind]![0]);
    }
  }

  /** What was shown moves on as it went, and a share of the way to where it should be. */
  private ease(kind: number, passedTicks: number, share: number, view: AnyEntityTable): void {
    const wanted = this.wanted[kind]!;
    const [next, moved] = this.scratch[kind]!;
    for (let slot = 0; slot < wanted.slotEnd; slot++) {
      if (!wanted.isLive(slot)) continue;
      if (view.isLive(slot) && view.generationOf(slot) === wanted.generationOf(slot)) {
        extrapolate(view, slot, passedTicks, moved, next);
        wanted.codec.interpolate(moved, wanted.columns, slot, share, wanted.columns);
      }
    }
    view.copyFrom(wanted);
  }
}

function emptied({ codec, capacity }: AnyEntityTable): AnyEntityTable {
  return new EntityTable(codec, capacity);
}

/** An entity that only the newer snapshot has appears when the view reaches it: it had no earlier place to come from. */
function blend(from: AnyEntityTable, to: AnyEntityTable, fraction: number, into: AnyEntityTable): void {
  into.clear();
  for (let slot = 0; slot < to.slotEnd; slot++) {
    if (!to.isLive(slot)) continue;
    const generation = to.generationOf(slot);
    const isKnown = from.isLive(slot) && from.generationOf(slot) === generation;
    if (!isKnown && fraction < 1) continue;
    into.place(slot, generation);
    if (isKnown) to.codec.interpolate(from.columns, to.columns, slot, fraction, into.columns);
    else to.codec.copy(to.columns, into.columns, slot);
  }
}
