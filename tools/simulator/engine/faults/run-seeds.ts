import type { GameTypes } from "#engine/shared";
import type { FaultPlan } from "./fault-plan.ts";
import type { BrokenInvariant } from "../invariants/invariant.ts";
import { type FaultRunOptions, runFaults } from "./run-faults.ts";
import { shrinkPlan } from "./shrink-plan.ts";

/** Sessions under faults, one for each seed. */
export interface SeedRunsOptions<Types extends GameTypes> extends Omit<FaultRunOptions<Types>, "seed"> {
  readonly firstSeed: number;
  readonly count: number;
  /** Told after each session how many there have been. */
  readonly onDone?: (sessions: number) => void;
  /** Told of each session that goes wrong, when its plan is as short as can be. */
  readonly onFailed: (failed: FailedRun) => void;
}

/** A session that goes wrong. */
export interface FailedRun {
  readonly seed: number;
  /** The shortest plan that was found to break what broke first. */
  readonly plan: FaultPlan;
  /** What breaks under that plan, at least one. */
  readonly brokenInvariants: readonly BrokenInvariant[];
}

/** Sessions that may be played to make the plan of one that fails shorter. */
const SHRINK_RUNS_MAX = 150;

/** Plays a session for each seed; returns how many went wrong. */
export function runSeeds<Types extends GameTypes>(options: SeedRunsOptions<Types>): number {
  const { firstSeed, count, onDone, onFailed } = options;
  let failed = 0;
  for (let i = 0; i < count; i++) {
    const run = failedRunOf({ ...options, seed: firstSeed + i });
    if (run !== undefined) {
      failed += 1;
      onFailed(run);
    }
    onDone?.(i + 1);
  }
  return failed;
}

/** Undefined when all holds. */
function failedRunOf<Types extends GameTypes>(options: FaultRunOptions<Types>): FailedRun | undefined {
  const { seed, plan, brokenInvariants } = runFaults(options);
  const first = brokenInvariants[0];
  if (first === undefined) return undefined;
  const brokenUnder = (shorter: FaultPlan) => runFaults({ ...options, plan: shorter }).brokenInvariants;
  const short = shrinkPlan(
    plan,
    (shorter) => brokenUnder(shorter).some(({ invariant }) => invariant === first.invariant),
    SHRINK_RUNS_MAX,
  );
  return { seed, plan: short, brokenInvariants: brokenUnder(short) };
}
