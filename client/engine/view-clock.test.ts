import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import { ViewClock } from "./view-clock.ts";

const TICK_RATE = 30;
const TICK_MS = 1_000 / TICK_RATE;
const FRAME_MS = 1_000 / 60;

interface Shown {
  readonly atMs: number;
  /** What is drawn then, in milliseconds of the room's clock. */
  readonly ms: number;
  readonly newestMs: number;
  readonly isUnderrun: boolean;
}

/** Frames of a view clock to which the snapshot of each tick comes `wayMs` after it, in order; undefined: never. */
function frames(
  endMs: number,
  wayMs: (tick: number) => number | undefined,
  clock = new ViewClock({ tickRate: TICK_RATE, ticksPerSnapshot: 1 }),
  ticksPerSnapshot = 1,
): Shown[] {
  const shown: Shown[] = [];
  let tick = ticksPerSnapshot;
  let newest = 0;
  let arrivedMs = 0;
  for (let atMs = 0; atMs < endMs; atMs += FRAME_MS) {
    for (; tick * TICK_MS <= atMs; tick += ticksPerSnapshot) {
      const way = wayMs(tick);
      if (way === undefined) continue;
      const arrivesMs = Math.max(arrivedMs, tick * TICK_MS + way);
      if (arrivesMs > atMs) break;
      arrivedMs = arrivesMs;
      newest = tick;
      clock.arrived(tick, arrivesMs);
    }
    clock.advance(atMs);
    shown.push({ atMs, ms: clock.tick * TICK_MS, newestMs: newest * TICK_MS, isUnderrun: clock.isUnderrun });
  }
  return shown;
}

/** How fast the clock went in each frame but those up to `fromMs`, as a share of real time. */
function ratesOf(shown: readonly Shown[], fromMs: number): number[] {
  const later = shown.filter(({ atMs }) => atMs > fromMs);
  return later.slice(1).map(({ ms }, i) => (ms - later[i]!.ms) / FRAME_MS);
}

test.each([
  [1, 1.96 * TICK_MS],
  [3, 5.88 * TICK_MS],
])(
  "with a snapshot every %i ticks that comes evenly what is drawn is 1.96 intervals old, %f ms",
  (ticksPerSnapshot, ms) => {
    const clock = new ViewClock({ tickRate: TICK_RATE, ticksPerSnapshot });

    const shown = frames(6_000, () => 50, clock, ticksPerSnapshot);

    expect(clock.delayMs).toBeCloseTo(ms, 6);
    expect(shown.at(-1)!.atMs - 50 - shown.at(-1)!.ms).toBeCloseTo(ms, 1);
    expect(shown.some(({ atMs, isUnderrun }) => atMs > 200 && isUnderrun)).toBe(false);
  },
);

test("snapshots that come unevenly within 20 ms add about those: 1.96 intervals and 16 to 20 ms", () => {
  const rng = new Rng(3);
  const clock = new ViewClock({ tickRate: TICK_RATE, ticksPerSnapshot: 1 });

  const shown = frames(10_000, () => 50 + rng.between(0, 20), clock);

  expect(clock.delayMs).toBeGreaterThan(1.96 * TICK_MS + 16);
  expect(clock.delayMs).toBeLessThan(1.96 * TICK_MS + 20);
  expect(shown.filter(({ isUnderrun, atMs }) => isUnderrun && atMs > 1_500)).toEqual([]);
});

test("where the way becomes 60 ms longer the clock runs 5 % slower at most, but where snapshots are scarce", () => {
  const shown = frames(12_000, (tick) => (tick < 150 ? 50 : 110));

  const rates = ratesOf(shown, 1_500);
  expect(Math.max(...rates)).toBeLessThanOrEqual(1.05 + 1e-6);
  expect(Math.min(...rates)).toBeCloseTo(0.5, 6);
  expect(rates.filter((rate) => rate < 0.95 - 1e-6).length).toBeLessThan(20);
});

test("when no snapshot comes any more time goes half as fast, and stops 100 ms beyond the newest", () => {
  const shown = frames(8_000, (tick) => (tick <= 150 ? 50 : undefined));

  const { ms, newestMs, isUnderrun } = shown.at(-1)!;
  expect(newestMs).toBeCloseTo(5_000, 6);
  expect(ms - newestMs).toBeCloseTo(100, 6);
  expect(isUnderrun).toBe(true);
  const scarce = shown.filter(
    (frame) => frame.atMs > 5_000 && frame.ms < newestMs && newestMs - frame.ms < 0.8 * TICK_MS,
  );
  expect(scarce.length).toBeGreaterThan(1);
  expect(ratesOf(scarce, 0).every((rate) => Math.abs(rate - 0.5) < 1e-6)).toBe(true);
});

test("a snapshot that is 30 ms late is no underrun: nearly two intervals are in reserve", () => {
  const shown = frames(6_000, (tick) => (tick === 120 ? 80 : 50));

  expect(shown.filter(({ atMs, isUnderrun }) => atMs > 1_500 && isUnderrun)).toEqual([]);
});

test.each([1, 2, 3, 4])(
  "seed %i: whatever comes late, what is drawn never goes back and is never 100 ms too new",
  (seed) => {
    const rng = new Rng(seed);
    let lateUntil = 0;
    const shown = frames(40_000, (tick) => {
      if (rng.below(60) === 0) lateUntil = tick + rng.below(30);
      return 50 + rng.between(0, 30) + (tick < lateUntil ? rng.between(100, 600) : 0);
    });

    const first = shown.findIndex(({ newestMs }) => newestMs > 0);
    const played = shown.slice(first);
    expect(Math.min(...played.slice(1).map(({ ms }, i) => ms - played[i]!.ms))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...played.map(({ ms, newestMs }) => ms - newestMs))).toBeLessThanOrEqual(100 + 1e-6);
  },
);

test("a stall of 680 ms is an exception until one of 110 ms follows it: what is drawn then waits, and never goes back", () => {
  const stalls = new Map([
    [300, 680],
    [400, 110],
  ]);

  const shown = frames(20_000, (tick) => 50 + (stalls.get(tick) ?? 0));

  const [exception, rule] = [12_500, 18_000].map((ms) => {
    const frame = shown.find(({ atMs }) => atMs >= ms)!;
    return frame.atMs - frame.ms;
  });
  expect(exception).toBeLessThan(120);
  expect(rule! - exception!).toBeGreaterThan(400);
  expect(Math.min(...ratesOf(shown, 1_500))).toBeGreaterThanOrEqual(0);
});

test("after a room that stood still for a second what is drawn is as old as before within 10 s", () => {
  const stoodStillMs = (tick: number): number => (tick < 150 ? 0 : 1_000);

  const shown = frames(20_000, (tick) => 50 + stoodStillMs(tick));

  expect(shown.at(-1)!.atMs - 1_050 - shown.at(-1)!.ms).toBeCloseTo(1.96 * TICK_MS, 0);
});

test("before the first snapshot the tick is 0, and nothing is missing", () => {
  const clock = new ViewClock({ tickRate: TICK_RATE, ticksPerSnapshot: 1 });

  clock.advance(5_000);

  expect([clock.tick, clock.isUnderrun]).toEqual([0, false]);
});
