import { BitWriter } from "../wire/bit-writer.ts";
import type { AnyEntityCodec, SnapshotCodec } from "../wire/protocol.ts";
import type { EntityTable } from "./entity-table.ts";
import { EntityHashes } from "./entity-hashes.ts";
import { HISTORY_SNAPSHOTS, type RowHistory } from "./row-history.ts";

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;

/** No generation: those of entities are 0 to 65,535. */
const NEVER = -1;

/**
 * The bits of each entity's delta since the last snapshot, made once and copied into the packet of every peer that is
 * in step with the entity. Of one table, in the words of one version.
 */
export class SharedDeltas {
  readonly table: AnyTable;
  readonly history: RowHistory;
  readonly codec: SnapshotCodec;
  readonly hasOwnerFields: boolean;
  /** The state of each live entity, as it is after the newest snapshot. */
  readonly states: Int32Array;
  readonly writer: BitWriter;
  /** By slot: where its bits begin in `writer`, and how many there are. Of no use for entities that are new. */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** Of what peers hold who are in step. */
  readonly hashes: EntityHashes;
  /** By slot: the generation whose state stands in `states`. */
  private readonly generations: Int32Array;

  constructor(table: AnyTable, history: RowHistory, codec: SnapshotCodec) {
    this.table = table;
    this.history = history;
    this.codec = codec;
    this.hasOwnerFields = codec.publicInts.length < codec.rowInts;
    this.states = new Int32Array(table.capacity * codec.stateInts);
    // Each entity begins at a whole word.
    this.writer = new BitWriter(table.capacity * 4 * Math.ceil(codec.bitsMax / 32));
    this.starts = new Int32Array(table.capacity);
    this.lengths = new Int32Array(table.capacity);
    this.hashes = new EntityHashes(codec, table.capacity);
    this.generations = new Int32Array(table.capacity).fill(NEVER);
  }

  /** Whether the slot still holds the entity of that generation. */
  isAlive(slot: number, generation: number): boolean {
    return this.table.isLive(slot) && this.table.generationOf(slot) === generation;
  }

  /** Moves on to snapshot `number`, whose rows the history has; the one before is `ticks` older. */
  advance(number: number, ticks: number): void {
    const { table, writer, codec, history, states, starts, lengths } = this;
    const { rowInts } = table.codec;
    const [first, before] = [history.offsetOf(number, 0), history.offsetOf(number - 1 + HISTORY_SNAPSHOTS, 0)];
    writer.clear();
    for (let slot = 0; slot < table.slotEnd; slot++) {
      if (!table.isLive(slot)) continue;
      const state = slot * codec.stateInts;
      if (this.generations[slot] !== table.generationOf(slot)) {
        this.begin(slot, state);
        continue;
      }
      const start = writer.align();
      codec.writeDelta(writer, history.rows, first + slot * rowInts, before + slot * rowInts, ticks, states, state);
      starts[slot] = start;
      lengths[slot] = writer.bits - 32 * start;
    }
    writer.align();
  }

  /** A new entity rests, as far as one knows. */
  private begin(slot: number, state: number): void {
    this.generations[slot] = this.table.generationOf(slot);
    this.states.fill(0, state, state + this.codec.stateInts);
  }
}
