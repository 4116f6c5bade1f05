import { arenaUnderFaults } from "./arena-faults.ts";
import type { FaultPlan } from "./engine/faults/fault-plan.ts";
import { type BrokenInvariant, runFaults } from "./engine/faults/run-faults.ts";

/** Of so many seeds, one is played twice. */
const TWICE_EVERY = 20;
const ARENA = arenaUnderFaults();

/** What breaks in Arena with four players who fight for 20 seconds, under the faults of a seed or of a plan. */
export function brokenInArena(seed: number, plan?: FaultPlan): readonly BrokenInvariant[] {
  const isTwice = plan !== undefined || seed % TWICE_EVERY < 2;
  return runFaults({ ...ARENA, seed, isTwice, ...(plan && { plan }) }).brokenInvariants;
}
