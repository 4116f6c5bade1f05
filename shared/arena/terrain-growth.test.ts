import { expect, test } from "vitest";
import { growTerrain } from "./terrain-growth.ts";
import { CELLS_ACROSS, CELLS_PER_BLOCK, OPEN, ORE } from "./terrain.ts";
import type { Terrain } from "./terrain.ts";

test("the same seed grows the same rock, whose cells have this hash on every machine; another seed other rock", () => {
  expect([1, 1, 2].map((seed) => hashOf(growTerrain(seed)))).toEqual([3_893_793_939, 3_893_793_939, 879_252_191]);
});

test.each([1, 2, 3, 4_000_000_000])("seed %i: 75 to 85 % of the world is open, and some of the rock is ore", (seed) => {
  const terrain = growTerrain(seed);

  const counts = countsOf(terrain);

  expect(counts[OPEN]! / terrain.cells.length).toBeGreaterThan(0.75);
  expect(counts[OPEN]! / terrain.cells.length).toBeLessThan(0.85);
  expect(counts.length).toBe(ORE + 1);
  expect(Math.min(...counts)).toBeGreaterThan(5_000);
});

test.each([1, 2, 3])("seed %i: 16 cells along the border and 80 around the middle are open", (seed) => {
  const terrain = growTerrain(seed);
  const middle = CELLS_ACROSS / 2;
  const rock: string[] = [];

  for (let y = 0; y < CELLS_ACROSS; y++) {
    for (let x = 0; x < CELLS_ACROSS; x++) {
      const isAtBorder = Math.min(x, y, CELLS_ACROSS - 1 - x, CELLS_ACROSS - 1 - y) < 16;
      const isAtMiddle = Math.hypot(x - middle, y - middle) < 80;
      if ((isAtBorder || isAtMiddle) && terrain.kindAt(x, y) !== OPEN) rock.push(`${x}, ${y}`);
    }
  }

  expect(rock).toEqual([]);
});

test("the blocks' counts are those of their cells", () => {
  const terrain = growTerrain(5);

  const counts = Array.from(terrain.rockCounts, (_, block) => {
    const cells = terrain.cells.subarray(block * CELLS_PER_BLOCK, (block + 1) * CELLS_PER_BLOCK);
    return cells.filter((kind) => kind !== OPEN).length;
  });

  expect([...terrain.rockCounts]).toEqual(counts);
});

/** FNV-1a. */
function hashOf({ cells }: Terrain): number {
  let hash = 0x811c9dc5;
  for (const kind of cells) hash = Math.imul(hash ^ kind, 0x01000193) >>> 0;
  return hash;
}

/** By kind. */
function countsOf({ cells }: Terrain): number[] {
  const counts: number[] = [];
  for (const kind of cells) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
