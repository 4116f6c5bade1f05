import { expect, test } from "vitest";
import { CongestionWindow } from "./congestion-window.ts";

test("a window starts with 10 segments and doubles each round trip until the path is full", () => {
  const window = new CongestionWindow(50_000);
  const rounds = [0, 1, 2].map(() => {
    const { bytes } = window;
    window.acknowledge(bytes, bytes);
    return bytes;
  });

  expect([...rounds, window.bytes]).toEqual([14_600, 29_200, 50_000, 50_000]);
});

test("a window of which less than half is used does not grow", () => {
  const window = new CongestionWindow(50_000);

  window.acknowledge(300, 7299);
  expect(window.bytes).toBe(14_600);

  window.acknowledge(300, 7300);
  expect(window.bytes).toBe(14_900);
});

test("after a timeout it starts with one segment; a path without a bottleneck had no limit before", () => {
  const window = new CongestionWindow(Infinity);
  const before = window.bytes;

  window.timeOut();

  expect([before, window.bytes]).toEqual([Infinity, 1460]);
});
