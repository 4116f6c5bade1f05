import type { AnyEntityTable } from "#engine/shared";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";

/** A reader that holds whatever it is told a snapshot said, and needs no bytes for it. For tests. */
export class ToldReader extends SnapshotReader {
  private readonly ticks: number;

  constructor(tables: readonly AnyEntityTable[], ticksPerSnapshot = 1) {
    super(tables, 1, ticksPerSnapshot);
    this.ticks = ticksPerSnapshot;
  }

  /** A snapshot of `tick` said all of these tables, which it snaps. */
  tell(tick: number, tables: readonly AnyEntityTable[]): this {
    this.peer.clear();
    this.peer.number = tick / this.ticks;
    tables.forEach((table, kind) => {
      const { view, rows, rowInts } = this.kinds[kind]!;
      table.snap(rows);
      const slots = Uint16Array.from(table.slots());
      for (const slot of slots) view.enter(slot, table.generationOf(slot), this.peer.number, false);
      view.merge(slots, slots.length);
      if (rows.length !== table.capacity * rowInts) throw new RangeError(`${table.codec.name}: another capacity`);
    });
    return this;
  }
}
