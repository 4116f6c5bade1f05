import type { FaultPlan } from "./engine/faults/fault-plan.ts";

/** A session under faults that has gone wrong once, and what it was that did. It stays here, and is run by every test. */
export interface FailedSeed {
  /** What did not hold, and why. */
  readonly what: string;
  readonly seed: number;
  readonly plan: FaultPlan;
}
