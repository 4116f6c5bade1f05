import { expect, test } from "vitest";
import type { RunFigures } from "./figures.ts";
import { benchLinkNamed } from "./links.ts";
import { runVirtual } from "./virtual-bed.ts";

function runOver(name: string, how: string): RunFigures {
  const link = benchLinkNamed(name);
  return runVirtual({ how, link, workload: { idleMs: 2000, bulkBytes: link.bulkBytes, seed: 1 } });
}

test("behind one send of 8 MB at 8 Mbit/s snapshots wait for thousands of milliseconds: real TCP 4156 and 8295", () => {
  const { idleP99Ms, loadedP50Ms, loadedP99Ms, bulkMbit, settledBulkMbit } = runOver("8M/50", "one send");

  expect(idleP99Ms).toBeCloseTo(25.3, 0);
  expect(loadedP50Ms).toBeGreaterThan(3900);
  expect(loadedP50Ms).toBeLessThan(4400);
  expect(loadedP99Ms).toBeGreaterThan(7900);
  expect(loadedP99Ms).toBeLessThan(8700);
  expect(bulkMbit).toBeCloseTo(7.7, 1);
  expect(settledBulkMbit).toBeCloseTo(7.79, 1);
});

test("the textbook leaves them behind what the kernel has taken: real TCP 551 and 912, of 780 KB", () => {
  const { loadedP50Ms, loadedP99Ms, kernelBytesMax } = runOver("8M/50", "textbook");

  expect(loadedP50Ms).toBeGreaterThan(450);
  expect(loadedP50Ms).toBeLessThan(750);
  expect(loadedP99Ms).toBeGreaterThan(700);
  expect(loadedP99Ms).toBeLessThan(1000);
  expect(kernelBytesMax).toBeGreaterThan(700_000);
});

test("a second socket leaves them behind what the bottleneck has taken: real TCP 176 and 224", () => {
  const { loadedP50Ms, loadedP99Ms } = runOver("8M/50", "two sockets");

  expect(loadedP50Ms).toBeGreaterThan(150);
  expect(loadedP99Ms).toBeLessThan(260);
});

test.each(["one send", "chunks at once", "textbook", "two sockets"])("%s is the same twice, jitter and all", (how) => {
  expect(runOver("8M/50/j5", how)).toEqual(runOver("8M/50/j5", how));
});
