import { expect, test } from "vitest";
import { simulateFaults } from "./fault-run.ts";

/** Two files, so that two workers share the work. */
test(
  "all that must hold does, in Arena with 4 players under the faults of seeds 1 to 100",
  { timeout: 300_000 },
  async () => {
    const done = await simulateFaults("100", "--seed", "1");

    expect(done).toEqual({ said: "100 sessions under faults, 0 went wrong\n", code: 0 });
  },
);

test("seeds 1 to 4 send the same packets twice", { timeout: 60_000 }, async () => {
  const done = await simulateFaults("4", "--twice");

  expect(done).toEqual({ said: "4 sessions under faults, 0 went wrong\n", code: 0 });
});
