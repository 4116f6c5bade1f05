import { expect, test } from "vitest";
import type { RunFigures } from "./figures.ts";
import { benchLinkNamed } from "./links.ts";
import { OURS, YARDSTICK } from "./roster.ts";
import { type Row, rowsOf } from "./rows.ts";
import { runVirtual } from "./virtual-bed.ts";

const SEEDS = 20;
/** The rate of one send hardly knows luck. */
const YARDSTICK_SEEDS = 3;
const IDLE_MS = 10_000;
/** By so much, or by 10 ms, snapshots may be later beside bulk than alone: whichever is more. */
const LATER_TIMES_MAX = 1.2;

/** A link, by how much p99 may rise on it whatever it is alone, and which share of one send's rate bulk must have. */
const PROMISES = [
  { name: "8M/50", laterMsMax: 10, shareMin: 0.9 },
  { name: "8M/100", laterMsMax: 10, shareMin: 0.9 },
  { name: "25M/50", laterMsMax: 10, shareMin: 0.9 },
  { name: "8M/50/j5", laterMsMax: 10, shareMin: 0.9 },
  // Here a single packet takes 12 ms.
  { name: "1M/50", laterMsMax: 15, shareMin: 0.8 },
];

function runsOver(name: string, how: string, seeds: number): RunFigures[] {
  const link = benchLinkNamed(name);
  return Array.from({ length: seeds }, (_, at) =>
    runVirtual({ how, link, workload: { idleMs: IDLE_MS, bulkBytes: link.bulkBytes, seed: at + 1 } }),
  );
}

function rowOver(name: string): Row {
  const [row] = rowsOf([
    { link: name, how: OURS, bed: "virtual", runs: runsOver(name, OURS, SEEDS) },
    { link: name, how: YARDSTICK.how, bed: "virtual", runs: runsOver(name, YARDSTICK.how, YARDSTICK_SEEDS) },
  ]);
  return row!;
}

function wordsOf({ link, idleP99Ms, loadedP99Ms, loadedP99WorstMs, bulkShare, bulkShareWorst }: Row): string {
  const latency = `p99 ${idleP99Ms.toFixed(1)} ms alone, ${loadedP99Ms.toFixed(1)} beside bulk (worst ${loadedP99WorstMs.toFixed(1)})`;
  return `${link}: ${latency}; bulk share ${bulkShare!.toFixed(3)} (worst ${bulkShareWorst!.toFixed(3)})`;
}

test.each(PROMISES)(
  "$name: beside bulk the p99 of snapshots is at most 1.2 × that alone, or $laterMsMax ms more; bulk has $shareMin of one send",
  ({ name, laterMsMax, shareMin }) => {
    const row = rowOver(name);

    const p99MsMax = Math.max(LATER_TIMES_MAX * row.idleP99Ms, row.idleP99Ms + laterMsMax);
    expect.soft(row.loadedP99Ms, wordsOf(row)).toBeLessThanOrEqual(p99MsMax);
    expect.soft(row.bulkShare, wordsOf(row)).toBeGreaterThanOrEqual(shareMin);
  },
);
