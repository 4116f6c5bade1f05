import type { AnyEntityCodec } from "../wire/protocol.ts";
import type { EntityTable } from "./entity-table.ts";

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;

/** Snapshots that rows are kept of: 2 s at 30 Hz. A peer whose last row is older gets whole rows. */
export const HISTORY_SNAPSHOTS = 64;

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
  private snapshotInts: number;

  constructor(table: AnyTable) {
    this.table = table;
    this.snapshotInts = Math.min(SLOTS_MIN, table.capacity) * table.codec.rowInts;
    this.rows = new Int32Array(HISTORY_SNAPSHOTS * this.snapshotInts);
  }

  /** Snaps the table, and keeps its rows as those of snapshot `number`; the oldest are forgotten. */
  record(number: number): void {
    if (this.table.slotEnd * this.table.codec.rowInts > this.snapshotInts) this.grow();
    this.newest = this.offsetOf(number, 0);
    this.table.snap(this.rows, this.newest);
  }

  /** Where the row of `slot` in snapshot `number` begins in `rows`, until the next `record`. */
  offsetOf(number: number, slot: number): number {
    return (number % HISTORY_SNAPSHOTS) * this.snapshotInts + slot * this.table.codec.rowInts;
  }

  /** Makes room for twice as many slots, or for as many as are used. */
  private grow(): void {
    const { table, rows, snapshotInts } = this;
    const slots = Math.min(table.capacity, Math.max(table.slotEnd, (2 * snapshotInts) / table.codec.rowInts));
    this.snapshotInts = slots * table.codec.rowInts;
    this.rows = new Int32Array(HISTORY_SNAPSHOTS * this.snapshotInts);
    for (let i = 0; i < HISTORY_SNAPSHOTS; i++) {
      this.rows.set(rows.subarray(i * snapshotInts, (i + 1) * snapshotInts), i * this.snapshotInts);
    }
  }
}
