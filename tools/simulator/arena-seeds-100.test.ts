import { expect, test } from "vitest";
import { brokenInArena } from "./arena-seeds.ts";

/** Two files, so that two workers share the work. */
const SEEDS = Array.from({ length: 100 }, (_, i) => 1 + i);

test.each(SEEDS)("seed %i: all that must hold under its faults does", (seed) => {
  expect(brokenInArena(seed)).toEqual([]);
});
