import { Fate, type KindPlan } from "./kind-plan.ts";
import { indexBits } from "./snapshot-layout.ts";

/** Of the budget: what losses may take of it at most, and what newcomers may take in front of news. */
const LEAVES_SHARE = 1 / 4;
const ENTERS_SHARE = 1 / 2;
/** Counts and orders of a kind's lists. */
const KIND_BITS_MAX = 100;
/** Where an entity stands among the others, when it is one of some. */
const CHOICE_BITS_MAX = 33;
const GAP_BITS = 33;

interface Candidate {
  readonly plan: KindPlan;
  readonly slot: number;
  readonly urgency: number;
  readonly bits: number;
}

/**
 * Cuts plans that say everything down to `bitsMax`: losses first, up to a share; what must be sent; newcomers, up to a
 * share, the most urgent first; then the most urgent of the rest, and newcomers again with what is left.
 *
 * Urgency is weight × snapshots since the entity was last sent, so that it grows until it is sent, and nothing starves
 * (priority accumulation, as in the networking of Starsiege: Tribes and Halo: Reach).
 */
export function restrict(plans: readonly KindPlan[], bitsMax: number, number: number): void {
  let left = bitsMax - plans.length * KIND_BITS_MAX;
  left -= takeLeaves(plans, left * LEAVES_SHARE);
  const candidates = plans.flatMap((plan) => candidatesOf(plan, number)).sort(moreUrgent);
  for (const { plan, slot } of candidates) plan.fates[slot] = Fate.LEFT_OUT;
  const musts = candidates.filter(({ urgency }) => urgency === Infinity);
  for (const candidate of musts) left -= code(candidate);
  const entering = takeEnters(plans, left * ENTERS_SHARE);
  left -= entering.bits;
  for (const candidate of candidates) {
    if (candidate.urgency === Infinity || candidate.bits + CHOICE_BITS_MAX > left) continue;
    left -= code(candidate);
  }
  takeEnters(plans, left + entering.bits);
}

function code({ plan, slot, bits }: Candidate): number {
  plan.fates[slot] = Fate.CODED;
  return bits + CHOICE_BITS_MAX;
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
    const urgency = changes.weights[slot]! * (number - view.codedAt[slot]!);
    candidates.push({ plan, slot, urgency, bits: plan.lengths[slot]! });
  }
  return candidates;
}

/** A full tie-break: what is chosen must not depend on how an engine sorts. */
function moreUrgent(a: Candidate, b: Candidate): number {
  return b.urgency - a.urgency || a.slot - b.slot;
}

/** Kind by kind, as many of the first ones as fit; returns how many bits they take. */
function takeEnters(plans: readonly KindPlan[], bitsMax: number): { readonly bits: number } {
  let bits = 0;
  for (const plan of plans) {
    const { changes } = plan.part;
    let count = 0;
    for (; count < changes.enterCount; count++) {
      const cost = plan.lengths[changes.enters[count]!]! + GAP_BITS;
      if (bits + cost > bitsMax) break;
      bits += cost;
    }
    plan.takeEnters(count);
  }
  return { bits };
}
