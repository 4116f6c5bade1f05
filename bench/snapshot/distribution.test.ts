import { expect, test } from "vitest";
import { distributionOf } from "./distribution.ts";

test("of 1 to 200 in any order, p50 is 100 and p99 is 198", () => {
  const values = Array.from({ length: 200 }, (_, at) => 1 + ((at * 7) % 200));

  expect(distributionOf(values)).toEqual({ mean: 100.5, p50: 100, p99: 198, max: 200 });
});

test("one value is all its figures, and no value has none", () => {
  expect(distributionOf([3])).toEqual({ mean: 3, p50: 3, p99: 3, max: 3 });
  expect(distributionOf([])).toEqual({ mean: NaN, p50: NaN, p99: NaN, max: NaN });
});
