import { expect, test } from "vitest";
import { lagClass, movedSteps } from "./prediction.ts";

test.each([
  [1, 0],
  [2, 1],
  [3, 1],
  [4, 2],
  [64, 2],
])("a row of %i ticks is of class %i", (ticks, expected) => {
  expect(lagClass(ticks)).toBe(expected);
});

test.each([
  { ticks: 0, steps: 90, moved: 90 },
  { ticks: 1, steps: 90, moved: 95 },
  { ticks: 3, steps: 90, moved: 100 },
  { ticks: 0, steps: 101, moved: 101 },
])("$steps steps of at most 100 are $moved at 5 a tick, $ticks ticks later", ({ ticks, steps, moved }) => {
  expect(movedSteps(steps, 5, ticks, 100)).toBe(moved);
});

test("nothing moves below 0 steps", () => {
  expect([movedSteps(9, -5, 1, 100), movedSteps(9, -5, 2, 100)]).toEqual([4, 0]);
});
