import { expect, test } from "vitest";
import { steadyRange } from "./steady-range.ts";

/** 0 to 99, the last first: 100 times, whose order says nothing. */
const EVEN = Array.from({ length: 100 }, (_, i) => 99 - i);

test("of the times 0 to 99, in any order, 99 may be above the range with a share of 1 %, and 95 to 99 with 5 %", () => {
  expect(steadyRange([7], 0.5)).toEqual({ least: 7, median: 7, most: 7 });
  expect(
    steadyRange(
      EVEN.map((time) => time / 4),
      0,
    ),
  ).toEqual({ least: 0, median: 12.5, most: 24.75 });
  expect(
    steadyRange(
      EVEN.map((time) => time / 4),
      0.01,
    ).most,
  ).toBe(24.5);
  expect(
    steadyRange(
      EVEN.map((time) => time / 4),
      0.05,
    ).most,
  ).toBe(23.5);
});

test("times are sorted as numbers: of 9, 10 and -100 the median is 9", () => {
  expect(steadyRange([9, 10, -100], 0)).toEqual({ least: -100, median: 9, most: 10 });
});

test.each([
  ["8 of 100 that are 150 ms late are a stall and count for nothing", 8, 5],
  ["9 of 100 are what the link is like", 9, 155],
])("%s", (_, late, most) => {
  const times = Array.from({ length: 100 }, (_, i) => (i < late ? 155 : i % 6));

  expect(steadyRange(times, 0.005).most).toBe(most);
});

test("49 ms behind the median is no stall, even where it is one of 100", () => {
  const times = [49, ...Array<number>(99).fill(0)];

  expect(steadyRange(times, 0)).toEqual({ least: 0, median: 0, most: 49 });
  expect(steadyRange([51, ...times.slice(1)], 0).most).toBe(0);
});

test("the times are left as they were given", () => {
  const times = [3, 1, 2];

  steadyRange(times, 0);

  expect(times).toEqual([3, 1, 2]);
});
