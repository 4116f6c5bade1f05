import type { AnyEntityCodec } from "../wire/protocol.ts";
import type { EntityTable } from "./entity-table.ts";

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;

/** Snapshots that rows are kept of: 2 s at 30 Hz. A peer whose last row is older gets whole rows. */
export const HISTORY_SNAPSHOTS = 64;

/** The rows of a table as they were in the last `HISTORY_SNAPSHOTS` snapshots, each known by its number. */
export class RowHistory {
  readonly rows: Int32Array;
  /** Where the first row of the newest snapshot begins in `rows`. */
  newest = 0;
  private readonly table: AnyTable;
  private readonly snapshotInts: number;

  constructor(table: AnyTable) {
    this.table = table;
    this.snapshotInts = table.capacity * table.codec.rowInts;
    this.rows = new Int32Array(HISTORY_SNAPSHOTS * this.snapshotInts);
  }

  /** Snaps the table, and keeps its rows as those of snapshot `number`; the oldest are forgotten. */
  record(number: number): void {
    this.newest = this.offsetOf(number, 0);
    this.table.snap(this.rows, this.newest);
  }

  /** Where the row of `slot` in snapshot `number` begins in `rows`. */
  offsetOf(number: number, slot: number): number {
    return (number % HISTORY_SNAPSHOTS) * this.snapshotInts + slot * this.table.codec.rowInts;
  }
}
