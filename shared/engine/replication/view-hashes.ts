import type { HeldKind } from "./entity-hashes.ts";

/** How many hashes `hashKind` makes: one for each entity, one for each public integer of a row, one for the states. */
export function hashCountOf({ view, hashes }: Pick<HeldKind, "view" | "hashes">): number {
  return view.count + hashes.columnCount;
}

/**
 * Writes the hashes of a kind after snapshot `number`, 16 bits each, into `into` from `at` on; returns the end.
 *
 * Those of the entities say which of them differs, those of the integers in which field: sums over all in view, whose
 * order does not matter.
 */
export function hashKind(held: HeldKind, number: number, into: Uint16Array, at: number): number {
  const { view, hashes } = held;
  const { whole, columns, columnCount } = hashes;
  const sums = new Uint32Array(columnCount);
  for (let i = 0; i < view.count; i++) {
    const slot = view.slots[i]!;
    hashes.make(held, slot, number);
    into[at + i] = folded(whole[slot]!);
    for (let column = 0; column < columnCount; column++) {
      sums[column] = sums[column]! + columns[slot * columnCount + column]!;
    }
  }
  let end = at + view.count;
  for (const sum of sums) into[end++] = folded(sum);
  return end;
}

function folded(hash: number): number {
  return (hash ^ (hash >>> 16)) & 0xffff;
}
