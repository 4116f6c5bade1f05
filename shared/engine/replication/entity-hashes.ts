import type { SnapshotCodec } from "../wire/protocol.ts";
import { mix } from "./mix.ts";
import { type KindView, STREAK_MAX } from "./peer-view.ts";
import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import { GENERATION_MASK } from "./snapshot-layout.ts";

/** One kind as one end of a connection holds it after a snapshot. */
export interface HeldKind {
  readonly kind: number;
  readonly view: KindView;
  readonly codec: SnapshotCodec;
  readonly rows: Int32Array;
  readonly states: Int32Array;
  /** Where the row of a slot in view stands in `rows`. */
  rowAt(slot: number): number;
  /** Where hashes are made; several peers that hold an entity alike may have it in common. */
  readonly hashes: EntityHashes;
}

/** No snapshot has that number. */
const NEVER = -1;

/**
 * Hashes of the entities of one kind, of what peers hold of them. Whoever is in step with an entity holds the same:
 * its hashes are made once for a snapshot, by the first who asks.
 */
export class EntityHashes {
  /** How many there are of columns: one for each public integer of a row, one for the state. */
  readonly columnCount: number;
  /** By slot: u32 of all that is held of it. */
  readonly whole: Uint32Array;
  /** By slot, `columnCount` each: u32 of one column. */
  readonly columns: Uint32Array;
  /** By slot: the snapshot after which a peer in step held what the hashes are of. */
  private readonly numbers: Int32Array;

  constructor(codec: SnapshotCodec, capacity: number) {
    this.columnCount = codec.publicInts.length + 1;
    this.whole = new Uint32Array(capacity);
    this.columns = new Uint32Array(capacity * this.columnCount);
    this.numbers = new Int32Array(capacity).fill(NEVER);
  }

  /** Fills in what a peer holds of an entity in view after snapshot `number`; 0 where its row is too old to be known. */
  make(held: HeldKind, slot: number, number: number): void {
    const { view } = held;
    const codedAt = view.codedAtOf(slot);
    const isInStep = codedAt === number && view.streaks[slot] === STREAK_MAX;
    if (isInStep && this.numbers[slot] === number) return;
    this.numbers[slot] = isInStep ? number : NEVER;
    if (number - codedAt < HISTORY_SNAPSHOTS) this.fill(held, slot, isInStep);
    else this.forget(slot);
  }

  /** The state is known to both ends where the last snapshot coded the entity in step. */
  private fill(held: HeldKind, slot: number, hasState: boolean): void {
    const { kind, view, codec, rows, states } = held;
    const { columns, columnCount } = this;
    const { publicInts, stateInts } = codec;
    const [row, state, at] = [held.rowAt(slot), slot * stateInts, slot * columnCount];
    let hash = mix(0x9e3779b9, seedOf(kind, slot, view.generations[slot]!));
    for (let i = 0; i < publicInts.length; i++) {
      const value = rows[row + publicInts[i]!]!;
      hash = mix(hash, value);
      columns[at + i] = mix(mix(i + 1, slot), value);
    }
    let ofState = 0;
    for (let i = 0; i < stateInts && hasState; i++) {
      hash = mix(hash, states[state + i]!);
      ofState += mix(mix(-1 - i, slot), states[state + i]!);
    }
    columns[at + publicInts.length] = ofState;
    this.whole[slot] = hash;
  }

  private forget(slot: number): void {
    const { columns, columnCount } = this;
    columns.fill(0, slot * columnCount, (slot + 1) * columnCount);
    this.whole[slot] = 0;
  }
}

/** Which entity is meant: i32. Of a generation the lowest 4 bits count, as on the wire. */
function seedOf(kind: number, slot: number, generation: number): number {
  return slot | (kind << 16) | ((generation & GENERATION_MASK) << 24);
}
