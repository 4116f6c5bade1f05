import { expect, test } from "vitest";
import { simulateFaults } from "./fault-run.ts";

/** Two files, so that two workers share the work. */
test(
  "all that must hold does, in Arena with 4 players under the faults of seeds 101 to 200",
  { timeout: 300_000 },
  async () => {
    const done = await simulateFaults("100", "--seed", "101");

    expect(done).toEqual({ said: "100 sessions under faults, 0 went wrong\n", code: 0 });
  },
);
