import { expect, test } from "vitest";
import { type FeelRules, run, runFaults } from "tickwire/testing";
import { chase } from "./chase.ts";
import { slotOf, tag, type TagTypes } from "./simulation.ts";

/** Who was it before the tick, by slot: a tag changes how fast two runners may run, which neither can foresee. */
const wasIt: number[] = [];
const feel: FeelRules<TagTypes> = {
  beforeTick: ({ runners }) => {
    for (const slot of runners.slots()) wasIt[slot] = runners.columns.isIt[slot]!;
  },
  isDisturbed: (world, playerId) => {
    const slot = slotOf(world, playerId);
    return slot !== undefined && world.runners.columns.isIt[slot] !== wasIt[slot];
  },
};

test("four chase each other over 4g for 10 s: of 100 snapshots 99 move nobody's own runner by a whole unit", () => {
  const report = run({ game: tag, play: chase, players: 4, link: "4g", seed: 1, seconds: 10, feel });

  expect(report.brokenInvariants).toEqual([]);
  expect(report.correctionPx.p99).toBeLessThan(1);
  expect(report.calmCorrectionPx.p99).toBe(0);
  expect(report.lateInputShare).toBeLessThan(0.02);
  expect(report.underrunShare).toBeLessThan(0.02);
});

test.each([1, 2])("seed %i: four chase each other for 20 s under faults, and all holds that must", (seed) => {
  expect(runFaults({ game: tag, play: chase, seed }).brokenInvariants).toEqual([]);
});
