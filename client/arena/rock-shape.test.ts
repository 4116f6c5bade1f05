import { expect, test } from "vitest";
import { growRock } from "./rock-shape.ts";

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

test("the same seed grows the same rock, another seed another one", () => {
  expect(growRock(3, 64, 11)).toEqual(growRock(3, 64, 11));
  expect(growRock(4, 64, 11).outline).not.toEqual(growRock(3, 64, 11).outline);
});

test("no outline of 50 leaves 86 to 106 % of the radius that collides", () => {
  const shares = SEEDS.flatMap((seed) => growRock(seed, 64, 11).outline.map(({ x, y }) => Math.hypot(x, y) / 64));

  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.86);
  expect(Math.max(...shares)).toBeLessThanOrEqual(1.06);
});

test("every facet of 50 rocks looks towards the eye, with a normal of length 1", () => {
  for (const { normal } of SEEDS.flatMap((seed) => growRock(seed, 64, 11).facets)) {
    expect(normal.z).toBeGreaterThan(0);
    expect(Math.hypot(normal.x, normal.y, normal.z)).toBeCloseTo(1, 9);
  }
});
