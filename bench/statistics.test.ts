import { expect, test } from "vitest";
import { median, spread } from "./statistics.ts";

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
  [[], NaN],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("the values stay in their order", () => {
  const values = [3, 1, 2];
  median(values);
  spread(values);

  expect(values).toEqual([3, 1, 2]);
});

test("the spread is the middle half as a part of the median, and one wild value does not count", () => {
  expect(spread([100, 90, 110, 100, 5000])).toBeCloseTo(0.1);
  expect(spread([100, 100, 100])).toBe(0);
  expect(spread([100])).toBe(0);
});
