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
  {
    what: "who left at once gave its number to one whose client is older, whose inputs were taken for those of who left",
    seed: 339,
    plan: {
      seconds: 20,
      links: ["4g", "3g", "25M/50", "8M/50/j5"],
      faults: [{ kind: "leave", player: 3, atMs: 174 }],
    },
  },
  {
    what: "a rock that dug a crater in the last tick made the terrains of all players look wrong",
    seed: 67,
    plan: {
      seconds: 20,
      links: ["8M/50/j5", "wifi-bad", "8M/50", "outage"],
      faults: [
        { kind: "hiccup", atMs: 3_667, lastsMs: 1_594 },
        { kind: "outage", player: 2, atMs: 4_191, lastsMs: 2_465 },
      ],
    },
  },
  {
    what: "an input too early for its tick stood in at once, before older ones that waited for theirs",
    seed: 90,
    plan: {
      seconds: 20,
      links: ["lan", "4g", "3g", "3g"],
      faults: [
        { kind: "hiccup", atMs: 72, lastsMs: 2_567 },
        { kind: "hiccup", atMs: 2_001, lastsMs: 2_139 },
      ],
    },
  },
];
