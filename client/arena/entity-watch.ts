import type { EntityTable } from "#engine/shared";

/** Where an entity was when it was last seen. */
export interface LastSeen {
  readonly slot: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Compares a table with itself one display frame earlier: who came, and who is gone and from where.
 *
 * The wire says nothing of ends but absence; the light of an explosion starts here.
 */
export class EntityWatch {
  /** Who was there one display frame ago, and is no more. */
  readonly gone: LastSeen[] = [];
  /** The slots of those who were not there one display frame ago. */
  readonly came: number[] = [];
  private readonly seen: Uint8Array;
  private readonly generations: Uint16Array;
  private readonly lastX: Float64Array;
  private readonly lastY: Float64Array;
  private seenEnd = 0;

  /** `capacity`: that of the tables it will be shown. */
  constructor(capacity: number) {
    this.seen = new Uint8Array(capacity);
    this.generations = new Uint16Array(capacity);
    this.lastX = new Float64Array(capacity);
    this.lastY = new Float64Array(capacity);
  }

  /** Fills `gone` and `came`, each by rising slot; then remembers the table as it is. */
  compare<Columns>(table: EntityTable<Columns>): void {
    this.gone.length = 0;
    this.came.length = 0;
    for (let slot = 0; slot < this.seenEnd; slot++) {
      if (this.seen[slot] !== 1 || this.isSame(table, slot)) continue;
      this.gone.push({ slot, x: this.lastX[slot]!, y: this.lastY[slot]! });
      this.seen[slot] = 0;
    }
    this.seenEnd = table.slotEnd;
    for (let slot = 0; slot < this.seenEnd; slot++) if (table.isLive(slot)) this.remember(table, slot);
  }

  private remember<Columns>(table: EntityTable<Columns>, slot: number): void {
    if (this.seen[slot] !== 1) this.came.push(slot);
    this.seen[slot] = 1;
    this.generations[slot] = table.generationOf(slot);
    this.lastX[slot] = table.position!.x[slot]!;
    this.lastY[slot] = table.position!.y[slot]!;
  }

  private isSame<Columns>(table: EntityTable<Columns>, slot: number): boolean {
    return table.isLive(slot) && table.generationOf(slot) === this.generations[slot];
  }
}
