import { expect, test } from "vitest";
import { arenaUnderFaults } from "./arena-faults.ts";
import { runFaults } from "./engine/faults/run-faults.ts";
import { FAILED_SEEDS } from "./failed-seeds.ts";

const ARENA = arenaUnderFaults();

test.each(FAILED_SEEDS)("seed $seed holds again: $what", ({ seed, plan }) => {
  expect(runFaults({ ...ARENA, seed, plan, isTwice: true }).brokenInvariants).toEqual([]);
});
