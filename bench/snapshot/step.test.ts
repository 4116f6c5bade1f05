import { expect, test } from "vitest";
import { baselineTickOf } from "./lag.ts";
import { changesBetween, stepsAt } from "./step.ts";
import { recordTrace } from "./trace.ts";
import { viewsOf } from "./views.ts";

test("with a lag of 2-3 the baseline is two ticks old in even ticks and three in odd ones", () => {
  expect([8, 9, 10, 11].map((tick) => baselineTickOf("2-3", tick))).toEqual([6, 6, 8, 8]);
  expect([8, 9, 10, 11].map((tick) => baselineTickOf("1", tick))).toEqual([7, 8, 9, 10]);
});

test("from 1 2 5 to 2 3 5 9: 3 and 9 enter, 1 leaves, 2 and 5 survive", () => {
  const { enters, leaves, survivors } = changesBetween(Uint16Array.of(1, 2, 5), Uint16Array.of(2, 3, 5, 9));

  expect([[...enters], [...leaves], [...survivors]]).toEqual([[3, 9], [1], [2, 5]]);
});

test("a snapshot without a baseline lets everything enter; the next one has the rows of the one before", () => {
  const trace = recordTrace(5, "smooth", 2);
  const views = viewsOf("all", trace);
  const [first, second] = [stepsAt(0, trace, views, "1")[0]!, stepsAt(1, trace, views, "1")[0]!];

  expect([first.lagTicks, first.enters.length, first.survivors.length]).toEqual([0, 500, 0]);
  expect([second.lagTicks, second.enters.length, second.survivors.length]).toEqual([1, 0, 500]);
  expect(second.baseline).toBe(trace[0]);
});
