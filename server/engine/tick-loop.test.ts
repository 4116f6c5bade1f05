import { expect, test } from "vitest";
import { CATCH_UP_TICKS_MAX, TickLoop } from "./tick-loop.ts";

/** A loop at 30 Hz in virtual time, whose ticks cost what `workMsAt` says. */
function loopInVirtualTime(workMsAt: (nowMs: number) => number) {
  let nowMs = 0;
  const startedAtMs: number[] = [];
  const loop = new TickLoop({
    tickRate: 30,
    nowMs: () => nowMs,
    advanceTick: () => {
      startedAtMs.push(nowMs);
      nowMs += workMsAt(nowMs);
    },
  });
  const runsUntil = (endMs: number): number[] => {
    const runs: number[] = [];
    while (nowMs < endMs) {
      nowMs = Math.max(nowMs, loop.nextDueMs);
      runs.push(loop.run());
    }
    return runs;
  };
  return { loop, runsUntil, startedAtMs };
}

test("ticks of 1 ms at 30 Hz: 300 in 10 s, none late, none dropped", () => {
  const { loop, runsUntil } = loopInVirtualTime(() => 1);

  const runs = runsUntil(10_000);

  expect(runs.every((ticks) => ticks === 1)).toBe(true);
  expect(runs.length).toBe(300);
  expect(loop.report()).toEqual({ workMs: { p50: 1, p99: 1 }, latenessMs: { p50: 0, p99: 0 }, droppedTicks: 0 });
});

test("twice the budget for 5 s: at most 4 catch-up ticks, the rest dropped and counted, on time again within 1 s", () => {
  const tickMs = 1000 / 30;
  const { loop, runsUntil, startedAtMs } = loopInVirtualTime((nowMs) => (nowMs < 5000 ? 2 * tickMs : 1));

  const runs = runsUntil(5000);
  runsUntil(10_000);

  expect(Math.max(...runs)).toBe(CATCH_UP_TICKS_MAX);
  const { droppedTicks } = loop.report();
  expect(droppedTicks).toBeGreaterThanOrEqual(67);
  expect(droppedTicks).toBeLessThanOrEqual(79);
  expect(droppedTicks + startedAtMs.length).toBe(300);
  const startsAfterOneSecond = startedAtMs.filter((ms) => ms >= 6000);
  expect(startsAfterOneSecond.length).toBe(121); // 6,000 ms and 10,000 ms are both on the grid
  for (const ms of startsAfterOneSecond) expect(((ms + 0.001) / tickMs) % 1).toBeLessThan(0.001);
});
