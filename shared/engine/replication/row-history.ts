import type { AnyEntityCodec } from "../wire/protocol.ts";
import type { EntityTable } from "./entity-table.ts";

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;

/** Snapshots that rows are kept of: 2 s at 30 Hz. A peer whose last row is older gets whole rows. */
export const HISTORY_SNAPSHOTS = 64;

/** The generation of a slot in which nothing lived. */
const NOBODY = -1;
/** Slots that rows are kept of at first. */
const SLOTS_MIN = 64;

/**
 * The rows of a table as they were in the last `HISTORY_SNAPSHOTS` snapshots, each known by its number. It grows with
 * the slots that are used, up to the table's capacity.
 */
export class RowHistory {
  rows: Int32Array;
  /** Where the first row of the newest snapshot begins in `rows`. */
  newest = 0;
  private readonly table: AnyTable;
  private slots: number;
  private generations: Int32Array;
  /** The numbers of the snapshots that are kept, each in its place; -1 where there is none yet. */
  private readonly numbers = new Int32Array(HISTORY_SNAPSHOTS).fill(-1);

  constructor(table: AnyTable) {
    this.table = table;
    this.slots = Math.min(SLOTS_MIN, table.capacity);
    this.rows = new Int32Array(HISTORY_SNAPSHOTS * this.snapshotInts);
    this.generations = new Int32Array(HISTORY_SNAPSHOTS * this.slots).fill(NOBODY);
  }

  /** Snaps the table, and keeps its rows as those of snapshot `number`; the oldest are forgotten. */
  record(number: number): void {
    const { table } = this;
    if (table.slotEnd > this.slots) this.grow();
    this.newest = this.offsetOf(number, 0);
    table.snap(this.rows, this.newest);
    const place = number % HISTORY_SNAPSHOTS;
    this.numbers[place] = number;
    for (let slot = 0; slot < this.slots; slot++) {
      this.generations[place * this.slots + slot] = table.isLive(slot) ? table.generationOf(slot) : NOBODY;
    }
  }

  /** Whether the entity that lives in `slot` now was there in snapshot `number`, of which rows are kept. */
  has(number: number, slot: number): boolean {
    const place = number % HISTORY_SNAPSHOTS;
    if (number < 0 || this.numbers[place] !== number || slot >= this.slots || !this.table.isLive(slot)) return false;
    return this.generations[place * this.slots + slot] === this.table.generationOf(slot);
  }

  /** Where the row of `slot` in snapshot `number` begins in `rows`, until the next `record`. */
  offsetOf(number: number, slot: number): number {
    return (number % HISTORY_SNAPSHOTS) * this.snapshotInts + slot * this.table.codec.rowInts;
  }

  private get snapshotInts(): number {
    return this.slots * this.table.codec.rowInts;
  }

  /** Makes room for twice as many slots, or for as many as are used. */
  private grow(): void {
    const { table, rows, generations, slots, snapshotInts } = this;
    this.slots = Math.min(table.capacity, Math.max(table.slotEnd, 2 * slots));
    this.rows = new Int32Array(HISTORY_SNAPSHOTS * this.snapshotInts);
    this.generations = new Int32Array(HISTORY_SNAPSHOTS * this.slots).fill(NOBODY);
    for (let place = 0; place < HISTORY_SNAPSHOTS; place++) {
      this.rows.set(rows.subarray(place * snapshotInts, (place + 1) * snapshotInts), place * this.snapshotInts);
      this.generations.set(generations.subarray(place * slots, (place + 1) * slots), place * this.slots);
    }
  }
}
