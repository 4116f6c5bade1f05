import { expect, test } from "vitest";
import { Smoothing } from "./smoothing.ts";

const SHIP = { kind: 0, slot: 5, generation: 3 };

test("what jumped by 20 units is drawn where it was, 7.4 off after 33 ms, 1 off after 100, and then where it is", () => {
  const smoothing = new Smoothing();
  smoothing.add({ ...SHIP, dx: 20, dy: -10 });
  const offsets = [0, 33, 67, 150].map((passedMs) => {
    smoothing.advance(passedMs);
    const { dx, dy } = smoothing.offsetOf(0, 5, 3);
    return { dx, dy };
  });

  expect(offsets[0]).toEqual({ dx: -20, dy: 10 });
  expect(offsets[1]!.dx).toBeCloseTo(-7.36, 2);
  expect(Math.abs(offsets[2]!.dx)).toBeLessThan(1);
  expect(offsets[3]).toEqual({ dx: 0, dy: 0 });
});

test("a second correction adds to what is left of the first, and others are not moved by either", () => {
  const smoothing = new Smoothing();
  smoothing.add({ ...SHIP, dx: 20, dy: 0 });
  smoothing.add({ ...SHIP, dx: -5, dy: 1 });

  expect(smoothing.offsetOf(0, 5, 3)).toMatchObject({ dx: -15, dy: -1 });
  expect(smoothing.offsetOf(1, 5, 3)).toMatchObject({ dx: 0, dy: 0 });
  expect(smoothing.offsetOf(0, 4, 3)).toMatchObject({ dx: 0, dy: 0 });
});

test("the same time in 1 step or in 10 fades it alike", () => {
  const lefts = [1, 10].map((steps) => {
    const smoothing = new Smoothing();
    smoothing.add({ ...SHIP, dx: 20, dy: 0 });
    for (let i = 0; i < steps; i++) smoothing.advance(50 / steps);
    return smoothing.offsetOf(0, 5, 3).dx;
  });

  expect(lefts[0]).toBeCloseTo(lefts[1]!, 9);
});

test("what is another one, or has been renewed, is drawn where it is, and its own corrections begin from there", () => {
  const smoothing = new Smoothing();
  smoothing.add({ ...SHIP, dx: 20, dy: 0 });
  expect(smoothing.offsetOf(0, 5, 4)).toMatchObject({ dx: 0, dy: 0 });

  smoothing.add({ ...SHIP, generation: 4, dx: 1, dy: 0 });
  expect(smoothing.offsetOf(0, 5, 4)).toMatchObject({ dx: -1, dy: 0 });
});
