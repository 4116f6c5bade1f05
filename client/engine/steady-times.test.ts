import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import { SteadyTimes } from "./steady-times.ts";

/** 0 to 99, the last first: 100 times, whose order says nothing. */
const EVEN = Array.from({ length: 100 }, (_, i) => 99 - i);

function timesOf(times: readonly number[], timesMax = 100): SteadyTimes {
  const held = new SteadyTimes(timesMax);
  for (const time of times) held.push(time);
  return held;
}

test("of the times 0 to 99, in any order, 99 may be above the range with a share of 1 %, and 95 to 99 with 5 %", () => {
  const times = timesOf(EVEN.map((time) => time / 4));

  expect(timesOf([7]).range(0.5)).toEqual({ least: 7, median: 7, most: 7 });
  expect(times.range(0)).toEqual({ least: 0, median: 12.5, most: 24.75 });
  expect(times.range(0.01).most).toBe(24.5);
  expect(times.range(0.05).most).toBe(23.5);
});

test("times are sorted as numbers: of 9, 10 and -100 the median is 9", () => {
  expect(timesOf([9, 10, -100]).range(0)).toEqual({ least: -100, median: 9, most: 10 });
});

test.each([
  ["8 of 100 that are 150 ms late are a stall and count for nothing", 8, 5],
  ["9 of 100 are what the link is like", 9, 155],
])("%s", (_, late, most) => {
  const times = Array.from({ length: 100 }, (_, i) => (i < late ? 155 : i % 6));

  expect(timesOf(times).range(0.005).most).toBe(most);
});

test("49 ms behind the median is no stall, even where it is one of 100", () => {
  const times = [49, ...Array<number>(99).fill(0)];

  expect(timesOf(times).range(0)).toEqual({ least: 0, median: 0, most: 49 });
  expect(timesOf([51, ...times.slice(1)]).range(0).most).toBe(0);
});

test("of 1,000 times the newest 24 count, whatever their order and however many are equal", () => {
  const rng = new Rng(1);
  const all = Array.from({ length: 1_000 }, () => rng.below(40) - 20);
  const times = new SteadyTimes(24);
  for (const [i, time] of all.entries()) {
    times.push(time);
    const sorted = all.slice(Math.max(0, i - 23), i + 1).sort((a, b) => a - b);

    expect(times.count).toBe(sorted.length);
    expect(times.range(0)).toEqual({ least: sorted[0], median: sorted[sorted.length >> 1], most: sorted.at(-1) });
  }
});

test("nothing is left of 3 times that were cleared", () => {
  const times = timesOf([1, 2, 3], 3);

  times.clear();
  times.push(7);

  expect(times.count).toBe(1);
  expect(times.range(0)).toEqual({ least: 7, median: 7, most: 7 });
});
