import { Fate, type KindPlan } from "./kind-plan.ts";
import { indexBits } from "./snapshot-layout.ts";

/** Of the budget: what losses may take of it at most, and what newcomers may take in front of news. */
const LEAVES_SHARE = 1 / 4;
const ENTERS_SHARE = 1 / 2;
/** What is left for others, however much a player owns. */
const OTHERS_SHARE = 1 / 8;
/** About what it costs to say that an entity is one of those that are coded. */
const CHOICE_BITS = 5;
const GAP_BITS = 12;

interface Candidate {
  readonly plan: KindPlan;
  readonly slot: number;
  readonly urgency: number;
  /** Snapshots since it was coded. */
  readonly age: number;
  readonly bits: number;
}

/**
 * Cuts plans that say everything down to `bitsMax`: losses first, up to a share; what must be sent; newcomers, up to a
 * share, the most urgent first; then the most urgent of the rest, and newcomers again with what is left. Returns
 * whether anything in view is left out.
 *
 * Urgency is weight × snapshots since the entity was last sent, so that it grows until it is sent, and nothing starves
 * (priority accumulation, as in the networking of Starsiege: Tribes and Halo: Reach).
 */
export function restrict(plans: readonly KindPlan[], bitsMax: number, number: number): boolean {
  if (bitsOf(plans, false) <= bitsMax) return false;
  let left = bitsMax - takeLeaves(plans, bitsMax * LEAVES_SHARE);
  const candidates = plans.flatMap((plan) => candidatesOf(plan, number)).sort(moreUrgent);
  for (const { plan, slot } of candidates) plan.fates[slot] = Fate.LEFT_OUT;
  const mustCount = candidates.filter(({ urgency }) => urgency === Infinity).length;
  const chosen: Candidate[] = [];
  const reserve = left * OTHERS_SHARE;
  for (const candidate of candidates.slice(0, mustCount)) {
    if (candidate.bits + CHOICE_BITS > left - reserve) continue;
    left -= code(candidate);
    chosen.push(candidate);
  }
  const entersBits = takeEnters(plans, left * ENTERS_SHARE);
  left -= entersBits;
  for (const candidate of candidates.slice(mustCount)) {
    if (candidate.bits + CHOICE_BITS > left) continue;
    left -= code(candidate);
    chosen.push(candidate);
  }
  takeEnters(plans, left + entersBits);
  trim(plans, chosen, bitsMax);
  return true;
}

/** The costs of lists are known when they are: takes back what is too much, the least urgent first. */
function trim(plans: readonly KindPlan[], chosen: Candidate[], bitsMax: number): void {
  for (let excess = bitsOf(plans, true) - bitsMax; excess > 0; excess = bitsOf(plans, true) - bitsMax) {
    const [entering] = [...plans].sort((a, b) => b.enterCount - a.enterCount);
    if (chosen.length > 1 || entering!.enterCount === 0) {
      for (let freed = 0; freed < excess && chosen.length > 0;) {
        const { plan, slot, bits } = chosen.pop()!;
        plan.fates[slot] = Fate.LEFT_OUT;
        freed += bits;
      }
      if (chosen.length === 0 && entering!.enterCount === 0) return;
    } else entering!.takeEnters(entering!.triedCount - 1);
  }
}

function bitsOf(plans: readonly KindPlan[], isPartial: boolean): number {
  return plans.reduce((sum, plan) => sum + plan.bitsOf(isPartial), 0);
}

function code({ plan, slot, bits }: Candidate): number {
  plan.fates[slot] = Fate.CODED;
  return bits + CHOICE_BITS;
}

function takeLeaves(plans: readonly KindPlan[], bitsMax: number): number {
  let bits = 0;
  for (const plan of plans) {
    const { changes, view } = plan.part;
    const each = indexBits(view.count) + 1;
    const count = Math.min(changes.leaveCount, Math.max(0, Math.floor((bitsMax - bits) / each)));
    plan.takeLeaves(count);
    bits += count * each;
  }
  return bits;
}

/** What goes on, and could be said. */
function candidatesOf(plan: KindPlan, number: number): Candidate[] {
  const { view, changes } = plan.part;
  const candidates: Candidate[] = [];
  for (let i = 0; i < view.count; i++) {
    const slot = view.slots[i]!;
    if (plan.fates[slot] !== Fate.CODED) continue;
    const age = number - view.codedAt[slot]!;
    candidates.push({ plan, slot, urgency: changes.weights[slot]! * age, age, bits: plan.lengths[slot]! });
  }
  return candidates;
}

/** A full tie-break: what is chosen must not depend on how an engine sorts. */
function moreUrgent(a: Candidate, b: Candidate): number {
  // Of what is infinitely urgent the oldest goes first: there may be more than fits.
  return (a.urgency === b.urgency ? 0 : b.urgency - a.urgency) || b.age - a.age || a.slot - b.slot;
}

/** As many newcomers as fit, in turn the most urgent one of each kind; returns about how many bits they take. */
function takeEnters(plans: readonly KindPlan[], bitsMax: number): number {
  const counts = plans.map(() => 0);
  let bits = 0;
  for (let isFull = false; !isFull;) {
    isFull = true;
    plans.forEach(({ part, lengths }, index) => {
      const next = counts[index]!;
      if (next === part.changes.enterCount) return;
      const cost = lengths[part.changes.enters[next]!]! + GAP_BITS;
      if (bits + cost > bitsMax) return;
      bits += cost;
      counts[index] = next + 1;
      isFull = false;
    });
  }
  plans.forEach((plan, index) => {
    plan.takeEnters(counts[index]!);
  });
  return bits;
}
