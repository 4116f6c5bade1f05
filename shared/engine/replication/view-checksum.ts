import type { HeldKind } from "./entity-hashes.ts";
import type { KindPart } from "./kind-plan.ts";

/** u32 of all that one end of a connection holds after snapshot `number`: both ends get the same. */
export function viewChecksum(kinds: readonly (HeldKind | undefined)[], number: number): number {
  let sum = 0;
  for (const held of kinds) if (held !== undefined) sum = (sum + kindChecksum(held, number)) >>> 0;
  return sum;
}

function kindChecksum(held: HeldKind, number: number): number {
  const { view, hashes } = held;
  let sum = 0;
  for (let i = 0; i < view.count; i++) {
    const slot = view.slots[i]!;
    hashes.make(held, slot, number);
    sum = (sum + hashes.whole[slot]!) | 0;
  }
  return sum;
}

/** A kind as the writer knows its peer to hold it. */
export function writtenKind(kind: number, { view, shared }: KindPart): HeldKind {
  const { codec, history, states, hashes } = shared;
  const rowAt = (slot: number): number => history.offsetOf(view.codedAtOf(slot), slot);
  return { kind, view, codec, rows: history.rows, states, rowAt, hashes };
}
