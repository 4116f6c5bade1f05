import type { BitWriter } from "../wire/bit-writer.ts";
import { type KindView, STREAK_MAX } from "./peer-view.ts";
import { HISTORY_SNAPSHOTS } from "./row-history.ts";
import {
  CODED_ORDER,
  GENERATION_BITS,
  GENERATION_MASK,
  golombBits,
  indexBits,
  ORDER_BITS,
  orderFor,
} from "./snapshot-layout.ts";
import type { SharedDeltas } from "./shared-deltas.ts";
import type { ViewChanges } from "./view-changes.ts";

/** What a snapshot does with a slot: says how it goes on, leaves it as the peer has it, lets it go, sends it whole. */
export const Fate = { CODED: 0, LEFT_OUT: 1, LEAVES: 2, ENTERS: 3 } as const;

/** Which snapshot is written, and how many ticks after the one before. */
export interface Moment {
  readonly number: number;
  readonly ticks: number;
}

/** A peer's view of one kind, how it is to change, and where the bits of the kind are made. */
export interface KindPart {
  readonly view: KindView;
  readonly changes: ViewChanges;
  readonly shared: SharedDeltas;
}

/**
 * What one snapshot says of one kind, made ready: the bits of everything that might be said, and for each slot whether
 * it is. One plan serves packet after packet.
 */
export class KindPlan {
  part!: KindPart;
  /** By slot: a `Fate`, for what is in view or would enter. */
  readonly fates: Uint8Array;
  /** Of what enters, the slots, rising: the first `enterCount`. */
  readonly enters: Uint16Array;
  enterCount = 0;
  /** Of those that could enter, how many were let: some may have to wait all the same. */
  triedCount = 0;
  leaveCount = 0;
  /** All that goes on is in step, and its bits are those that peers share: nothing is noted for each entity. */
  isUnison = false;
  /** By slot: where its bits begin, in `own` or in those that peers share, and how many there are. */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly isOwn: Uint8Array;
  /** Bits that are this peer's alone. */
  private readonly own: BitWriter;

  constructor(capacity: number, own: BitWriter) {
    this.own = own;
    this.fates = new Uint8Array(capacity);
    this.enters = new Uint16Array(capacity);
    this.starts = new Int32Array(capacity);
    this.lengths = new Int32Array(capacity);
    this.isOwn = new Uint8Array(capacity);
  }

  /** Plans to say everything; returns how many bits the entities take, or some more. */
  planAll(part: KindPart, moment: Moment): number {
    this.part = part;
    const { view, changes } = part;
    this.takeLeaves(changes.leaveCount);
    this.takeEnters(changes.enterCount);
    this.isUnison = view.unison >= 0 && view.unison === moment.number - 1 && !this.sendsAnew();
    if (this.isUnison) return this.codeEnters() + this.sharedBits();
    view.endUnison();
    return this.codeEnters() + this.codeSurvivors(moment);
  }

  /** Gives up being in unison, for a snapshot that leaves something out. */
  planEach(moment: Moment): void {
    if (!this.isUnison) return;
    this.isUnison = false;
    this.part.view.endUnison();
    this.codeSurvivors(moment);
  }

  /** Forgets what was planned: `fates` are all `CODED` between two snapshots. */
  release(isPartial: boolean): void {
    const { fates, part } = this;
    const { changes, view } = part;
    for (let i = 0; i < changes.leaveCount; i++) fates[changes.leaves[i]!] = Fate.CODED;
    for (let i = 0; i < changes.enterCount; i++) fates[changes.enters[i]!] = Fate.CODED;
    if (!isPartial) return;
    for (let i = 0; i < view.count; i++) fates[view.slots[i]!] = Fate.CODED;
  }

  /** Whether something in view is sent whole. */
  private sendsAnew(): boolean {
    const { changes, view } = this.part;
    for (let i = 0; i < changes.enterCount; i++) if (view.isIn[changes.enters[i]!] === 1) return true;
    return false;
  }

  /** The bits of all in view, in what peers share. */
  private sharedBits(): number {
    const { view, shared } = this.part;
    const { slots, count } = view;
    const { lengths } = shared;
    let bits = 0;
    for (let i = 0; i < count; i++) bits += lengths[slots[i]!]!;
    return bits;
  }

  /** Of those that could leave, the first `count` do; the others are left out. */
  takeLeaves(count: number): void {
    const { changes } = this.part;
    for (let i = 0; i < changes.leaveCount; i++) {
      this.fates[changes.leaves[i]!] = i < count ? Fate.LEAVES : Fate.LEFT_OUT;
    }
    this.leaveCount = count;
  }

  /** Of those that could enter, the first `count` do; a slot whose last entity is still in view has to wait. */
  takeEnters(count: number): void {
    const { changes, view } = this.part;
    this.enterCount = 0;
    this.triedCount = count;
    for (let i = 0; i < changes.enterCount; i++) {
      const slot = changes.enters[i]!;
      if (i < count && this.fates[slot] !== Fate.LEFT_OUT) {
        if (this.fates[slot] !== Fate.LEAVES) this.fates[slot] = Fate.ENTERS;
        this.enters[this.enterCount++] = slot;
      } else if (view.isIn[slot] === 1 && this.fates[slot] !== Fate.LEAVES) this.fates[slot] = Fate.LEFT_OUT;
    }
    if (this.enterCount > 1) this.enters.subarray(0, this.enterCount).sort();
  }

  /** How many bits this takes: lists, the choice where there is one, and entities. */
  bitsOf(isPartial: boolean): number {
    const { view } = this.part;
    let bits = 1;
    if (this.leaveCount + this.enterCount > 0) {
      bits += golombBits(this.leaveCount, 0) + this.leaveCount * (indexBits(view.count) + 1) + this.enterBits();
    }
    return bits + this.survivorBits() + (isPartial ? this.choiceBits() : 0);
  }

  private enterBits(): number {
    const { enters, enterCount, lengths } = this;
    let bits = golombBits(enterCount, 0);
    const order = orderFor(this.part.view.lastSlot, enterCount);
    for (let i = 0, next = 0; i < enterCount; i++) {
      const slot = enters[i]!;
      bits += golombBits(slot - next, order) + lengths[slot]!;
      next = slot + 1;
    }
    return bits;
  }

  private survivorBits(): number {
    const { fates, lengths } = this;
    const { view } = this.part;
    let bits = 0;
    for (let i = 0; i < view.count; i++) {
      const slot = view.slots[i]!;
      if (fates[slot] === Fate.CODED) bits += lengths[slot]!;
    }
    return bits;
  }

  private choiceBits(): number {
    const choice = this.choice();
    let bits = golombBits(choice.coded, CODED_ORDER) + ORDER_BITS;
    this.eachGap((gap) => {
      bits += golombBits(gap, choice.order);
    });
    return bits;
  }

  /** How many of those that go on are coded, and the order of the code for the gaps between them. */
  choice(): { readonly coded: number; readonly order: number } {
    const { fates } = this;
    const { view } = this.part;
    let coded = 0;
    let leftOut = 0;
    for (let i = 0; i < view.count; i++) {
      const fate = fates[view.slots[i]!];
      if (fate === Fate.CODED) coded += 1;
      else if (fate === Fate.LEFT_OUT) leftOut += 1;
    }
    return { coded, order: orderFor(leftOut, coded) };
  }

  /** How many are left out in front of each that is coded. */
  eachGap(visit: (gap: number) => void): void {
    const { fates } = this;
    const { view } = this.part;
    for (let i = 0, gap = 0; i < view.count; i++) {
      const fate = fates[view.slots[i]!];
      if (fate === Fate.LEFT_OUT) gap += 1;
      if (fate !== Fate.CODED) continue;
      visit(gap);
      gap = 0;
    }
  }

  /** Makes the bits of all that enters: its generation, its row and state, and to whom it belongs. */
  private codeEnters(): number {
    const { own, enters, starts, lengths, isOwn, part } = this;
    const { codec, history, states, table } = part.shared;
    let bits = 0;
    for (let i = 0; i < this.enterCount; i++) {
      const slot = enters[i]!;
      const start = own.align();
      const generation = table.generationOf(slot);
      own.put(generation === 0 ? 0 : 1, 1);
      if (generation !== 0) own.put(generation & GENERATION_MASK, GENERATION_BITS);
      const now = history.newest + slot * table.codec.rowInts;
      codec.writeRow(own, history.rows, now);
      codec.writeState(own, states, slot * codec.stateInts);
      if (part.shared.hasOwnerFields) this.codeOwner(slot, now);
      starts[slot] = start;
      lengths[slot] = own.bits - 32 * start;
      isOwn[slot] = 1;
      bits += lengths[slot];
    }
    return bits;
  }

  private codeOwner(slot: number, now: number): void {
    const { changes, shared } = this.part;
    const isOwner = changes.isOwner[slot]!;
    this.own.put(isOwner, 1);
    if (isOwner === 1) shared.codec.writeOwner(this.own, shared.history.rows, now, -1);
  }

  /** Finds or makes the bits of all that goes on. */
  private codeSurvivors(moment: Moment): number {
    const { fates, starts, lengths, isOwn } = this;
    const { view, shared } = this.part;
    const { slots, codedAt, streaks, isOwner } = view;
    const before = moment.number - 1;
    let bits = 0;
    for (let i = 0; i < view.count; i++) {
      const slot = slots[i]!;
      if (fates[slot] !== Fate.CODED) continue;
      if (codedAt[slot] === before && streaks[slot] === STREAK_MAX && isOwner[slot] === 0) {
        starts[slot] = shared.starts[slot]!;
        lengths[slot] = shared.lengths[slot]!;
        isOwn[slot] = 0;
      } else this.codeAlone(slot, moment);
      bits += lengths[slot]!;
    }
    return bits;
  }

  /** An entity that this peer is not in step with, or owns. */
  private codeAlone(slot: number, { number, ticks }: Moment): void {
    const { own, part } = this;
    const { view, shared } = part;
    const { codec, history } = shared;
    const start = own.align();
    const lag = number - view.codedAt[slot]!;
    const now = history.offsetOf(number, slot);
    const base = lag < HISTORY_SNAPSHOTS ? history.offsetOf(number - lag, slot) : -1;
    if (base < 0) codec.writeRow(own, history.rows, now);
    else if (lag === 1 && view.streaks[slot] === STREAK_MAX) {
      own.copy(shared.writer, shared.starts[slot]!, shared.lengths[slot]!);
    } else codec.writeLagged(own, history.rows, now, base, lag * ticks);
    if (view.isOwner[slot] === 1) codec.writeOwner(own, history.rows, now, base);
    this.starts[slot] = start;
    this.lengths[slot] = own.bits - 32 * start;
    this.isOwn[slot] = 1;
  }
}
