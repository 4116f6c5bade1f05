import type { SnapshotCodec } from "../wire/protocol.ts";
import type { KindPart } from "./kind-plan.ts";
import { type KindView, STREAK_MAX } from "./peer-view.ts";
import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import { entityHash, mix, seedOf } from "./view-checksum.ts";

/** One kind as one end of a connection holds it after a snapshot. */
export interface HeldKind {
  readonly view: KindView;
  readonly codec: SnapshotCodec;
  readonly rows: Int32Array;
  readonly states: Int32Array;
  /** Where the row of a slot in view stands in `rows`. */
  rowAt(slot: number): number;
}

/** How many hashes `hashKind` makes: one for each entity, one for each public integer of a row, one for the states. */
export function hashCountOf({ view, codec }: Pick<HeldKind, "view" | "codec">): number {
  return view.count + codec.publicInts.length + 1;
}

/**
 * Writes the hashes of a kind after snapshot `number`, 16 bits each, into `hashes` from `at` on; returns the end.
 *
 * Those of the entities say which of them differs, those of the integers in which field: sums over all in view, whose
 * order does not matter.
 */
export function hashKind(kind: number, held: HeldKind, number: number, hashes: Uint16Array, at: number): number {
  const { view, codec } = held;
  const sums = new Uint32Array(codec.publicInts.length + 1);
  for (let i = 0; i < view.count; i++) hashes[at + i] = hashEntity(kind, held, view.slots[i]!, number, sums);
  let end = at + view.count;
  for (const sum of sums) hashes[end++] = folded(sum);
  return end;
}

/** The hash of one entity; what it has of each column is added to `sums`. 0 for one whose row is too old to be known. */
function hashEntity(kind: number, held: HeldKind, slot: number, number: number, sums: Uint32Array): number {
  const { view, codec, rows, states } = held;
  const codedAt = view.codedAtOf(slot);
  if (number - codedAt >= HISTORY_SNAPSHOTS) return 0;
  const row = held.rowAt(slot);
  const state = slot * codec.stateInts;
  const { publicInts } = codec;
  for (let i = 0; i < publicInts.length; i++) {
    sums[i] = sums[i]! + mix(mix(i + 1, slot), rows[row + publicInts[i]!]!);
  }
  const stateInts = codedAt === number && view.streaks[slot] === STREAK_MAX ? codec.stateInts : 0;
  for (let i = 0; i < stateInts; i++) {
    sums[publicInts.length] = sums[publicInts.length]! + mix(mix(-1 - i, slot), states[state + i]!);
  }
  const seed = seedOf(kind, slot, view.generations[slot]!);
  return folded(entityHash(seed, { rows, row, publicInts, states, state, stateInts }));
}

function folded(hash: number): number {
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/** A kind as the writer knows its peer to hold it. */
export function writtenKind({ view, shared }: KindPart): HeldKind {
  const { codec, history, states } = shared;
  return { view, codec, rows: history.rows, states, rowAt: (slot) => history.offsetOf(view.codedAtOf(slot), slot) };
}
