import { expect, test } from "vitest";
import { FACETS_REACH, facetsOf } from "./terrain-facets.ts";

test("a block has 512 facets that cover it without a gap, each with one light", () => {
  const { positions, lights } = facetsOf(100);
  let area = 0;

  for (let facet = 0; facet < lights.length / 3; facet++) {
    const [ax, ay, bx, by, cx, cy] = positions.subarray(facet * 6, facet * 6 + 6) as unknown as number[];
    const doubled = (bx! - ax!) * (cy! - ay!) - (by! - ay!) * (cx! - ax!);
    expect(doubled).toBeGreaterThan(0);
    area += doubled / 2;
    expect(new Set(lights.subarray(facet * 3, facet * 3 + 3)).size).toBe(1);
  }

  expect(lights.length / 3).toBe(512);
  expect(Math.abs(area - 256 * 256)).toBeLessThan(4 * 256 * FACETS_REACH);
  expect(Math.min(...positions)).toBeGreaterThanOrEqual(-FACETS_REACH);
  expect(Math.max(...positions)).toBeLessThanOrEqual(256 + FACETS_REACH);
});

test("the facets of two blocks meet at the same corners, and no two blocks look alike", () => {
  const [left, right] = [facetsOf(100), facetsOf(101)];

  const edge = cornersWhere(left.positions, (x) => x > 256 - 8).map(([x, y]) => `${(x - 256).toFixed(3)}, ${y}`);
  const other = cornersWhere(right.positions, (x) => x < 8).map(([x, y]) => `${x.toFixed(3)}, ${y}`);

  expect([...new Set(edge)].sort()).toEqual([...new Set(other)].sort());
  expect(new Set(edge).size).toBe(17);
  expect(left.positions).not.toEqual(right.positions);
});

test("light falls on facets between dark and bright, and on no two neighbours quite alike", () => {
  const { lights } = facetsOf(33);

  expect(Math.min(...lights)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...lights)).toBeLessThanOrEqual(1);
  expect(new Set(lights).size).toBeGreaterThan(450);
});

function cornersWhere(positions: Float32Array, isMeant: (x: number) => boolean): [number, number][] {
  const corners: [number, number][] = [];
  for (let index = 0; index < positions.length; index += 2) {
    if (isMeant(positions[index]!)) corners.push([positions[index]!, positions[index + 1]!]);
  }
  return corners;
}
