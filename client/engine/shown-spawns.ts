import type { AnyEntityTable, EntityRef } from "#engine/shared";
import { extrapolate } from "./extrapolate.ts";
import type { PredictedSpawn } from "./spawn-watch.ts";

/** The room's own entity that a predicted one has become. */
interface Counterpart {
  readonly slot: number;
  readonly generation: number;
}

/** A predicted entity as it is shown: under one number from first to last, so that nobody takes it for two. */
interface ShownSpawn extends Omit<PredictedSpawn, "slot" | "generation"> {
  readonly viewSlot: number;
  readonly viewGeneration: number;
  counterpart: Counterpart | undefined;
  /** The tick of the snapshot in which the room's own had ended before the view came to it: it is not shown again. */
  overAtTick: number | undefined;
}

/** Shown under numbers of their own, which are the highest that a table has. */
const SHOWN_MAX = 256;

/** What of a moment is needed to show what was spawned. */
export interface SpawnMoment {
  /** Tables to show it in, which hold the others at `viewTick`. */
  readonly view: readonly AnyEntityTable[];
  readonly viewTick: number;
  /** The newest snapshot. */
  readonly newest: readonly AnyEntityTable[];
  readonly newestTick: number;
  /** The prediction, and what it is a tick farther on; what is shown is between the two. */
  readonly predicted: readonly AnyEntityTable[];
  readonly ahead: readonly AnyEntityTable[];
  readonly fraction: number;
}

/**
 * What the player's inputs have spawned, from the moment of the input on: first as it was predicted, then as the room
 * says, without a jump and never twice.
 *
 * The room's own is recognised when it arrives: the first new one of the player's, of the same kind, in the snapshot that
 * the predicted one should be part of. A predicted one that is missing there has never been. One that has ended before
 * that is waited for nevertheless, or its counterpart would be taken for another.
 */
export class ShownSpawns {
  private readonly isOwn: (entity: EntityRef) => boolean;
  private shown: ShownSpawn[] = [];
  private spawned: readonly PredictedSpawn[] = [];
  /** By kind and slot, the generations of the room's own that have been seen. */
  private known = new Map<number, number>();
  private nextGeneration = 0;
  private readonly rows: readonly Int32Array[];
  private readonly scratch: readonly (readonly [unknown, unknown])[];
  /** The kinds that the prediction has spawned. */
  private readonly kinds = new Set<number>();

  /** `tables` tell what kinds there are; `isOwn` is asked of entities of the newest snapshot. */
  constructor(tables: readonly AnyEntityTable[], isOwn: (entity: EntityRef) => boolean) {
    this.isOwn = isOwn;
    this.rows = tables.map(({ codec }) => new Int32Array(codec.rowInts));
    this.scratch = tables.map(({ codec, capacity }) => [codec.createColumns(capacity), codec.createColumns(capacity)]);
  }

  /** A snapshot has come. Call it before the `follow` behind it. */
  confirm(newest: readonly AnyEntityTable[], newestTick: number): void {
    const arrived = this.findArrived(newest);
    this.shown = this.shown.filter((spawn) => {
      if (spawn.counterpart !== undefined || spawn.tick > newestTick) return true;
      const at = arrived.findIndex(({ kind }) => kind === spawn.kind);
      if (at < 0) return false;
      const [{ slot, kind }] = arrived.splice(at, 1) as [EntityRef];
      spawn.counterpart = { slot, generation: newest[kind]!.generationOf(slot) };
      return true;
    });
  }

  /** The prediction has moved on or has been made anew: what is new in it is shown, and what is not in it any more is not. */
  follow(spawned: readonly PredictedSpawn[], view: readonly AnyEntityTable[]): void {
    this.spawned = spawned;
    this.shown = this.shown.filter((spawn) => spawn.counterpart !== undefined || this.sourceOf(spawn) !== undefined);
    for (const spawn of spawned) {
      this.kinds.add(spawn.kind);
      if (this.shown.length >= SHOWN_MAX || this.shown.some((other) => isSame(other, spawn))) continue;
      const { kind, tick, order } = spawn;
      const viewSlot = this.freeSlot(kind, view[kind]!);
      if (viewSlot === undefined) continue;
      this.nextGeneration = (this.nextGeneration + 1) & 0xffff;
      const viewGeneration = this.nextGeneration;
      this.shown.push({ kind, tick, order, viewSlot, viewGeneration, counterpart: undefined, overAtTick: undefined });
    }
  }

  /** Puts what was spawned into the view, in place of the room's own. */
  place(moment: SpawnMoment): void {
    this.shown = this.shown.filter((spawn) => {
      return spawn.counterpart === undefined
        ? this.placePredicted(spawn, moment)
        : this.placeConfirmed(spawn, spawn.counterpart, moment);
    });
  }

  private placePredicted(spawn: ShownSpawn, { predicted, ahead, fraction, view }: SpawnMoment): boolean {
    const source = this.sourceOf(spawn);
    if (source === undefined) return false;
    const { kind } = spawn;
    const { slot } = source;
    const [columns] = this.scratch[kind]!;
    const now = predicted[kind]!;
    const next = ahead[kind]!;
    if (!isThere(now, source)) return true;
    const goesOn = isThere(next, source);
    if (goesOn) now.codec.interpolate(now.columns, next.columns, slot, fraction, columns);
    else now.codec.copy(now.columns, columns, slot);
    this.put(spawn, columns, slot, view);
    return true;
  }

  private placeConfirmed(spawn: ShownSpawn, counterpart: Counterpart, moment: SpawnMoment): boolean {
    const { slot } = counterpart;
    const [columns, next] = this.scratch[spawn.kind]!;
    const view = moment.view[spawn.kind]!;
    const newest = moment.newest[spawn.kind]!;
    if (isThere(view, counterpart)) {
      view.codec.copy(view.columns, columns, slot);
      view.destroy(slot);
    } else if (isThere(newest, counterpart)) {
      // The others are drawn as they were before this one was there: it is drawn where it would have been.
      extrapolate(newest, slot, moment.viewTick - moment.newestTick, columns, next);
    } else {
      spawn.overAtTick ??= moment.newestTick;
      return moment.viewTick < spawn.overAtTick;
    }
    if (spawn.overAtTick === undefined) this.put(spawn, columns, slot, moment.view);
    return true;
  }

  /** Through a row: that is how an entity gets from one slot to another. */
  private put(
    { kind, viewSlot, viewGeneration }: ShownSpawn,
    columns: unknown,
    slot: number,
    view: readonly AnyEntityTable[],
  ): void {
    const table = view[kind]!;
    const row = this.rows[kind]!;
    table.place(viewSlot, viewGeneration);
    table.codec.snap(columns, slot, row, 0);
    table.codec.unpack(row, 0, table.columns, viewSlot, 0);
  }

  private sourceOf(spawn: ShownSpawn): PredictedSpawn | undefined {
    return this.spawned.find((other) => isSame(spawn, other));
  }

  private freeSlot(kind: number, view: AnyEntityTable): number | undefined {
    for (let slot = view.capacity - 1; slot >= 0; slot--) {
      const isTaken = this.shown.some((other) => other.kind === kind && other.viewSlot === slot);
      if (!isTaken && !view.isLive(slot)) return slot;
    }
    return undefined;
  }

  /** The player's own, of kinds that the prediction spawns, that the last snapshot did not have; by kind and slot. */
  private findArrived(newest: readonly AnyEntityTable[]): EntityRef[] {
    const arrived: EntityRef[] = [];
    const known = new Map<number, number>();
    for (const kind of this.kinds) {
      const table = newest[kind]!;
      for (let slot = 0; slot < table.slotEnd; slot++) {
        if (!table.isLive(slot) || !this.isOwn({ kind, slot })) continue;
        const key = kind * 65_536 + slot;
        const generation = table.generationOf(slot);
        known.set(key, generation);
        if (this.known.get(key) !== generation) arrived.push({ kind, slot });
      }
    }
    this.known = known;
    return arrived;
  }
}

function isThere(table: AnyEntityTable, { slot, generation }: Counterpart): boolean {
  return table.isLive(slot) && table.generationOf(slot) === generation;
}

function isSame(a: Pick<PredictedSpawn, "kind" | "tick" | "order">, b: typeof a): boolean {
  return a.kind === b.kind && a.tick === b.tick && a.order === b.order;
}
