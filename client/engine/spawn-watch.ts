import type { AnyEntityTable, EntityRef } from "#engine/shared";

/** An entity in the prediction, by the generation that it began with: renewed, it is still the same. */
export interface PredictedEntity extends EntityRef {
  readonly generation: number;
}

/** An entity that the prediction has spawned: the `order`th of its kind in `tick`, from 0. */
export interface PredictedSpawn extends PredictedEntity {
  readonly tick: number;
  readonly order: number;
}

/** An entity that the prediction has renewed, once, in `tick`. */
export interface PredictedRenewal extends PredictedEntity {
  readonly tick: number;
}

const NOBODY = -1;
/** Of one list: in a stall no snapshot empties it. The oldest make room. */
const SEEN_MAX = 256;

/** Sees what is spawned and what is renewed in tables from one look to the next. */
export class SpawnWatch {
  private readonly tables: readonly AnyEntityTable[];
  /** By kind and slot, the first generation of what was seen last; -1 for none. */
  private readonly seen: readonly Int32Array[];
  /** How often that had been renewed. */
  private readonly renewals: readonly Uint16Array[];

  constructor(tables: readonly AnyEntityTable[]) {
    this.tables = tables;
    this.seen = tables.map(({ capacity }) => new Int32Array(capacity).fill(NOBODY));
    this.renewals = tables.map(({ capacity }) => new Uint16Array(capacity));
  }

  /** What is there now has neither been spawned nor renewed. */
  reset(): void {
    this.tables.forEach((table, kind) => {
      const seen = this.seen[kind]!;
      seen.fill(NOBODY);
      for (let slot = 0; slot < table.slotEnd; slot++) {
        if (!table.isLive(slot)) continue;
        seen[slot] = table.firstGenerationOf(slot);
        this.renewals[kind]![slot] = table.renewalsOf(slot);
      }
    });
  }

  /** Adds what has been spawned in `tick` to `spawned`, and what has been renewed to `renewed`, by kind and slot. */
  look(tick: number, spawned: PredictedSpawn[], renewed: PredictedRenewal[]): void {
    this.tables.forEach((table, kind) => {
      const seen = this.seen[kind]!;
      const renewals = this.renewals[kind]!;
      let order = 0;
      for (let slot = 0; slot < table.slotEnd; slot++) {
        const generation = table.isLive(slot) ? table.firstGenerationOf(slot) : NOBODY;
        if (generation !== seen[slot]) {
          seen[slot] = generation;
          renewals[slot] = 0;
          if (generation !== NOBODY) spawned.push({ kind, slot, generation, tick, order: order++ });
        }
        if (generation === NOBODY) continue;
        for (const now = table.renewalsOf(slot); renewals[slot] !== now; renewals[slot]! += 1) {
          renewed.push({ kind, slot, generation, tick });
        }
      }
    });
    for (const list of [spawned, renewed]) list.splice(0, list.length - SEEN_MAX);
  }
}
