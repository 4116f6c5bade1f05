import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { growTerrain } from "./terrain-growth.ts";
import { BLOCKS, cellIndex, CELLS_PER_BLOCK, OPEN, Terrain, UNKNOWN } from "./terrain.ts";

test.each([
  [0, 1],
  [1, 9],
  [2, 21],
  [3, 37],
  [15, 749],
])("a crater of radius %i takes %i cells out of solid rock, once", (radius, cells) => {
  const terrain = solid();

  expect(terrain.dig({ x: 500, y: 500, radius })).toBe(cells);
  expect(terrain.dig({ x: 500, y: 500, radius })).toBe(0);
});

test("a crater at the corner of four blocks takes from each, and one at the world's corner only what is there", () => {
  const terrain = solid();

  terrain.dig({ x: 64, y: 64, radius: 3 });
  expect([0, 1, 16, 17].map((block) => CELLS_PER_BLOCK - terrain.rockCounts[block]!)).toEqual([6, 9, 9, 13]);

  expect(terrain.dig({ x: 1023, y: 0, radius: 3 })).toBe(13);
});

test("a crater changes the versions of the blocks it is in and of those within 8 cells; one in open space none", () => {
  const terrain = solid();

  terrain.dig({ x: 64 + 20, y: 64 + 32, radius: 11 });
  expect(changedBlocks(terrain)).toEqual([17]);
  terrain.dig({ x: 64 + 19, y: 64 + 32, radius: 12 });
  expect(changedBlocks(terrain)).toEqual([16, 17]);

  const open = new Terrain();
  open.dig({ x: 500, y: 500, radius: 9 });
  expect(changedBlocks(open)).toEqual([]);
});

test("beyond the world all is open", () => {
  const terrain = solid();

  const kinds = [
    [0, 0],
    [1023, 1023],
    [-1, 0],
    [0, 1024],
  ].map(([x, y]) => terrain.kindAt(x!, y!));

  expect(kinds).toEqual([1, 1, OPEN, OPEN]);
});

test("craters may be dug before their blocks are known, in any order: 10 runs end with the same cells", () => {
  const whole = growTerrain(3);
  const rng = new Rng(4);
  const craters = Array.from({ length: 400 }, () => {
    return { x: rng.below(1024), y: rng.below(1024), radius: rng.below(16) };
  });
  const first = growTerrain(3);
  for (const crater of craters) first.dig(crater);

  for (let run = 0; run < 10; run++) {
    const mirror = Terrain.unknown();
    const steps = shuffled(rng, [...craters, ...Array.from({ length: BLOCKS }, (_, block) => block)]);
    for (const step of steps) {
      if (typeof step === "number") mirror.learn(step, whole.cells.slice(step * 4096, (step + 1) * 4096));
      else mirror.dig(step);
    }
    expect(Buffer.compare(mirror.cells, first.cells)).toBe(0);
    expect([...mirror.rockCounts]).toEqual([...first.rockCounts]);
  }
});

test("what has not arrived is solid, but for what was dug out of it meanwhile", () => {
  const terrain = Terrain.unknown();

  terrain.dig({ x: 100, y: 100, radius: 0 });

  expect([terrain.kindAt(100, 100), terrain.kindAt(101, 100)]).toEqual([OPEN, UNKNOWN]);
});

function solid(): Terrain {
  const terrain = new Terrain();
  terrain.cells.fill(1);
  terrain.rockCounts.fill(CELLS_PER_BLOCK);
  return terrain;
}

function changedBlocks(terrain: Terrain): number[] {
  return [...terrain.versions.keys()].filter((block) => terrain.versions[block]! > 0);
}

function shuffled<Item>(rng: Rng, items: Item[]): Item[] {
  for (let end = items.length - 1; end > 0; end--) {
    const other = rng.below(end + 1);
    [items[end], items[other]] = [items[other]!, items[end]!];
  }
  return items;
}

test("every cell of the world has a place of its own", () => {
  const seen = new Uint8Array(1024 * 1024);

  for (let y = 0; y < 1024; y++) for (let x = 0; x < 1024; x++) seen[cellIndex(x, y)]! += 1;

  expect(seen.every((count) => count === 1)).toBe(true);
});
