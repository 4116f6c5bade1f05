import { expect, test } from "vitest";
import { PacedWay } from "./paced-way.ts";

const OPTIONS = { mbit: 1, delayMs: 25, queueBytesMax: 25_000 };

/** What has arrived by `nowMs`: when it was due, and how many bytes it has. */
function arrivedBy(way: PacedWay, nowMs: number): [number, number][] {
  const arrived: [number, number][] = [];
  for (let segment = way.take(nowMs); segment !== undefined; segment = way.take(nowMs)) {
    arrived.push([segment.dueMs, segment.bytes.length]);
  }
  return arrived;
}

test("at 1 Mbit/s 1,250 bytes with their headers are 10 ms on the wire, and arrive 25 ms later; what follows, behind them", () => {
  const way = new PacedWay(OPTIONS);
  way.push(new Uint8Array(1_250 - 52), 100);
  way.push(new Uint8Array(1_250 - 52), 101);

  expect(way.nextDueMs).toBe(135);
  expect(arrivedBy(way, 134.9)).toEqual([]);
  expect(arrivedBy(way, 145)).toEqual([
    [135, 1_198],
    [145, 1_198],
  ]);
  expect(way.nextDueMs).toBe(Infinity);
});

test("what is larger than a segment arrives in segments, each when its own bytes are through", () => {
  const way = new PacedWay(OPTIONS);
  way.push(new Uint8Array(2 * 1_448 + 73), 0);

  expect(arrivedBy(way, 1_000)).toEqual([
    [37, 1_448],
    [49, 1_448],
    [50, 73],
  ]);
});

test("somebody who looks late delays what was due, and nothing behind it", () => {
  const [late, onTime] = [new PacedWay(OPTIONS), new PacedWay(OPTIONS)];
  for (const way of [late, onTime]) way.push(new Uint8Array(1_000), 0);
  arrivedBy(onTime, 34);
  arrivedBy(late, 60);
  for (const way of [late, onTime]) way.push(new Uint8Array(1_000), 60);

  expect(late.nextDueMs).toBe(onTime.nextDueMs);
});

test("a queue is full when more than its bytes wait, and is not once the rate has let enough through", () => {
  const way = new PacedWay({ ...OPTIONS, queueBytesMax: 1_000 });
  way.push(new Uint8Array(1_000 - 52), 0);
  expect(way.isFull(0)).toBe(false);
  way.push(new Uint8Array(198), 0);

  expect(way.queuedBytes(0)).toBe(1_250);
  expect(way.isFull(0)).toBe(true);
  expect(way.isFull(2)).toBe(false);
});

test("what is held until 50 ms leaves then, and not sooner", () => {
  const [held, free] = [new PacedWay(OPTIONS), new PacedWay(OPTIONS)];
  held.hold(50);
  for (const way of [held, free]) way.push(new Uint8Array(1_198), 0);

  expect([held.nextDueMs, free.nextDueMs]).toEqual([85, 35]);
});
