import { expect, test } from "vitest";
import { distributionOf } from "./distribution.ts";

test("of 1 to 100 the 50th, the 99th and the last", () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);

  expect(distributionOf(values)).toEqual({ p50: 50, p99: 99, max: 100 });
});

test("figures are rounded to the hundredth, and nothing has none", () => {
  expect(distributionOf([1.23456])).toEqual({ p50: 1.23, p99: 1.23, max: 1.23 });
  expect(distributionOf([])).toEqual({ p50: null, p99: null, max: null });
});
