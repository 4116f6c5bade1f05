import fc from "fast-check";
import { expect, test } from "vitest";
import { bitOf, folded, lagClass, movedSteps, pastAfter, pastClass, travel } from "./prediction.ts";

test("travel is exact where the velocity changes evenly, for 1 to 64 ticks", () => {
  const inputs = [fc.integer({ min: -2048, max: 2047 }), fc.integer({ min: -64, max: 64 })] as const;
  fc.assert(
    fc.property(...inputs, fc.integer({ min: 1, max: 64 }), (before, change, ticks) => {
      let velocity = before;
      let position = 0;
      for (let tick = 0; tick < ticks; tick++) {
        velocity += change;
        position += velocity;
      }

      expect(travel(velocity, velocity - before, ticks)).toBe(position);
    }),
  );
});

test.each([
  { velocity: 7, step: 0, ticks: 3, way: 21 },
  { velocity: 7, step: 3, ticks: 1, way: 7 },
  { velocity: 7, step: 3, ticks: 2, way: 13 },
  { velocity: 7, step: -3, ticks: 2, way: 16 },
  { velocity: 2 ** 30, step: 0, ticks: 4, way: 0 },
])("$velocity after a change by $step moves $way steps in $ticks ticks", ({ velocity, step, ticks, way }) => {
  expect(travel(velocity, step, ticks)).toBe(way);
});

test.each([0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 16])("the bit of %i is 1 unless it is 0", (value) => {
  expect(bitOf(value)).toBe(value === 0 ? 0 : 1);
});

test.each([
  [1, 0],
  [2, 1],
  [3, 1],
  [4, 2],
  [64, 2],
])("a row of %i ticks is of class %i", (ticks, expected) => {
  expect(lagClass(ticks)).toBe(expected);
});

// Bits: 1 above in the last step, 2 below in it; 4 above in the step before, 8 below in it.
test.each([
  { past: 0, rest: 0, after: 0 },
  { past: 0, rest: 1, after: 1 },
  { past: 0, rest: -1, after: 2 },
  { past: 0, rest: 2 ** 31 - 1, after: 1 },
  { past: 0, rest: -(2 ** 31) + 1, after: 2 },
  { past: 1, rest: 0, after: 4 },
  { past: 2, rest: 0, after: 8 },
  { past: 2, rest: 5, after: 9 },
  { past: 1, rest: -5, after: 6 },
  { past: 4, rest: 0, after: 0 },
  { past: 8, rest: 1, after: 1 },
  { past: 6, rest: 0, after: 8 },
])("an error of $rest behind the past $past makes it $after", ({ past, rest, after }) => {
  expect(pastAfter(past, rest)).toBe(after);
});

test.each([
  { past: 0, isTurned: false, known: 0 },
  { past: 1, isTurned: false, known: 1 },
  { past: 2, isTurned: true, known: 1 },
  { past: 4, isTurned: false, known: 2 },
  { past: 8, isTurned: true, known: 2 },
  { past: 5, isTurned: false, known: 1 },
  { past: 9, isTurned: false, known: 1 },
  { past: 6, isTurned: true, known: 1 },
  { past: 10, isTurned: true, known: 1 },
])("behind the past $past an error is turned: $isTurned, and its class is $known", ({ past, isTurned, known }) => {
  expect([3, 0, -3].map((rest) => folded(rest, past))).toEqual(isTurned ? [-3, 0, 3] : [3, 0, -3]);
  expect(pastClass(past)).toBe(known);
});

test("an error that is folded twice is the error", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), fc.nat(15), (rest, past) => {
      expect(folded(folded(rest, past), past)).toBe(rest);
    }),
  );
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
