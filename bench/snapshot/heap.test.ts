import { expect, test } from "vitest";
import { allocatedPerTick } from "./heap.ts";

/** A memory that every look at it fills by 100 bytes, and a run of 12 ticks that allocates what `bytesOf` says. */
function memoryAndRun(bytesOf: (tick: number) => number) {
  let usedBytes = 0;
  const memory = { collect: () => (usedBytes = 0), usedBytes: () => (usedBytes += 100) };
  const run = {
    prepareTick: () => (usedBytes += 1_000_000),
    runTick: (tick: number) => {
      usedBytes += bytesOf(tick);
      return undefined;
    },
    close: () => undefined,
  };
  return { memory, run };
}

test("ticks 8 to 11 count, by their median; looking and preparing do not", async () => {
  const { memory, run } = memoryAndRun((tick) => (tick < 8 ? 50_000 : tick === 9 ? 9_000 : 320));

  expect(await allocatedPerTick(run, 12, memory)).toBe(320);
});

test("a run that allocates nothing takes 0 bytes", async () => {
  const { memory, run } = memoryAndRun(() => 0);

  expect(await allocatedPerTick(run, 12, memory)).toBe(0);
});
