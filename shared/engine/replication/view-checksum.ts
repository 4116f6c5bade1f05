import type { KindPart } from "./kind-plan.ts";
import { STREAK_MAX } from "./peer-view.ts";
import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import { GENERATION_MASK } from "./snapshot-layout.ts";

/** Which integers of rows and states a hash looks at. */
export interface HashedEntity {
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
export function entityHash(seed: number, entity: HashedEntity): number {
  const { rows, row, publicInts, states, state, stateInts } = entity;
  let hash = mix(0x9e3779b9, seed);
  for (const int of publicInts) hash = mix(hash, rows[row + int]!);
  for (let i = 0; i < stateInts; i++) hash = mix(hash, states[state + i]!);
  return hash >>> 0;
}

/** u32 of a peer's whole view, as its writer knows it after snapshot `number`. */
export function viewChecksum(parts: readonly (KindPart | undefined)[], number: number): number {
  let sum = 0;
  parts.forEach((part, kind) => {
    if (part === undefined) return;
    const { view } = part;
    for (let i = 0; i < view.count; i++) sum = (sum + writtenHash(part, kind, view.slots[i]!, number)) >>> 0;
  });
  return sum;
}

/** The hash of an entity in view, or 0 when it was coded too long ago to be known. */
export function writtenHash({ view, shared }: KindPart, kind: number, slot: number, number: number): number {
  const codedAt = view.codedAtOf(slot);
  if (number - codedAt >= HISTORY_SNAPSHOTS) return 0;
  const { codec, history, states } = shared;
  const isInStep = codedAt === number && view.streaks[slot] === STREAK_MAX;
  return entityHash(seedOf(kind, slot, view.generations[slot]!), {
    rows: history.rows,
    row: history.offsetOf(codedAt, slot),
    publicInts: codec.publicInts,
    states,
    state: slot * codec.stateInts,
    stateInts: isInStep ? codec.stateInts : 0,
  });
}

/** Which entity is meant: i32. Of a generation the lowest 4 bits count, as on the wire. */
export function seedOf(kind: number, slot: number, generation: number): number {
  return slot | (kind << 16) | ((generation & GENERATION_MASK) << 24);
}
