import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { CellGrid } from "./cell-grid.ts";

test("every body within reach of a box is found: 200 random searches among 300 bodies miss none of them", () => {
  const rng = new Rng(7);
  const grid = new CellGrid(128, 32, 300);
  const places = Array.from({ length: 300 }, () => ({ x: rng.between(0, 4096), y: rng.between(0, 4096) }));
  places.forEach(({ x, y }, slot) => {
    grid.insert(slot, x, y);
  });

  let missed = 0;
  for (let search = 0; search < 200; search++) {
    const x = rng.between(0, 4096);
    const y = rng.between(0, 4096);
    const reach = rng.between(0, 300);
    const found = foundIn(grid, grid.collect(x, y, x + 30, y - 30, reach));
    const near = places.filter((place) => place.x >= x - reach && place.x <= x + 30 + reach);
    const within = near.filter((place) => place.y >= y - 30 - reach && place.y <= y + reach);
    missed += within.filter((place) => !found.has(places.indexOf(place))).length;
  }

  expect(missed).toBe(0);
});

test("a search looks into its own cells only: 1 of 1,000 bodies spread over the world", () => {
  const grid = new CellGrid(128, 32, 1000);
  for (let slot = 0; slot < 1000; slot++) grid.insert(slot, (slot % 32) * 128 + 64, Math.floor(slot / 32) * 128 + 64);

  const count = grid.collect(64, 64, 64, 64, 60);

  expect(foundIn(grid, count)).toEqual(new Set([0]));
});

test("places outside the world count for the border cells, and a cleared grid is empty", () => {
  const grid = new CellGrid(128, 32, 4);
  grid.insert(0, -500, -500);
  grid.insert(1, 9000, 9000);

  expect(foundIn(grid, grid.collect(0, 0, 0, 0, 1))).toEqual(new Set([0]));
  expect(foundIn(grid, grid.collect(4095, 4095, 4095, 4095, 1))).toEqual(new Set([1]));

  grid.clear();
  expect(grid.collect(0, 0, 4096, 4096, 0)).toBe(0);
});

function foundIn(grid: CellGrid, count: number): Set<number> {
  return new Set(grid.found.subarray(0, count));
}
