import type { FaultPlan } from "./engine/faults/fault-plan.ts";

/** A session of Arena under faults that has gone wrong once. */
export interface FailedSeed {
  /** What did not hold, and why. */
  readonly what: string;
  readonly seed: number;
  readonly plan: FaultPlan;
}

/** They are played by every test, and none is ever taken out. */
export const FAILED_SEEDS: readonly FailedSeed[] = [];
