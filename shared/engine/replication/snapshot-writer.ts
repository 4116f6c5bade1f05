import { BitWriter } from "../wire/bit-writer.ts";
import { restrict } from "./budget.ts";
import { Fate, type KindPart, KindPlan, type Moment } from "./kind-plan.ts";
import { type PeerView, STREAK_MAX } from "./peer-view.ts";
import {
  CODED_ORDER,
  indexBits,
  ORDER_BITS,
  orderFor,
  SNAPSHOT_BYTES_MAX,
  SNAPSHOTS_PER_CHECK,
} from "./snapshot-layout.ts";
import { viewChecksum, writtenKind } from "./view-checksum.ts";

/** Who the snapshot is for, and what is to be in it. */
export interface SnapshotRequest extends Moment {
  /** The tick of the state, which a reset says whole. */
  readonly tick: number;
  readonly peer: PeerView;
  /** For each kind; undefined where the peer's version does not have it. */
  readonly parts: readonly (KindPart | undefined)[];
  /** At most so many bytes, if the peer's own entities and its losses allow. */
  readonly bytesMax: number;
}

/** Flags, the tick of a reset, a checksum. */
const HEAD_BITS_MAX = 3 + 32 + 32;

/**
 * Writes the bodies of snapshots, of one room for all its peers.
 *
 *     reset 1 · partial 1 · check 1 · [tick 32]
 *     for each kind: lists 1 · [leaves] · [enters] · those in view that go on, in order of their slots
 *     [checksum 32]
 */
export class SnapshotWriter {
  /** For each kind: bits that it took in the last snapshot. */
  readonly kindBits: Float64Array;
  private readonly writer = new BitWriter(SNAPSHOT_BYTES_MAX + 8192);
  /** The last body, and behind it nothing of worth. */
  readonly bytes = this.writer.bytes;
  private readonly own: BitWriter;
  private readonly plans: readonly KindPlan[];

  /** For each kind: the most entities, and the most bits of one. */
  constructor(kinds: readonly { readonly capacity: number; readonly bitsMax: number }[]) {
    const bytes = kinds.map(({ capacity, bitsMax }) => capacity * 4 * Math.ceil((3 * bitsMax) / 32));
    this.own = new BitWriter(bytes.reduce((sum, each) => sum + each, 0));
    this.kindBits = new Float64Array(kinds.length);
    this.plans = kinds.map(({ capacity }) => new KindPlan(capacity, this.own));
  }

  /** The body, good until the next call. The peer's view is afterwards what its reader's will be. */
  write(request: SnapshotRequest): Uint8Array {
    return this.bytes.subarray(0, this.writeBody(request));
  }

  /** As `write`, without making a view: how many of `bytes` the body has. */
  writeBody(request: SnapshotRequest): number {
    const { peer, parts, bytesMax } = request;
    const isReset = peer.number < 0;
    const isPartial = this.plan(request, Math.min(bytesMax, SNAPSHOT_BYTES_MAX) * 8);
    const isCheck = request.number % SNAPSHOTS_PER_CHECK === 0;
    const { writer } = this;
    writer.clear();
    writer.put((isReset ? 1 : 0) | (isPartial ? 2 : 0) | (isCheck ? 4 : 0), 3);
    if (isReset) writer.put(request.tick, 32);
    for (let kind = 0; kind < parts.length; kind++) {
      const start = writer.bits;
      if (parts[kind] !== undefined) this.writeKind(this.plans[kind]!, isPartial, request);
      this.kindBits[kind] = writer.bits - start;
    }
    peer.number = request.number;
    if (isCheck) {
      const held = parts.map((part, kind) => part && writtenKind(kind, part));
      writer.put(viewChecksum(held, request.number), 32);
    }
    return writer.finish();
  }

  /** Decides what is said; returns whether something has to be left out. */
  private plan(request: SnapshotRequest, bitsMax: number): boolean {
    const { parts } = request;
    this.own.clear();
    let bits = HEAD_BITS_MAX;
    for (let kind = 0; kind < parts.length; kind++) {
      const part = parts[kind];
      if (part !== undefined) bits += this.plans[kind]!.planAll(part, request) + listBitsMax(part);
    }
    // The last word is stored too: bits are copied out of the store.
    this.own.align();
    if (bits <= bitsMax) return false;
    const plans = this.plans.filter((_, kind) => parts[kind] !== undefined);
    for (const plan of plans) plan.planEach(request);
    this.own.align();
    return restrict(plans, bitsMax - HEAD_BITS_MAX, request.number);
  }

  private writeKind(plan: KindPlan, isPartial: boolean, moment: Moment): void {
    const { view } = plan.part;
    const hasLists = plan.leaveCount + plan.enterCount > 0;
    this.writer.put(hasLists ? 1 : 0, 1);
    if (hasLists) this.writeLists(plan, moment.number);
    if (isPartial) this.writeChoice(plan);
    if (plan.isUnison) this.writeUnison(plan, moment);
    else this.writeSurvivors(plan, moment, isPartial);
    if (hasLists) this.applyLists(plan, moment.number);
    plan.release(isPartial);
    if (hasLists) view.merge(plan.enters, plan.enterCount);
  }

  private writeLists(plan: KindPlan, number: number): void {
    const { writer } = this;
    const { view } = plan.part;
    writer.golomb(plan.leaveCount, 0);
    const bits = indexBits(view.count);
    for (let i = 0; i < view.count && plan.leaveCount > 0; i++) {
      const slot = view.slots[i]!;
      if (plan.fates[slot] !== Fate.LEAVES) continue;
      writer.put(i, bits);
      const isDestroyed = isSeenToEnd(plan.part, slot, number) ? 1 : 0;
      view.wasDestroyed[slot] = isDestroyed;
      writer.put(isDestroyed, 1);
    }
    writer.golomb(plan.enterCount, 0);
    if (plan.enterCount === 0) return;
    const order = orderFor(view.lastSlot, plan.enterCount);
    for (let i = 0, next = 0; i < plan.enterCount; i++) {
      const slot = plan.enters[i]!;
      writer.golomb(slot - next, order);
      next = slot + 1;
      this.copy(plan, slot);
    }
  }

  /** Says which of those that go on are coded: how many, and how many are left out in front of each. */
  private writeChoice(plan: KindPlan): void {
    const { writer } = this;
    const { coded, order } = plan.choice();
    writer.golomb(coded, CODED_ORDER);
    writer.put(order, ORDER_BITS);
    plan.eachGap((gap) => {
      writer.golomb(gap, order);
    });
  }

  /** Copies the shared bits of all that goes on. */
  private writeUnison(plan: KindPlan, { number }: Moment): void {
    const { writer } = this;
    const { fates, leaveCount } = plan;
    const { view, shared } = plan.part;
    const { starts, lengths, writer: source } = shared;
    const { slots, count } = view;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      if (leaveCount > 0 && fates[slot] !== Fate.CODED) continue;
      writer.copy(source, starts[slot]!, lengths[slot]!);
    }
    view.unison = number;
  }

  private writeSurvivors(plan: KindPlan, { number }: Moment, isPartial: boolean): void {
    const { writer, own } = this;
    const { view, shared } = plan.part;
    const { fates, starts, lengths, isOwn } = plan;
    const before = number - 1;
    let isInStep = !isPartial;
    for (let i = 0; i < view.count; i++) {
      const slot = view.slots[i]!;
      if (fates[slot] !== Fate.CODED) continue;
      writer.copy(isOwn[slot] === 1 ? own : shared.writer, starts[slot]!, lengths[slot]!);
      view.coded(slot, number, view.codedAt[slot] === before);
      isInStep &&= view.streaks[slot] === STREAK_MAX && view.isOwner[slot] === 0;
    }
    if (isInStep) view.unison = number;
  }

  private applyLists(plan: KindPlan, number: number): void {
    const { view, shared, changes } = plan.part;
    const { leaves } = changes;
    for (let i = 0; i < plan.leaveCount; i++) {
      view.leave(leaves[i]!, view.wasDestroyed[leaves[i]!] === 1);
    }
    for (let i = 0; i < plan.enterCount; i++) {
      const slot = plan.enters[i]!;
      const isOwner = shared.hasOwnerFields && changes.isOwner[slot] === 1;
      // What an owner gets is not what peers share.
      if (isOwner) view.endUnison();
      view.enter(slot, shared.table.generationOf(slot), number, isOwner);
    }
  }

  private copy(plan: KindPlan, slot: number): void {
    const { writer, own } = this;
    writer.copy(plan.isOwn[slot] === 1 ? own : plan.part.shared.writer, plan.starts[slot]!, plan.lengths[slot]!);
  }
}

/**
 * Whether an entity was destroyed since the snapshot before, which coded it. What was out of view or left out then may
 * have been hidden when it ended: how it ended is not told.
 */
function isSeenToEnd({ view, shared }: KindPart, slot: number, number: number): boolean {
  return view.codedAtOf(slot) === number - 1 && !shared.isAlive(slot, view.generations[slot]!);
}

/** The most bits that the lists of a kind take besides the entities that enter. */
function listBitsMax({ view, changes }: KindPart): number {
  return 73 + changes.leaveCount * (indexBits(view.count) + 1) + changes.enterCount * 33;
}
