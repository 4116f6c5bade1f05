import { expect, test } from "vitest";
import type { LinkConditions } from "./link-conditions.ts";
import { VirtualPath } from "./virtual-path.ts";

/** 8 Mbit/s, which is 1000 bytes a millisecond, and 25 ms one way. */
function pathWith(conditions: Partial<LinkConditions> = {}, jitterSeed = 1): VirtualPath {
  const link = { downMbit: 8, upMbit: 8, rttMs: 50, ...conditions };
  return new VirtualPath({ conditions: link, mbit: link.downMbit, jitterSeed, stallSeed: 2 });
}

/** When segments arrive that are sent every `everyMs`. */
function arrivalsOf(path: VirtualPath, count: number, everyMs: number): (number | undefined)[] {
  return Array.from({ length: count }, (_, i) => path.carry(i * everyMs, 500));
}

test("a segment of 1500 bytes takes 1.5 ms of an 8 Mbit/s link and 25 ms of the way; the next waits for it", () => {
  const path = pathWith();

  expect([path.carry(0, 1500), path.carry(0, 500), path.carry(10, 500)]).toEqual([26.5, 27, 35.5]);
});

test("what waits at the bottleneck is counted until it has left", () => {
  const path = pathWith();
  path.carry(0, 1500);
  path.carry(0, 1500);

  expect([0, 1, 3, 4].map((ms) => path.queuedBytes(ms))).toEqual([3000, 2000, 0, 0]);
});

test("a path without a bottleneck takes exactly the way, and nothing waits", () => {
  const path = pathWith({ downMbit: Infinity, rttMs: 2 * 0.1 });

  expect(path.carry(0.2, 1e9)).toBe(0.2 + 0.1);
  expect(path.queuedBytes(0.2)).toBe(0);
});

test("jitter of 40 ms makes 1000 segments later by 0 to 40 ms, evenly, and none overtakes another", () => {
  const spread = arrivalsOf(pathWith({ jitterMs: 40 }), 1000, 100).map((ms, i) => ms! - i * 100 - 25.5);
  const dense = arrivalsOf(pathWith({ jitterMs: 40 }), 1000, 1);

  expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...spread)).toBeLessThan(40);
  expect(spread.reduce((sum, ms) => sum + ms) / 1000).toBeCloseTo(20, 0);
  expect(dense).toEqual(dense.toSorted((a, b) => a! - b!));
});

test("a stall holds a segment up by 150 ms and all behind it until then; they come every 2 s on average", () => {
  const arrivals = arrivalsOf(pathWith({ stall: { ms: 150, meanEveryMs: 2000 } }), 100_000, 10);
  const lateBy = arrivals.map((ms, i) => ms! - i * 10 - 25.5);

  const stalls = lateBy.filter((ms) => ms === 150).length;
  const first = lateBy.indexOf(150);

  expect(stalls).toBeGreaterThan(450);
  expect(stalls).toBeLessThan(550);
  expect(lateBy.slice(first - 1, first + 17)).toEqual([0, ...Array.from({ length: 16 }, (_, i) => 150 - i * 10), 0]);
});

test("stalls come at the same moments however much is sent, and whatever the jitter is", () => {
  const conditions = { stall: { ms: 150, meanEveryMs: 2000 }, downMbit: Infinity };
  const stalledAt = (path: VirtualPath, everyMs: number): number[] =>
    arrivalsOf(path, 20_000 / everyMs, everyMs).flatMap((ms, i) => (ms! - i * everyMs >= 175 ? [i * everyMs] : []));

  const sparse = stalledAt(pathWith(conditions), 100);
  const dense = stalledAt(pathWith(conditions, 9), 1);

  expect(sparse.length).toBeGreaterThan(5);
  expect(dense.map((ms) => Math.ceil(ms / 100) * 100)).toEqual(sparse);
});

test("a stall of 300 ms at 1000 ms holds up the first segment from then on; a path that is made later knows nothing of it", () => {
  const conditions = { downMbit: Infinity, stalls: [{ atMs: 1000, lastsMs: 300 }] };
  const path = pathWith(conditions);

  expect([999, 1050, 1100, 1400].map((ms) => path.carry(ms, 500))).toEqual([1024, 1375, 1375, 1425]);
  expect(pathWith(conditions).carry(1300, 500)).toBe(1325);
  expect(pathWith(conditions).carry(1299, 500)).toBe(1624);
});

test("what is on its way when it goes dark, or is sent in the dark, never arrives; what comes before or after does", () => {
  const path = pathWith({ downMbit: Infinity, outages: [{ atMs: 1000, lastsMs: 2000 }] });

  expect([974, 975, 1500, 2999, 3000].map((ms) => path.carry(ms, 500))).toEqual([
    999,
    undefined,
    undefined,
    undefined,
    3025,
  ]);
  expect([974, 975, 2999, 3000].map((ms) => path.flash(ms))).toEqual([999, undefined, undefined, 3025]);
});
