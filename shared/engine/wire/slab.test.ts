import { expect, test } from "vitest";
import { Slab } from "./slab.ts";

test("two takes do not overlap, and the second goes on where the first ended", () => {
  const slab = new Slab();
  const first = slab.take(slab.reserve(100), 10);
  const start = slab.reserve(100);
  const second = slab.take(start, start + 10);
  second.fill(2);

  expect(start).toBe(10);
  expect([...first]).toEqual(new Array(10).fill(0));
  expect(second.buffer).toBe(first.buffer);
});

test("what does not fit in the rest of a slab goes to a new one, and the old bytes stay", () => {
  const slab = new Slab();
  const first = slab.take(slab.reserve(65_000), 65_000).fill(1);
  const start = slab.reserve(537);
  const second = slab.take(start, start + 537).fill(2);

  expect(start).toBe(0);
  expect(second.buffer).not.toBe(first.buffer);
  expect(first.every((byte) => byte === 1)).toBe(true);
});

test("the last byte of a slab is used", () => {
  const slab = new Slab();
  const first = slab.take(slab.reserve(65_000), 65_000);
  const second = slab.take(slab.reserve(536), 65_536);

  expect(second.buffer).toBe(first.buffer);
});

test("more than a slab gets a slab of its own size", () => {
  const slab = new Slab();
  const start = slab.reserve(200_000);
  const large = slab.take(start, start + 200_000);
  const next = slab.take(slab.reserve(1), 1);

  expect(large.length).toBe(200_000);
  expect(next.buffer.byteLength).toBe(65_536);
});

test("a reservation that nobody takes costs nothing", () => {
  const slab = new Slab();
  slab.reserve(50_000);

  expect(slab.reserve(50_000)).toBe(0);
});
