import type { AnyEntityTable, EntityRef } from "#engine/shared";

/** An entity that the prediction has spawned: the `order`th of its kind in `tick`, from 0. */
export interface PredictedSpawn extends EntityRef {
  readonly generation: number;
  readonly tick: number;
  readonly order: number;
}

const NOBODY = -1;
/** Of one list: in a stall no snapshot empties it. The oldest make room. */
const SPAWNED_MAX = 256;

/** Sees what is spawned in tables from one look to the next. */
export class SpawnWatch {
  private readonly tables: readonly AnyEntityTable[];
  /** By kind and slot, the generation that was seen last; -1 for none. */
  private readonly seen: readonly Int32Array[];

  constructor(tables: readonly AnyEntityTable[]) {
    this.tables = tables;
    this.seen = tables.map(({ capacity }) => new Int32Array(capacity).fill(NOBODY));
  }

  /** What is there now has not been spawned. */
  reset(): void {
    this.tables.forEach((table, kind) => {
      const seen = this.seen[kind]!;
      seen.fill(NOBODY);
      for (let slot = 0; slot < table.slotEnd; slot++) if (table.isLive(slot)) seen[slot] = table.generationOf(slot);
    });
  }

  /** Adds to `spawned` what has been spawned in `tick`, by kind and slot. */
  look(tick: number, spawned: PredictedSpawn[]): void {
    this.tables.forEach((table, kind) => {
      const seen = this.seen[kind]!;
      let order = 0;
      for (let slot = 0; slot < table.slotEnd; slot++) {
        const generation = table.isLive(slot) ? table.generationOf(slot) : NOBODY;
        if (generation === seen[slot]) continue;
        seen[slot] = generation;
        if (generation !== NOBODY) spawned.push({ kind, slot, generation, tick, order: order++ });
      }
    });
    spawned.splice(0, spawned.length - SPAWNED_MAX);
  }
}
