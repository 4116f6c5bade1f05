import type { AnyEntityCodec } from "../wire/protocol.ts";

/** In so many snapshots without history a peer learns an entity's state. */
export const STREAK_MAX = 2;

/**
 * What one peer holds of one kind, as its writer knows and as its reader does: the entities in view, in order of their
 * slots. Neither sends what the other can count: what is said of an entity depends on when it was said last.
 */
export class KindView {
  /** The slots in view, rising: the first `count`. */
  readonly slots: Uint16Array;
  count = 0;
  /** By slot: whether it is in view. */
  readonly isIn: Uint8Array;
  /** By slot: which entity of the slot is meant. */
  readonly generations: Uint16Array;
  /** By slot: the number of the snapshot whose row the peer holds; where there is no `unison`. */
  readonly codedAt: Int32Array;
  /**
   * The number of the snapshot that coded all that is in view with history, so that nothing need be counted for each
   * entity; -1 where entities differ.
   */
  unison = -1;
  /**
   * By slot: how many snapshots in a row have been coded, up to `STREAK_MAX`, since the peer lost the entity's state.
   * With the most of them the peer holds the state.
   */
  readonly streaks: Uint8Array;
  /** By slot: whether the peer owns the entity, and gets fields that are the owner's. */
  readonly isOwner: Uint8Array;
  /** By slot, for what has left: whether it was destroyed. */
  readonly wasDestroyed: Uint8Array;
  private readonly merged: Uint16Array;

  constructor(capacity: number) {
    this.slots = new Uint16Array(capacity);
    this.isIn = new Uint8Array(capacity);
    this.generations = new Uint16Array(capacity);
    this.codedAt = new Int32Array(capacity);
    this.streaks = new Uint8Array(capacity);
    this.isOwner = new Uint8Array(capacity);
    this.wasDestroyed = new Uint8Array(capacity);
    this.merged = new Uint16Array(capacity);
  }

  /** The highest slot in view; 0 where there is none. */
  get lastSlot(): number {
    return this.count === 0 ? 0 : this.slots[this.count - 1]!;
  }

  get capacity(): number {
    return this.isIn.length;
  }

  /** Nothing is in view any more. */
  clear(): void {
    for (let i = 0; i < this.count; i++) this.isIn[this.slots[i]!] = 0;
    this.count = 0;
    this.unison = -1;
  }

  /** The number of the snapshot whose row of an entity in view the peer holds. */
  codedAtOf(slot: number): number {
    return this.unison < 0 ? this.codedAt[slot]! : this.unison;
  }

  /** Counts for each entity again. */
  endUnison(): void {
    if (this.unison < 0) return;
    for (let i = 0; i < this.count; i++) this.codedAt[this.slots[i]!] = this.unison;
    this.unison = -1;
  }

  /** An entity's row and state are sent: it is in view from now on, when `merge` has put it into its place. */
  enter(slot: number, generation: number, number: number, isOwner: boolean): void {
    this.isIn[slot] = 1;
    this.generations[slot] = generation;
    this.codedAt[slot] = number;
    this.streaks[slot] = STREAK_MAX;
    this.isOwner[slot] = isOwner ? 1 : 0;
  }

  /** An entity is gone, because it was destroyed or only out of view. */
  leave(slot: number, isDestroyed: boolean): void {
    this.isIn[slot] = 0;
    this.wasDestroyed[slot] = isDestroyed ? 1 : 0;
  }

  /** Takes `enters`, the first `count` of a rising list, into the order, and what has left out of it. */
  merge(enters: Uint16Array, count: number): void {
    const { slots, merged, isIn } = this;
    let end = 0;
    let at = 0;
    for (let i = 0; i < this.count; i++) {
      const slot = slots[i]!;
      for (; at < count && enters[at]! < slot; at++) merged[end++] = enters[at]!;
      // A slot that enters again is in the list already.
      if (at < count && enters[at] === slot) at += 1;
      if (isIn[slot] === 1) merged[end++] = slot;
    }
    for (; at < count; at++) merged[end++] = enters[at]!;
    for (let i = 0; i < end; i++) slots[i] = merged[i]!;
    this.count = end;
  }

  /** Takes over what another peer holds, who was sent the same. Nothing of it is an owner's alone. */
  follow(other: KindView): void {
    this.clear();
    this.unison = other.unison;
    for (let i = 0; i < other.count; i++) {
      const slot = other.slots[i]!;
      this.slots[i] = slot;
      this.isIn[slot] = 1;
      this.generations[slot] = other.generations[slot]!;
      this.codedAt[slot] = other.codedAtOf(slot);
      this.streaks[slot] = other.streaks[slot]!;
      this.isOwner[slot] = other.isOwner[slot]!;
    }
    this.count = other.count;
  }

  /** Says that the row of snapshot `number` was sent, `isNext` where that follows the one the peer had. */
  coded(slot: number, number: number, isNext: boolean): void {
    this.codedAt[slot] = number;
    const streak = this.streaks[slot]!;
    this.streaks[slot] = isNext ? Math.min(STREAK_MAX, streak + 1) : 0;
  }
}

/** What one peer holds: a view of each kind, and the number of the last snapshot it was sent. */
export class PeerView {
  readonly kinds: readonly KindView[];
  /** -1 before the first snapshot. */
  number = -1;

  /** For each kind, the most entities that it has. */
  constructor(capacities: readonly number[]) {
    this.kinds = capacities.map((capacity) => new KindView(capacity));
  }

  /** Takes over what another peer holds, who was sent the same packets. */
  follow(other: PeerView): void {
    for (let kind = 0; kind < this.kinds.length; kind++) this.kinds[kind]!.follow(other.kinds[kind]!);
    this.number = other.number;
  }

  /** Begins anew: the next snapshot is a reset. */
  clear(): void {
    for (const kind of this.kinds) kind.clear();
    this.number = -1;
  }
}

/** The codec that speaks a version of the schema; undefined where the version does not have the kind. */
export function snapshotCodecOf({ snapshots }: AnyEntityCodec, version: number) {
  return snapshots.find(({ since }) => since <= version);
}
