import { EntityTable } from "../../shared/engine/replication/entity-table.ts";
import { HISTORY_SNAPSHOTS, RowHistory } from "../../shared/engine/replication/row-history.ts";
import type { BitWriter } from "../../shared/engine/wire/bit-writer.ts";
import type { AnyEntityCodec, SnapshotCodec } from "../../shared/engine/wire/protocol.ts";
import type { FieldValues, Recording } from "./recording.ts";

/** How old the rows are that entities are also predicted from, to learn what peers without history need. */
const LAGS = [1, 2, 3, 4, 6, 9] as const;

/**
 * Writes a recording as a room would for peers that see all of it: every entity in step, and without history at some
 * lags. The newest codec of the kind is used.
 */
export class Replay {
  private readonly table: EntityTable<Readonly<Record<string, unknown>>>;
  private readonly codec: SnapshotCodec;
  private readonly history: RowHistory;
  private readonly states: Int32Array;
  private readonly slots = new Map<number, number>();
  /** By slot: the number of the first row. */
  private readonly since: Int32Array;

  constructor(codec: AnyEntityCodec, capacity: number) {
    this.table = new EntityTable(codec as never, capacity);
    this.codec = codec.snapshots[0]!;
    this.history = new RowHistory(this.table);
    this.states = new Int32Array(capacity * this.codec.stateInts);
    this.since = new Int32Array(capacity);
  }

  /** `inStep` and `lagged` may be one writer. */
  run(recording: Recording, inStep: BitWriter, lagged: BitWriter): void {
    const { ticks } = recording;
    const interval = intervalOf(recording);
    ticks.forEach(({ tick, entities }, number) => {
      const isNext = number > 0 && tick - ticks[number - 1]!.tick === interval;
      this.place(entities, number, isNext);
      this.history.record(number);
      for (const slot of this.slots.values()) this.write(slot, number, interval, inStep, lagged);
    });
  }

  /** Gives every entity its slot; after a gap in the ticks all are new. */
  private place(entities: ReadonlyMap<number, FieldValues>, number: number, isNext: boolean): void {
    for (const [id, slot] of this.slots) {
      if (isNext && entities.has(id)) continue;
      this.table.destroy(slot);
      this.slots.delete(id);
    }
    for (const [id, values] of entities) {
      const slot = this.slots.get(id) ?? this.begin(id, number);
      for (const [name, value] of Object.entries(values)) {
        const column = this.table.columns[name] as Record<number, unknown> | undefined;
        if (column !== undefined) column[slot] = columnValue(column, value);
      }
    }
  }

  private begin(id: number, number: number): number {
    const slot = this.table.spawn();
    if (slot === undefined) throw new RangeError(`more than ${this.table.capacity} entities at once`);
    this.slots.set(id, slot);
    this.since[slot] = number;
    const { stateInts } = this.codec;
    this.states.fill(0, slot * stateInts, (slot + 1) * stateInts);
    return slot;
  }

  private write(slot: number, number: number, interval: number, inStep: BitWriter, lagged: BitWriter): void {
    const { codec, history, states } = this;
    const age = number - this.since[slot]!;
    if (age === 0) return;
    const now = history.offsetOf(number, slot);
    for (const lag of LAGS) {
      if (lag > age) break;
      codec.writeLagged(lagged, history.rows, now, history.offsetOf(number - lag, slot), lag * interval);
    }
    const before = history.offsetOf(number - 1 + HISTORY_SNAPSHOTS, slot);
    codec.writeDelta(inStep, history.rows, now, before, interval, states, slot * codec.stateInts);
  }
}

/** Ticks between two of a recording: the least there are. */
function intervalOf({ ticks }: Recording): number {
  let least = Infinity;
  for (let i = 1; i < ticks.length; i++) least = Math.min(least, ticks[i]!.tick - ticks[i - 1]!.tick);
  return least;
}

/** A value as a column takes it. */
function columnValue(column: unknown, value: FieldValues[string]): number | bigint {
  const isWide = column instanceof BigInt64Array || column instanceof BigUint64Array;
  return isWide ? BigInt(typeof value === "number" ? Math.trunc(value) : value) : Number(value);
}
