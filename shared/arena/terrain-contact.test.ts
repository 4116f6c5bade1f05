import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { isClear, rockAhead, touchRock, touchUnknown } from "./terrain-contact.ts";
import { growTerrain } from "./terrain-growth.ts";
import { cellAlong, cellIndex, OPEN, Terrain } from "./terrain.ts";

test.each([
  ["from the left", 1000 - 13, 2050, [-1, 0, 1]],
  ["from the right", 1100 + 13, 2050, [1, 0, 1]],
  ["from above", 1050, 2000 - 10, [0, -1, 4]],
  ["from below", 1050, 2100 + 10, [0, 1, 4]],
] as const)("a circle of radius 14 that reaches into a slab %s is pushed straight out", (_name, x, y, expected) => {
  const contact = touchRock(slab(), x, y, 14)!;

  expect(contact.normalX).toBeCloseTo(expected[0], 9);
  expect(contact.normalY).toBeCloseTo(expected[1], 9);
  expect(contact.depth).toBeCloseTo(expected[2], 9);
});

test("a circle whose rim is exactly at the rock is clear of it, a hair nearer is not", () => {
  expect(touchRock(slab(), 1000 - 14, 2050, 14)).toBeUndefined();
  expect(isClear(slab(), 1000 - 14, 2050, 14)).toBe(true);
  expect(touchRock(slab(), 1000 - 13.99, 2050, 14)).toBeDefined();
  expect(isClear(slab(), 1000 - 13.99, 2050, 14)).toBe(false);
});

test("at a corner the way out is the diagonal; inside rock alike on all sides there is none", () => {
  const corner = touchRock(slab(), 1000 - 6, 2000 - 6, 14)!;
  const inside = touchRock(slab(), 1050, 2050, 14)!;

  expect(corner.normalX).toBeCloseTo(-Math.SQRT1_2, 9);
  expect(corner.normalY).toBeCloseTo(-Math.SQRT1_2, 9);
  expect([inside.normalX, inside.normalY]).toEqual([0, 0]);
});

test("circles of any size touch what a look at all cells says they do: 2,000 places in a grown world", () => {
  const terrain = growTerrain(2);
  const rng = new Rng(3);
  let touching = 0;

  for (let place = 0; place < 2000; place++) {
    const [x, y, radius] = [rng.between(-20, 4116), rng.between(-20, 4116), rng.between(1, 70)];
    const isTouching = hasRockWithin(terrain, x, y, radius);
    expect(touchRock(terrain, x, y, radius) !== undefined).toBe(isTouching);
    expect(isClear(terrain, x, y, radius)).toBe(!isTouching);
    touching += Number(isTouching);
  }

  expect(touching).toBeGreaterThan(300);
  expect(touching).toBeLessThan(1700);
});

test("an unknown block pushes out whoever reaches in from a known one, and nobody who is inside", () => {
  const isKnown = new Uint8Array(256).fill(1);
  isKnown[17] = 0;

  expect(touchUnknown(isKnown, 256 - 10, 300, 14)).toEqual({ normalX: -1, normalY: 0, depth: 4 });
  expect(touchUnknown(isKnown, 256 - 14, 300, 14)).toBeUndefined();
  expect(touchUnknown(isKnown, 300, 300, 14)).toBeUndefined();
});

test("a way into a slab meets it where it begins, one beside it does not, and one that begins inside at once", () => {
  expect(rockAhead(slab(), 980, 2050, 40, 0)).toEqual({ time: 0.5, cellX: 250, cellY: 512 });
  expect(rockAhead(slab(), 1120, 2050, -40, 0)).toEqual({ time: 0.5, cellX: 274, cellY: 512 });
  expect(rockAhead(slab(), 980, 1999, 40, 0)).toBeUndefined();
  expect(rockAhead(slab(), 980, 2050, 19, 0)).toBeUndefined();
  expect(rockAhead(slab(), 1050, 2050, 0, 0)).toEqual({ time: 0, cellX: 262, cellY: 512 });
});

test("no way is through rock: of 3,000 ways each small step up to the time that is told is in the open", () => {
  const terrain = growTerrain(2);
  const rng = new Rng(5);
  const wrong: string[] = [];

  for (let way = 0; way < 3000; way++) {
    const [x, y] = [rng.between(0, 4096), rng.between(0, 4096)];
    const [moveX, moveY] = [rng.between(-32, 32), rng.between(-32, 32)];
    const ahead = rockAhead(terrain, x, y, moveX, moveY);
    for (let step = 0; step < 256; step++) {
      const time = (step / 256) * Math.min(1, ahead?.time ?? 1);
      const kind = terrain.kindAt(cellAlong(x + moveX * time), cellAlong(y + moveY * time));
      if (kind !== OPEN && time > 0) wrong.push(`${x}, ${y}`);
    }
    if (ahead !== undefined && terrain.kindAt(ahead.cellX, ahead.cellY) === OPEN) wrong.push(`end of ${x}, ${y}`);
  }

  expect(wrong).toEqual([]);
});

/** Rock from (1000, 2000) to (1100, 2100). */
function slab(): Terrain {
  const terrain = new Terrain();
  for (let y = 500; y < 525; y++) {
    for (let x = 250; x < 275; x++) {
      terrain.cells[cellIndex(x, y)] = 1;
      terrain.rockCounts[Math.floor(cellIndex(x, y) / 4096)]! += 1;
    }
  }
  return terrain;
}

function hasRockWithin(terrain: Terrain, x: number, y: number, radius: number): boolean {
  for (let cellY = cellAlong(y - radius); cellY <= cellAlong(y + radius); cellY++) {
    for (let cellX = cellAlong(x - radius); cellX <= cellAlong(x + radius); cellX++) {
      if (terrain.kindAt(cellX, cellY) === OPEN) continue;
      const dx = x - Math.max(cellX * 4, Math.min(cellX * 4 + 4, x));
      const dy = y - Math.max(cellY * 4, Math.min(cellY * 4 + 4, y));
      if (dx * dx + dy * dy < radius * radius) return true;
    }
  }
  return false;
}
