import { expect, test } from "vitest";
import { bounce, NEVER, touchTime } from "./collision.ts";
import type { Bodies } from "./movement.ts";

test.each([
  ["a point that starts inside touches at once", [3, 0, 1, 0], 0],
  ["a point that flies straight through touches at the near side", [-20, 0, 40, 0], 0.25],
  ["a point that ends at the rim touches at the end", [-20, 0, 10, 0], 1],
  ["a point that ends before it does not", [-20, 0, 9.99, 0], NEVER],
  ["a point that passes inside the rim touches", [-20, 9.99, 40, 0], 0.5],
  ["a point that passes outside does not", [-20, 10.01, 40, 0], NEVER],
  ["a point that flies away does not", [11, 0, 40, 0], NEVER],
  ["a point that stands still outside does not", [11, 0, 0, 0], NEVER],
] as const)("%s", (_name, [x, y, moveX, moveY], expected) => {
  const time = touchTime(x, y, moveX, moveY, 10);

  if (expected === NEVER) expect(time).toBe(NEVER);
  else expect(time).toBeCloseTo(expected, 1);
});

test("a light body bounces off a heavy one, and their momentum stays the same", () => {
  const bodies = bodiesAt([0, 0, 6, 0], [15, 0, 0, 0]);

  const closing = bounce(bodies, 0, 100, bodies, 1, 300, 20);

  expect(closing).toBe(6);
  expect(100 * bodies.vx[0]! + 300 * bodies.vx[1]!).toBeCloseTo(600, 9);
  expect(bodies.vx[1]! - bodies.vx[0]!).toBeCloseTo(0.6 * 6, 9);
});

test("two bodies that overlap by 5 part by 5, the light one farther", () => {
  const bodies = bodiesAt([0, 0, 0, 0], [15, 0, 0, 0]);

  bounce(bodies, 0, 100, bodies, 1, 300, 20);

  expect([bodies.x[0], bodies.x[1]]).toEqual([-3.75, 16.25]);
});

test("bodies that overlap but part already keep their speed; bodies a hair apart are left alone", () => {
  const parting = bodiesAt([0, 0, -2, 0], [15, 0, 3, 0]);
  const apart = bodiesAt([0, 0, 5, 0], [20, 0, 0, 0]);

  expect(bounce(parting, 0, 1, parting, 1, 1, 20)).toBe(0);
  expect(bounce(apart, 0, 1, apart, 1, 1, 20)).toBe(0);

  expect([parting.vx[0], parting.vx[1]]).toEqual([-2, 3]);
  expect([apart.x[0], apart.vx[0]]).toEqual([0, 5]);
});

test("two bodies in the very same place part along x", () => {
  const bodies = bodiesAt([50, 50, 0, 0], [50, 50, 0, 0]);

  bounce(bodies, 0, 1, bodies, 1, 1, 20);

  expect([bodies.x[0], bodies.y[0], bodies.x[1], bodies.y[1]]).toEqual([40, 50, 60, 50]);
});

/** Each body as x, y, vx, vy. */
function bodiesAt(...rows: (readonly [number, number, number, number])[]): Bodies {
  const column = (index: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[index]);
  return { x: column(0), y: column(1), vx: column(2), vy: column(3) };
}
