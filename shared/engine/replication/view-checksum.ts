import type { SnapshotCodec } from "../wire/protocol.ts";
import type { KindPart } from "./kind-plan.ts";
import { type KindView, STREAK_MAX } from "./peer-view.ts";
import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import { GENERATION_MASK } from "./snapshot-layout.ts";

/** One kind as one end of a connection holds it after a snapshot. */
export interface HeldKind {
  readonly view: KindView;
  readonly codec: SnapshotCodec;
  readonly rows: Int32Array;
  readonly states: Int32Array;
  /** Where the row of a slot in view stands in `rows`. */
  rowAt(slot: number): number;
}

/** Which integers of rows and states a hash looks at. */
interface HashedEntity {
  readonly rows: Int32Array;
  readonly row: number;
  readonly publicInts: readonly number[];
  readonly states: Int32Array;
  readonly state: number;
  /** 0 where the state is not held. */
  readonly stateInts: number;
}

/** Mixes one integer into a hash: the finaliser of MurmurHash3 (Appleby), which is all that is needed of it. */
export function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** u32 of what a peer holds of one entity: its row, and its state where the peer is in step. */
function entityHash(seed: number, entity: HashedEntity): number {
  const { rows, row, publicInts, states, state, stateInts } = entity;
  let hash = mix(0x9e3779b9, seed);
  for (const int of publicInts) hash = mix(hash, rows[row + int]!);
  for (let i = 0; i < stateInts; i++) hash = mix(hash, states[state + i]!);
  return hash >>> 0;
}

/** u32 of all that one end of a connection holds after snapshot `number`: both ends get the same. */
export function viewChecksum(kinds: readonly (HeldKind | undefined)[], number: number): number {
  let sum = 0;
  kinds.forEach((held, kind) => {
    if (held === undefined) return;
    const { view } = held;
    for (let i = 0; i < view.count; i++) sum = (sum + heldHash(kind, held, view.slots[i]!, number)) >>> 0;
  });
  return sum;
}

/** The hash of an entity in view, or 0 when it was coded too long ago to be known. */
export function heldHash(kind: number, held: HeldKind, slot: number, number: number): number {
  const { view, codec, rows, states } = held;
  if (number - view.codedAtOf(slot) >= HISTORY_SNAPSHOTS) return 0;
  return entityHash(seedOf(kind, slot, view.generations[slot]!), {
    rows,
    row: held.rowAt(slot),
    publicInts: codec.publicInts,
    states,
    state: slot * codec.stateInts,
    stateInts: hashedStateInts(held, slot, number),
  });
}

/** How many integers of an entity's state are known to both ends: all where snapshot `number` coded it in step, or none. */
export function hashedStateInts({ view, codec }: HeldKind, slot: number, number: number): number {
  return view.codedAtOf(slot) === number && view.streaks[slot] === STREAK_MAX ? codec.stateInts : 0;
}

/** A kind as the writer knows its peer to hold it. */
export function writtenKind({ view, shared }: KindPart): HeldKind {
  const { codec, history, states } = shared;
  return { view, codec, rows: history.rows, states, rowAt: (slot) => history.offsetOf(view.codedAtOf(slot), slot) };
}

/** Which entity is meant: i32. Of a generation the lowest 4 bits count, as on the wire. */
function seedOf(kind: number, slot: number, generation: number): number {
  return slot | (kind << 16) | ((generation & GENERATION_MASK) << 24);
}
