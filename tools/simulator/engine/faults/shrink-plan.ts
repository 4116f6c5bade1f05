import type { Fault, FaultPlan } from "./fault-plan.ts";

/** Says whether a session under this plan still goes wrong. */
export type StillFails<Tried> = (tried: Tried) => boolean;

/** No more sessions than this are tried to make one plan shorter. */
export const SHRINK_RUNS_MAX = 400;
/** What lasts no longer than this is short enough. */
const SHORT_MS = 50;

/**
 * A short plan that still fails, from one that does: without any of its faults it would not, and none lasts much longer
 * than it has to. After `runsMax` sessions it is whatever has been found by then.
 */
export function shrinkPlan(plan: FaultPlan, stillFails: StillFails<FaultPlan>, runsMax = SHRINK_RUNS_MAX): FaultPlan {
  let runs = 0;
  const fails = (faults: readonly Fault[]): boolean => ++runs <= runsMax && stillFails({ ...plan, faults });
  return { ...plan, faults: shorten(minimize(plan.faults, fails), fails) };
}

/**
 * A part of a list that still fails, in its order, of which nothing can be left out: the algorithm ddmin (Zeller and
 * Hildebrandt, "Simplifying and isolating failure-inducing input", 2002). The whole list is taken to fail.
 */
export function minimize<Item>(items: readonly Item[], stillFails: StillFails<readonly Item[]>): readonly Item[] {
  if (stillFails([])) return [];
  let kept = items;
  let parts = 2;
  while (kept.length >= 2) {
    const pieces = split(kept, parts);
    const piece = pieces.find((each) => stillFails(each));
    const rests = parts === 2 ? [] : pieces.map((each) => kept.filter((item) => !each.includes(item)));
    const rest = piece === undefined ? rests.find((each) => stillFails(each)) : undefined;
    if (piece !== undefined) [kept, parts] = [piece, 2];
    else if (rest !== undefined) [kept, parts] = [rest, Math.max(2, parts - 1)];
    else if (parts === kept.length) break;
    else parts = Math.min(kept.length, 2 * parts);
  }
  return kept;
}

/** So many pieces, each as long as the others or by one shorter, none empty. */
function split<Item>(items: readonly Item[], parts: number): readonly Item[][] {
  return Array.from({ length: parts }, (_, i) =>
    items.slice(Math.floor((i * items.length) / parts), Math.floor(((i + 1) * items.length) / parts)),
  );
}

/** Halves how long each lasts, as often as it still fails then. */
function shorten(faults: readonly Fault[], stillFails: StillFails<readonly Fault[]>): readonly Fault[] {
  let kept = faults;
  for (let i = 0; i < kept.length; i++) {
    for (let fault = kept[i]!; "lastsMs" in fault && fault.lastsMs > SHORT_MS; fault = kept[i]!) {
      const shorter = kept.with(i, { ...fault, lastsMs: Math.floor(fault.lastsMs / 2) });
      if (!stillFails(shorter)) break;
      kept = shorter;
    }
  }
  return kept;
}
