import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import type { Fault, FaultPlan } from "./fault-plan.ts";
import { minimize, shrinkPlan } from "./shrink-plan.ts";

/** 40 faults, of 4 s each. */
const PLAN: FaultPlan = {
  seconds: 20,
  links: ["lan", "lan", "lan", "lan"],
  faults: Array.from({ length: 40 }, (_, i): Fault => {
    return { kind: i % 2 === 0 ? "outage" : "freeze", player: i % 4, atMs: 200 * i, lastsMs: 4_000 };
  }),
};

/** Fails while a dark link of player 2 and a frozen program of player 1 are in it, the first for over a second. */
function fails({ faults }: FaultPlan): boolean {
  const isDark = faults.some((fault) => fault.atMs === 1_200 && "lastsMs" in fault && fault.lastsMs > 1_000);
  return isDark && faults.some(({ atMs }) => atMs === 6_600);
}

test("a plan of 40 faults of which two are needed comes down to those two, and these to what they have to last", () => {
  let runs = 0;
  const short = shrinkPlan(PLAN, (plan) => {
    runs += 1;
    return fails(plan);
  });

  expect(short).toEqual({
    ...PLAN,
    faults: [
      { kind: "outage", player: 2, atMs: 1_200, lastsMs: 2_000 },
      { kind: "freeze", player: 1, atMs: 6_600, lastsMs: 31 },
    ],
  });
  expect(runs).toBeLessThan(80);
});

test("a plan that fails by itself, without any fault, has none", () => {
  expect(shrinkPlan(PLAN, () => true).faults).toEqual([]);
});

test("after 10 sessions the plan is what has been found by then, and it fails", () => {
  let runs = 0;
  const short = shrinkPlan(
    PLAN,
    (plan) => {
      runs += 1;
      return fails(plan);
    },
    10,
  );

  expect(runs).toBe(10);
  expect(short.faults.length).toBeLessThan(40);
  expect(fails(short)).toBe(true);
});

test("of any list, what is left is just what is needed, wherever that is: 200 lists", () => {
  const rng = new Rng(1);
  for (let round = 0; round < 200; round++) {
    const items = Array.from({ length: 1 + rng.below(60) }, (_, i) => i);
    const needed = items.filter(() => rng.below(items.length) < 3);

    expect(minimize(items, (some) => needed.every((item) => some.includes(item)))).toEqual(needed);
  }
});
