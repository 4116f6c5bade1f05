import type { AnyEntityTable, EntityRef } from "#engine/shared";
import { GENERATION_MASK } from "../../shared/engine/replication/snapshot-layout.ts";
import { extrapolate } from "./extrapolate.ts";
import type { Correction } from "./prediction.ts";
import type { Smoothing } from "./smoothing.ts";
import type { PredictedEntity, PredictedRenewal, PredictedSpawn } from "./spawn-watch.ts";

/** A predicted entity as it is shown: under one number from first to last, so that nobody takes it for two. */
interface ShownSpawn {
  readonly kind: number;
  readonly tick: number;
  readonly order: number;
  readonly viewSlot: number;
  viewGeneration: number;
  /** How often what it is shown from had been renewed, by when it got its generation. */
  renewals: number;
  /** The room's own entity that it has become. */
  counterpart: PredictedEntity | undefined;
  /** The tick of the snapshot in which the room's own had ended before the view came to it: it is not shown again. */
  overAtTick: number | undefined;
  /** Where the prediction had it before the last snapshot. */
  guess: Place | undefined;
  /** Where it was shown last, while that was as it was predicted and the room's own is going to be shown elsewhere. */
  drawn: Motion | undefined;
}

/** Where something was at a tick, with a fraction, and by how much a tick moved it: units of the game. */
interface Motion {
  readonly tick: number;
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** Where the prediction has what is shown, and how often that has been renewed since it was shown. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly renewals: number;
}

/** Shown under numbers of their own, which are the highest that a table has. What is beyond it waits for the room's. */
const SHOWN_MAX = 256;
const NOBODY = -1;
const GENERATIONS = 65_536;

/** What spawns are shown with. */
export interface ShownSpawnsOptions {
  /** The newest snapshot. */
  readonly newest: readonly AnyEntityTable[];
  /** The prediction, and what it has spawned and renewed since the newest snapshot. */
  readonly predicted: readonly AnyEntityTable[];
  readonly spawned: readonly PredictedSpawn[];
  readonly renewed: readonly PredictedRenewal[];
  readonly predictedKinds: readonly number[];
  /** Asked of entities of the newest snapshot. */
  readonly isOwn: (entity: EntityRef) => boolean;
  readonly smoothing: Smoothing;
}

/** What of a moment is needed to show what was spawned. */
export interface SpawnMoment {
  /** Tables to show it in, which hold the others at `viewTick`. */
  readonly view: readonly AnyEntityTable[];
  readonly viewTick: number;
  readonly newestTick: number;
  /** The prediction's, with a fraction: what is shown is between it and a tick farther on. */
  readonly ownTick: number;
  readonly ahead: readonly AnyEntityTable[];
  readonly fraction: number;
}

/**
 * What the player's inputs have spawned, from the moment of the input on: first as it was predicted, then as the room
 * says, without a jump and never twice. Of kinds that are predicted, as it is predicted all the time.
 *
 * The room's own is recognised when it arrives: the first new one of the player's, of the same kind, in the snapshot that
 * the predicted one should be part of. A predicted one that is missing there has never been. One that has ended before
 * that is waited for nevertheless, or its counterpart would be taken for another.
 */
export class ShownSpawns {
  private readonly options: ShownSpawnsOptions;
  private shown: ShownSpawn[] = [];
  /** By kind and slot, the generation in the last snapshot; -1 for none. */
  private readonly known: readonly Int32Array[];
  private nextGeneration = 0;
  private readonly rows: readonly Int32Array[];
  private readonly scratch: readonly (readonly [unknown, unknown])[];

  constructor(options: ShownSpawnsOptions) {
    const { newest } = options;
    this.options = options;
    this.known = newest.map(({ capacity }) => new Int32Array(capacity).fill(NOBODY));
    this.rows = newest.map(({ codec }) => new Int32Array(codec.rowInts));
    this.scratch = newest.map(({ codec, capacity }) => [codec.createColumns(capacity), codec.createColumns(capacity)]);
  }

  /** Whether an entity of the prediction is shown by this, or will be: nobody else is to show it. */
  has(kind: number, slot: number, generation: number): boolean {
    const isIt = (other: PredictedEntity | undefined): boolean =>
      other?.kind === kind && other.slot === slot && other.generation === generation;
    return this.options.spawned.some(isIt) || this.shown.some(({ counterpart }) => isIt(counterpart));
  }

  /** A snapshot has come, of `newestTick`. Call it before the prediction goes on from that. */
  confirm(newestTick: number): void {
    const arrived = this.findArrived();
    for (const spawn of this.shown) {
      spawn.guess = this.placeOf(spawn);
      this.followRenewals(spawn, arrived, newestTick);
    }
    this.shown = this.shown.filter((spawn) => {
      if (spawn.counterpart !== undefined) return !this.isPredicted(spawn) || this.isInRoom(spawn.counterpart);
      return spawn.tick > newestTick || this.pair(spawn, arrived, newestTick);
    });
  }

  /** By how much what is predicted was wrong: after the prediction has gone on from a snapshot. Named as it is shown. */
  corrections(): Correction[] {
    return this.shown.flatMap((spawn) => {
      const { kind, viewSlot: slot, viewGeneration: generation, guess } = spawn;
      const place = this.placeOf(spawn);
      if (guess === undefined || place?.renewals !== guess.renewals) return [];
      return [{ kind, slot, generation, dx: place.x - guess.x, dy: place.y - guess.y }];
    });
  }

  /**
   * Puts what was spawned into the view, in place of the room's own. What is new in the prediction is shown from now on,
   * and what is not in it any more is not.
   */
  place(moment: SpawnMoment): void {
    this.shown = this.shown.filter((spawn) => spawn.counterpart !== undefined || this.sourceOf(spawn) !== undefined);
    for (const spawn of this.options.spawned) this.begin(spawn, moment.view[spawn.kind]!);
    this.shown = this.shown.filter((spawn) => {
      const { counterpart } = spawn;
      if (counterpart !== undefined && !this.isPredicted(spawn)) return this.placeConfirmed(spawn, counterpart, moment);
      this.placePredicted(spawn, counterpart ?? this.sourceOf(spawn)!, moment);
      return true;
    });
  }

  private begin(spawn: PredictedSpawn, view: AnyEntityTable): void {
    if (this.shown.length >= SHOWN_MAX || this.shown.some((other) => isSame(other, spawn))) return;
    const { kind, tick, order } = spawn;
    const viewSlot = this.freeSlot(kind, view);
    if (viewSlot === undefined) return;
    this.shown.push({
      kind,
      tick,
      order,
      viewSlot,
      viewGeneration: this.newGeneration(),
      renewals: 0,
      counterpart: undefined,
      overAtTick: undefined,
      guess: undefined,
      drawn: undefined,
    });
  }

  /** The room's own that a predicted one has become; false where there is none. */
  private pair(spawn: ShownSpawn, arrived: EntityRef[], newestTick: number): boolean {
    const at = arrived.findIndex(({ kind }) => kind === spawn.kind);
    if (at < 0) return false;
    const [{ slot, kind }] = arrived.splice(at, 1) as [EntityRef];
    const source = this.sourceOf(spawn);
    if (source !== undefined) spawn.renewals -= this.renewalsUpTo(source, newestTick);
    spawn.counterpart = { kind, slot, generation: this.options.newest[kind]!.generationOf(slot) };
    return true;
  }

  /** The room has renewed what the prediction has renewed before: it is no other one. */
  private followRenewals(spawn: ShownSpawn, arrived: EntityRef[], newestTick: number): void {
    const { counterpart } = spawn;
    const renewals = counterpart === undefined ? 0 : this.renewalsUpTo(counterpart, newestTick);
    if (counterpart === undefined || renewals === 0) return;
    const { kind, slot } = counterpart;
    const generation = (counterpart.generation + renewals) & GENERATION_MASK;
    const at = arrived.findIndex((other) => other.kind === kind && other.slot === slot);
    if (at < 0 || this.options.newest[kind]!.generationOf(slot) !== generation) return;
    arrived.splice(at, 1);
    spawn.counterpart = { kind, slot, generation };
    spawn.renewals -= renewals;
  }

  private renewalsUpTo({ kind, slot, generation }: PredictedEntity, tick: number): number {
    const { renewed } = this.options;
    return renewed.filter(
      (other) => other.kind === kind && other.slot === slot && other.generation === generation && other.tick <= tick,
    ).length;
  }

  private placePredicted(spawn: ShownSpawn, source: PredictedEntity, moment: SpawnMoment): void {
    const { kind, slot } = source;
    const [columns] = this.scratch[kind]!;
    const now = this.options.predicted[kind]!;
    const next = moment.ahead[kind]!;
    spawn.drawn = undefined;
    if (!isThere(now, source)) return;
    const renewals = now.renewalsOf(slot);
    if (renewals !== spawn.renewals) spawn.viewGeneration = this.newGeneration();
    spawn.renewals = renewals;
    const goesOn = isThere(next, source) && next.renewalsOf(slot) === renewals;
    if (goesOn) now.codec.interpolate(now.columns, next.columns, slot, moment.fraction, columns);
    else now.codec.copy(now.columns, columns, slot);
    this.put(spawn, columns, slot, moment.view);
    if (this.isPredicted(spawn) || now.position === undefined) return;
    const { x, y } = moment.view[kind]!.position!;
    const { x: nowX, y: nowY } = now.position;
    const { x: nextX, y: nextY } = goesOn ? next.position! : now.position;
    const [dx, dy] = [nextX[slot]! - nowX[slot]!, nextY[slot]! - nowY[slot]!];
    spawn.drawn = { tick: moment.ownTick, x: x[spawn.viewSlot]!, y: y[spawn.viewSlot]!, dx, dy };
  }

  private placeConfirmed(spawn: ShownSpawn, counterpart: PredictedEntity, moment: SpawnMoment): boolean {
    const { slot } = counterpart;
    const [columns, next] = this.scratch[spawn.kind]!;
    const view = moment.view[spawn.kind]!;
    const newest = this.options.newest[spawn.kind]!;
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
    this.flowOver(spawn, columns, slot, moment.ownTick);
    if (spawn.overAtTick === undefined) this.put(spawn, columns, slot, moment.view);
    return true;
  }

  /** Where the room's own is shown elsewhere than the predicted one would be by now, that is hidden as a correction is. */
  private flowOver(spawn: ShownSpawn, columns: unknown, slot: number, ownTick: number): void {
    const { kind, viewSlot, viewGeneration: generation, drawn } = spawn;
    if (drawn === undefined) return;
    spawn.drawn = undefined;
    const { x, y } = this.options.newest[kind]!.codec.position(columns)!;
    const ticks = ownTick - drawn.tick;
    const dx = x[slot]! - drawn.x - ticks * drawn.dx;
    const dy = y[slot]! - drawn.y - ticks * drawn.dy;
    this.options.smoothing.add({ kind, slot: viewSlot, generation, dx, dy });
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
    this.options.smoothing.apply(kind, viewSlot, table);
  }

  private isPredicted({ kind }: ShownSpawn): boolean {
    return this.options.predictedKinds.includes(kind);
  }

  private isInRoom(counterpart: PredictedEntity): boolean {
    return isThere(this.options.newest[counterpart.kind]!, counterpart) && this.options.isOwn(counterpart);
  }

  private sourceOf(spawn: ShownSpawn): PredictedSpawn | undefined {
    return this.options.spawned.find((other) => isSame(spawn, other));
  }

  /** Where the prediction has it, where its kind is predicted. */
  private placeOf(spawn: ShownSpawn): Place | undefined {
    const source = spawn.counterpart ?? this.sourceOf(spawn);
    const table = this.options.predicted[spawn.kind]!;
    if (source === undefined || !this.isPredicted(spawn) || !isThere(table, source)) return undefined;
    if (table.position === undefined) return undefined;
    const { x, y } = table.position;
    return { x: x[source.slot]!, y: y[source.slot]!, renewals: table.renewalsOf(source.slot) - spawn.renewals };
  }

  private newGeneration(): number {
    this.nextGeneration = (this.nextGeneration + 1) % GENERATIONS;
    return this.nextGeneration;
  }

  private freeSlot(kind: number, view: AnyEntityTable): number | undefined {
    for (let slot = view.capacity - 1; slot >= 0; slot--) {
      const isTaken = this.shown.some((other) => other.kind === kind && other.viewSlot === slot);
      if (!isTaken && !view.isLive(slot)) return slot;
    }
    return undefined;
  }

  /** The player's own that the last snapshot did not have; by kind and slot. */
  private findArrived(): EntityRef[] {
    const arrived: EntityRef[] = [];
    this.options.newest.forEach((table, kind) => {
      const known = this.known[kind]!;
      for (let slot = 0; slot < table.slotEnd; slot++) {
        const generation = table.isLive(slot) ? table.generationOf(slot) : NOBODY;
        if (generation === known[slot]) continue;
        known[slot] = generation;
        const entity = { kind, slot };
        if (generation !== NOBODY && this.options.isOwn(entity)) arrived.push(entity);
      }
      known.fill(NOBODY, table.slotEnd);
    });
    return arrived;
  }
}

/** Entities of snapshots are never renewed: the one that the room has renewed begins anew. */
function isThere(table: AnyEntityTable, { slot, generation }: PredictedEntity): boolean {
  return table.isLive(slot) && table.firstGenerationOf(slot) === generation;
}

function isSame(a: Pick<PredictedSpawn, "kind" | "tick" | "order">, b: typeof a): boolean {
  return a.kind === b.kind && a.tick === b.tick && a.order === b.order;
}
