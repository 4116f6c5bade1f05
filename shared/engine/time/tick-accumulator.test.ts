import { expect, test } from "vitest";
import { TickAccumulator } from "./tick-accumulator.ts";

test("an hour at 30 Hz, looked at every 7 ms, is 108,000 ticks: rounding does not add up", () => {
  const accumulator = new TickAccumulator({ tickRate: 30, catchUpTicksMax: 4, startMs: 5 });

  let ticks = 0;
  for (let nowMs = 5; nowMs <= 3_600_005; nowMs += 7) ticks += accumulator.advanceTo(nowMs);
  ticks += accumulator.advanceTo(3_600_005);

  expect(ticks).toBe(108_000);
  expect(accumulator.droppedTicks).toBe(0);
});

test("a stall of 10 ticks is repaid with 4; 6 are dropped and counted, and the grid has not moved", () => {
  const accumulator = new TickAccumulator({ tickRate: 100, catchUpTicksMax: 4, startMs: 0 });

  expect(accumulator.advanceTo(103)).toBe(4);

  expect(accumulator.droppedTicks).toBe(6);
  expect(accumulator.nextDueMs).toBe(110);
  expect(accumulator.advanceTo(109)).toBe(0);
  expect(accumulator.advanceTo(110)).toBe(1);
});

test("a clock that steps back asks for nothing", () => {
  const accumulator = new TickAccumulator({ tickRate: 100, catchUpTicksMax: 4, startMs: 0 });
  accumulator.advanceTo(20);

  expect(accumulator.advanceTo(5)).toBe(0);
  expect(accumulator.advanceTo(30)).toBe(1);
});
