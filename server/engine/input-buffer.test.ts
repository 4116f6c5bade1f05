import { expect, test } from "vitest";
import { InputBuffer } from "./input-buffer.ts";

const TICK_RATE = 30;

/** What a buffer gives from tick to tick. */
function takeFrom(buffer: InputBuffer<string>, firstTick: number, ticks: number): (string | undefined)[] {
  return Array.from({ length: ticks }, (_, i) => {
    buffer.begin(firstTick + i);
    return buffer.take()?.input;
  });
}

test("an input counts in its own tick, and stands for those that are missing behind it", () => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(10);
  expect(buffer.push(11, "a", 100)).toBe(true);
  expect(buffer.push(13, "c", 120)).toBe(true);

  expect(takeFrom(buffer, 10, 5)).toEqual([undefined, "a", "a", "c", "c"]);
  expect(buffer.take()?.viewAgeMs).toBe(120);
});

test("one that comes too late is not applied to its tick, but is the newest that is known; both are counted", () => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(10);
  buffer.push(10, "a", 0);
  takeFrom(buffer, 10, 2);

  buffer.begin(12);
  buffer.push(11, "late", 0);
  buffer.push(12, "c", 0);

  expect(takeFrom(buffer, 12, 1)).toEqual(["c"]);
  expect(buffer.report).toEqual({ received: 3, late: 1, early: 0, missing: 1 });
  buffer.begin(13);
  expect(buffer.push(12, "again", 0)).toBe(false);
});

test("the last input stands for half a second, 15 ticks at 30 Hz, and then for nothing", () => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(1);
  buffer.push(1, "a", 0);

  expect(takeFrom(buffer, 1, 18)).toEqual([...Array<string>(16).fill("a"), undefined, undefined]);
});

test.each([
  ["the same tick again", 20, false],
  ["the one before", 19, false],
  ["the next one", 21, true],
  ["one that is two seconds ahead", 80, true],
])("after the input of tick 20, %s is accepted: %s", (_, tick, isAccepted) => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(20);
  buffer.push(20, "a", 0);

  expect(buffer.push(tick, "b", 0)).toBe(isAccepted);
});

test("inputs 59 ticks ahead wait, those 60 ahead are not kept: a flood of 1,000 keeps 60", () => {
  const buffer = new InputBuffer<number>(TICK_RATE);
  buffer.begin(100);

  for (let i = 0; i < 1_000; i++) buffer.push(100 + i, i, 0);

  expect(buffer.waitingCount).toBe(60);
  expect(buffer.report.early).toBe(940);
});

test("one that comes too early to be kept is still the newest intent, and stands for those that are missing", () => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(10);
  buffer.push(70, "early", 0);

  expect(takeFrom(buffer, 10, 2)).toEqual(["early", "early"]);
});

test("one that comes too early does not stand in before older ones that wait, nor after newer ones", () => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(10);
  buffer.push(12, "older", 0);
  buffer.push(75, "early", 0);
  expect(takeFrom(buffer, 10, 4)).toEqual([undefined, undefined, "older", "early"]);

  buffer.begin(16);
  buffer.push(76, "early too", 0);
  buffer.begin(30);
  buffer.push(77, "newer", 0);
  expect(takeFrom(buffer, 76, 2)).toEqual(["early too", "newer"]);
  expect(takeFrom(buffer, 78, 1)).toEqual(["newer"]);
});

test.each([
  [70_000, 70_003 & 0xffff, 70_003],
  [70_000, 69_990 & 0xffff, 69_990],
  [65_530, 4, 65_540],
  [65_540, 65_530, 65_530],
])("in tick %i the lowest 16 bits %i mean tick %i", (nextTick, lowTick, tick) => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(nextTick);

  expect(buffer.tickOf(lowTick)).toBe(tick);
});

test("of a player of whom nothing is heard no input counts, until one comes again", () => {
  const buffer = new InputBuffer<string>(TICK_RATE);
  buffer.begin(1);
  buffer.push(1, "a", 0);
  buffer.push(2, "b", 0);

  buffer.idle();
  expect(takeFrom(buffer, 1, 2)).toEqual([undefined, undefined]);

  buffer.begin(3);
  buffer.push(3, "c", 0);
  expect(takeFrom(buffer, 3, 1)).toEqual(["c"]);
});
