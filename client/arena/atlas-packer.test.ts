import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { GAP, packShelves } from "./atlas-packer.ts";

test("of 200 rectangles none touches another or the sheet's edge", () => {
  const rng = new Rng(1);
  const sizes = Array.from({ length: 200 }, () => ({ width: 1 + rng.below(150), height: 1 + rng.below(150) }));

  const { places, height } = packShelves(sizes, 1024);

  const boxes = sizes.map((size, index) => ({ ...size, ...places[index]! }));
  for (const [index, box] of boxes.entries()) {
    expect(box.x).toBeGreaterThanOrEqual(GAP);
    expect(box.y).toBeGreaterThanOrEqual(GAP);
    expect(box.x + box.width + GAP).toBeLessThanOrEqual(1024);
    expect(box.y + box.height + GAP).toBeLessThanOrEqual(height);
    for (const other of boxes.slice(index + 1)) expect(areApart(box, other)).toBe(true);
  }
});

test("shelves are filled before a new one is begun: 16 squares of 30 fit 126 × 130", () => {
  const sizes = Array.from({ length: 16 }, () => ({ width: 29, height: 30 }));

  expect(packShelves(sizes, 126).height).toBe(4 * 32 + GAP);
});

test("a shape of 60 fits a sheet of 64, one of 61 does not", () => {
  expect(packShelves([{ width: 60, height: 1 }], 64).places).toEqual([{ x: 2, y: 2 }]);
  expect(() => packShelves([{ width: 61, height: 1 }], 64)).toThrow("a shape of 61 px on a sheet of 64 px");
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function areApart(a: Box, b: Box): boolean {
  const isBeside = a.x + a.width + GAP <= b.x || b.x + b.width + GAP <= a.x;
  const isAbove = a.y + a.height + GAP <= b.y || b.y + b.height + GAP <= a.y;
  return isBeside || isAbove;
}
