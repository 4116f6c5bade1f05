import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import { InputClock } from "./input-clock.ts";

const TICK_RATE = 30;
const TICK_MS = 1_000 / TICK_RATE;
const FRAME_MS = 1_000 / 120;

interface Arrival {
  readonly leftMs: number;
  readonly slackMs: number;
}

interface ClockRun {
  /** Every input: when it left, and how long before its tick it arrived. */
  readonly arrivals: Arrival[];
  /** How far the clock was ahead of the room's, in milliseconds, frame by frame. */
  readonly leadsMs: number[];
}

/**
 * A clock and a room with a link between them, in virtual time. The room finishes tick n at n ticks' time, plus what it
 * has stood still by then; input takes `wayMs` to the room, and its report 40 ms back.
 */
function run(
  endMs: number,
  wayMs: (input: number) => number,
  { stoodStillMs = NEVER }: { readonly stoodStillMs?: (nowMs: number) => number } = {},
): ClockRun {
  const clock = new InputClock({ tickRate: TICK_RATE, tick: 0, nowMs: 40, rttMs: 80 });
  const arrivals: Arrival[] = [];
  const reports: { readonly atMs: number; readonly slackMs: number; readonly rttMs: number }[] = [];
  const leadsMs: number[] = [];
  let newest = Math.floor(clock.tick);
  let inputs = 0;
  for (let nowMs = 40; nowMs < endMs; nowMs += FRAME_MS) {
    clock.advance(nowMs);
    for (; newest < Math.floor(clock.tick); newest++) {
      const arrivesMs = nowMs + wayMs(inputs++);
      // Tick n is simulated when the room's clock is at n.
      const dueMs = (newest + 1) * TICK_MS + stoodStillMs(arrivesMs);
      arrivals.push({ leftMs: nowMs, slackMs: dueMs - arrivesMs });
      reports.push({
        atMs: Math.max(dueMs, arrivesMs) + 40,
        slackMs: Math.min(254, dueMs - arrivesMs),
        rttMs: arrivesMs - nowMs + 40,
      });
    }
    reports.sort((a, b) => a.atMs - b.atMs);
    while (reports.length > 0 && reports[0]!.atMs <= nowMs) {
      const { slackMs, rttMs } = reports.shift()!;
      clock.report(slackMs, rttMs, nowMs);
    }
    leadsMs.push(clock.tick * TICK_MS - (nowMs - stoodStillMs(nowMs)));
  }
  return { arrivals, leadsMs };
}

const NEVER = (): number => 0;

/** By how much the lead changes from one frame to the next, as a share of the time between them. */
function ratesOf({ leadsMs }: ClockRun): number[] {
  return leadsMs.slice(1).map((lead, i) => (lead - leadsMs[i]!) / FRAME_MS);
}

function slacksBetween({ arrivals }: ClockRun, fromMs: number, toMs: number): number[] {
  return arrivals.filter(({ leftMs }) => leftMs >= fromMs && leftMs < toMs).map(({ slackMs }) => slackMs);
}

test.each([
  ["evenly", 0],
  ["within 10 ms", 10],
  ["within 30 ms", 30],
])(
  "of inputs that come %s fewer than 1 in 100 are late, and the latest in 100 are less than 20 ms early",
  (_, unevenMs) => {
    const rng = new Rng(7);

    const slacks = slacksBetween(
      run(30_000, () => 40 + rng.between(0, unevenMs)),
      5_000,
      30_000,
    ).sort((a, b) => a - b);

    expect(slacks.length).toBeGreaterThan(700);
    expect(slacks.filter((slack) => slack < 0).length).toBeLessThan(slacks.length / 100);
    // One frame of 8 ms at most lies between the moment that an input is due and the one that it leaves.
    expect(slacks[Math.floor(slacks.length / 100)]).toBeGreaterThan(-1);
    expect(slacks[Math.floor(slacks.length / 100)]).toBeLessThan(20);
  },
);

test("a round trip that is 60 ms longer than it seemed at first is made good in the first 1.5 s, by a jump", () => {
  const slow = run(6_000, () => 100);

  expect(slow.arrivals[0]!.slackMs).toBeLessThan(-15);
  expect(Math.min(...slacksBetween(slow, 1_500, 6_000))).toBeGreaterThan(0);
  expect(Math.max(...ratesOf(slow).slice(0, 180))).toBeGreaterThan(1);
});

test("later a way that becomes 150 ms longer is made good by running 5 % faster, and never by more", () => {
  const longer = run(20_000, (input) => (input < 150 ? 40 : 190));

  const rates = ratesOf(longer).slice(180);
  expect(Math.max(...rates)).toBeLessThanOrEqual(0.05 + 1e-9);
  expect(Math.max(...rates)).toBeGreaterThan(0.049);
  expect(Math.min(...slacksBetween(longer, 12_000, 20_000))).toBeGreaterThan(0);
});

test("one that becomes 400 ms longer is farther off than 250 ms: the clock jumps, and inputs come in time again", () => {
  const longer = run(12_000, (input) => (input < 150 ? 40 : 440));

  expect(Math.max(...ratesOf(longer).slice(180))).toBeGreaterThan(1);
  expect(Math.min(...slacksBetween(longer, 8_000, 12_000))).toBeGreaterThan(0);
});

test("a stall, 5 inputs of 240 that come 150 ms late, does not change the lead; 25 of 240 do", () => {
  const [none, stall, often] = [0, 5, 25].map((late) => {
    const { leadsMs } = run(14_000, (input) => (input >= 300 && input < 300 + late ? 190 : 40));
    return leadsMs.at(-1)!;
  });

  expect(Math.abs(stall! - none!)).toBeLessThan(0.5);
  expect(often! - none!).toBeGreaterThan(100);
});

test("a way that becomes 20 ms shorter lets the clock run slower, by 0.2 % at most", () => {
  const shorter = run(30_000, (input) => (input < 150 ? 60 : 40));

  const rates = ratesOf(shorter).slice(180);
  expect(Math.min(...rates)).toBeGreaterThanOrEqual(-0.002 - 1e-9);
  expect(shorter.leadsMs.at(-1)! - shorter.leadsMs[600]!).toBeLessThan(-15);
});

test("a room that stood still for a second at 5 s is followed within 15 s, though a report says 254 ms at most", () => {
  const stoodStill = run(25_000, () => 40, { stoodStillMs: (nowMs) => Math.max(0, Math.min(1_000, nowMs - 5_000)) });

  const slacks = slacksBetween(stoodStill, 20_000, 25_000);
  expect(Math.min(...slacks)).toBeGreaterThan(0);
  expect(Math.max(...slacks)).toBeLessThan(60);
});

test("time that goes back moves nothing", () => {
  const clock = new InputClock({ tickRate: TICK_RATE, tick: 10, nowMs: 1_000, rttMs: 0 });
  clock.advance(1_000 + TICK_MS);
  const { tick } = clock;

  clock.advance(1_000);

  expect(tick).toBeCloseTo(12, 9);
  expect(clock.tick).toBe(tick);
});

test("a room under load that runs at half its rate is never led by more than the round trip, 0.5 s and 5 snapshots", () => {
  const clock = new InputClock({ tickRate: TICK_RATE, tick: 0, nowMs: 0, rttMs: 80 });
  const leadsMs: number[] = [];
  for (let roomTick = 1; roomTick <= 300; roomTick++) {
    const nowMs = 2 * roomTick * TICK_MS;
    clock.advance(nowMs);
    clock.heard(roomTick, 80, nowMs);
    leadsMs.push((clock.tick - roomTick) * TICK_MS);
  }

  expect(Math.max(...leadsMs)).toBeGreaterThan(500);
  expect(Math.max(...leadsMs)).toBeLessThan(80 + 500 + 5 * 2 * TICK_MS);
});

test("3 old snapshots that come first after 2 s in the dark move nothing", () => {
  const clock = new InputClock({ tickRate: TICK_RATE, tick: 0, nowMs: 0, rttMs: 80 });
  clock.advance(3_000);
  const { tick } = clock;

  for (const old of [31, 32, 33]) clock.heard(old, 80, 3_000);
  for (const now of [89, 90, 91]) clock.heard(now, 80, 3_000);

  expect(clock.tick).toBe(tick);
});
