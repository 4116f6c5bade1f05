import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import { hashedStateInts, type HeldKind, heldHash, mix } from "./view-checksum.ts";

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
  if (number - view.codedAtOf(slot) >= HISTORY_SNAPSHOTS) return 0;
  const [row, state] = [held.rowAt(slot), slot * codec.stateInts];
  const { publicInts } = codec;
  for (let i = 0; i < publicInts.length; i++) {
    sums[i] = sums[i]! + mix(mix(i + 1, slot), rows[row + publicInts[i]!]!);
  }
  for (let i = 0; i < hashedStateInts(held, slot, number); i++) {
    sums[publicInts.length] = sums[publicInts.length]! + mix(mix(-1 - i, slot), states[state + i]!);
  }
  return folded(heldHash(kind, held, slot, number));
}

function folded(hash: number): number {
  return (hash ^ (hash >>> 16)) & 0xffff;
}
