import { expect, test } from "vitest";
import { TRACE_TICKS_WAITING_MAX, TraceMerge } from "./trace-merge.ts";

function mergeOf(clients: number): { merge: TraceMerge; written: string[] } {
  const written: string[] = [];
  return { merge: new TraceMerge(clients, (lines) => written.push(...lines)), written };
}

test("a tick is written when all of 2 clients have come to it, in rising order", () => {
  const { merge, written } = mergeOf(2);

  merge.add(0, 1, ["a1"]);
  merge.add(0, 2, ["a2"]);
  expect(written).toEqual([]);
  merge.add(1, 1, ["b1"]);
  expect(written).toEqual(["a1", "b1"]);
  merge.add(1, 3, ["b3"]);
  expect(written).toEqual(["a1", "b1", "a2"]);
  merge.add(0, 3, ["a3"]);

  expect(written).toEqual(["a1", "b1", "a2", "b3", "a3"]);
  expect([merge.ticks, merge.lateSnapshots]).toEqual([3, 0]);
});

test("a client that sees nothing holds nobody up, and is no tick of its own", () => {
  const { merge, written } = mergeOf(2);

  merge.add(0, 1, ["a1"]);
  merge.add(1, 1, []);
  merge.add(0, 2, []);
  merge.add(1, 2, []);

  expect(written).toEqual(["a1"]);
  expect(merge.ticks).toBe(1);
});

test("who is lost is not waited for, and is again when it is back", () => {
  const { merge, written } = mergeOf(2);
  merge.add(0, 1, ["a1"]);

  merge.leave(1);
  expect(written).toEqual(["a1"]);
  merge.add(0, 2, ["a2"]);
  merge.add(1, 2, ["b2"]);
  merge.add(0, 3, ["a3"]);

  expect(written).toEqual(["a1", "a2"]);
  expect(merge.lateSnapshots).toBe(1);
});

test("300 ticks wait for a client that is silent, and no more; what it says of written ones is left out", () => {
  const { merge, written } = mergeOf(2);

  for (let tick = 1; tick <= TRACE_TICKS_WAITING_MAX; tick++) merge.add(0, tick, [`a${tick}`]);
  expect(written).toEqual([]);
  merge.add(0, TRACE_TICKS_WAITING_MAX + 1, ["a301"]);
  expect(written).toEqual(["a1"]);
  merge.add(1, 1, ["b1"]);
  merge.add(1, 2, ["b2"]);

  expect(written).toEqual(["a1", "a2", "b2"]);
  expect(merge.lateSnapshots).toBe(1);
});

test("the end writes what still waits", () => {
  const { merge, written } = mergeOf(2);
  merge.add(0, 2, ["a2"]);
  merge.add(0, 5, ["a5"]);

  merge.end();

  expect(written).toEqual(["a2", "a5"]);
});

test("when all are lost, what waits is kept for the end", () => {
  const { merge, written } = mergeOf(2);
  merge.add(0, 1, ["a1"]);

  merge.leave(0);
  merge.leave(1);
  merge.end();

  expect(written).toEqual(["a1"]);
});
