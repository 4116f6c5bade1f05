import { expect, test } from "vitest";
import { Backoff } from "./backoff.ts";

/** The pauses, in milliseconds, after so many failures in a row. */
function pausesOf(random: number, failures: number): number[] {
  const backoff = new Backoff(() => random);
  let nowMs = 0;
  return Array.from({ length: failures }, () => {
    const failedMs = nowMs;
    backoff.failed(failedMs);
    while (!backoff.isDue(nowMs)) nowMs += 1;
    return nowMs - failedMs;
  });
}

test("the first try is due at once; then pauses double from 100 ms up to 4 s", () => {
  expect(new Backoff(() => 0).isDue(0)).toBe(true);
  expect(pausesOf(0, 8)).toEqual([100, 200, 400, 800, 1_600, 3_200, 4_000, 4_000]);
});

test("chance shortens each pause by up to a half", () => {
  expect(pausesOf(0.5, 3)).toEqual([75, 150, 300]);
  expect(pausesOf(1, 3)).toEqual([50, 100, 200]);
});

test("behind a success all begins anew", () => {
  const backoff = new Backoff(() => 0);
  for (let i = 0; i < 5; i++) backoff.failed(0);
  backoff.reset();
  expect(backoff.isDue(0)).toBe(true);

  backoff.failed(0);
  expect([backoff.isDue(99), backoff.isDue(100)]).toEqual([false, true]);
});
