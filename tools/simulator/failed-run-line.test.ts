import { expect, test } from "vitest";
import { failedRunLine } from "./failed-run-line.ts";
import { parseSimulateOptions } from "./simulate-options.ts";

const PLAN = { seconds: 9, links: ["3g"], faults: [{ kind: "reset", player: 0, atMs: 700 }] } as const;

test("a failed run is one line: what broke, when, whose, how, and a command with which the same seed and plan are played", () => {
  const broken = { invariant: "all is well", atMs: 8_033.4, player: 2, says: "expected 1, found 2" };
  const line = failedRunLine({ seed: 17, plan: PLAN, brokenInvariants: [broken, { ...broken, atMs: 9_000 }] });

  expect(line).toBe(
    "seed 17: broken: all is well (8033 ms, player 2: expected 1, found 2): npm run simulate -- --faults 1 --seed 17 " +
      `--plan '{"seconds":9,"links":["3g"],"faults":[{"kind":"reset","player":0,"atMs":700}]}'\n`,
  );
  const words = line.trimEnd().split(" -- ")[1]!.split(" ");
  const argv = words.map((word) => word.replaceAll("'", ""));
  expect(parseSimulateOptions(argv, () => "")).toMatchObject({ sessions: 1, seed: 17, plan: PLAN });
});

test("of packets that were not the same twice, the command plays it twice", () => {
  const invariant = "two runs of a seed and a plan give the same packets";
  const broken = { invariant, atMs: 9_000, player: undefined, says: "expected 1, found 2" };

  expect(failedRunLine({ seed: 17, plan: PLAN, brokenInvariants: [broken] })).toContain(
    "(9000 ms: expected 1, found 2)",
  );
  expect(failedRunLine({ seed: 17, plan: PLAN, brokenInvariants: [broken] })).toContain(
    " --faults 1 --twice --seed 17 ",
  );
});
