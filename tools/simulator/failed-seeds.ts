import type { FaultPlan } from "./engine/faults/fault-plan.ts";

/** A session of Arena under faults that has gone wrong once. */
export interface FailedSeed {
  /** What did not hold, and why. */
  readonly what: string;
  readonly seed: number;
  readonly plan: FaultPlan;
}

/** They are played by every test, and none is ever taken out. */
export const FAILED_SEEDS: readonly FailedSeed[] = [
  {
    what: "a player who was given up before its first answer was acked for ever by a room that had forgotten it",
    seed: 699,
    plan: {
      seconds: 20,
      links: ["8M/50/j5", "outage", "8M/100", "outage"],
      faults: [{ kind: "outage", player: 2, atMs: 180, lastsMs: 5_851 }],
    },
  },
];
