import fc from "fast-check";
import { expect, test } from "vitest";
import { EntityTable, Rng } from "#engine/shared";
import { Shot } from "../../shared/schema/generated/arena.ts";
import { InterestGrid } from "./interest-grid.ts";

/** The slots a query finds, and those that looking at every entity finds. */
function bothWays(seed: number, count: number, worldSize: number, radius: number): [number[], number[]] {
  const rng = new Rng(seed);
  const table = new EntityTable(Shot, 300);
  for (let i = 0; i < count; i++) {
    const slot = table.spawn()!;
    table.columns.x[slot] = rng.between(-worldSize, worldSize);
    table.columns.y[slot] = rng.between(-worldSize, worldSize);
  }
  for (let slot = 0; slot < count; slot += 3) table.destroy(slot);
  const from = { x: rng.between(-worldSize, worldSize), y: rng.between(-worldSize, worldSize) };
  const grid = new InterestGrid(table, 100);
  grid.rebuild();
  const slots = new Uint16Array(300);
  const found = grid.query(from, radius, slots, new Float64Array(300));
  const isNear = (slot: number): boolean =>
    (table.columns.x[slot]! - from.x) ** 2 + (table.columns.y[slot]! - from.y) ** 2 <= radius ** 2;
  return [[...slots.subarray(0, found)].sort((a, b) => a - b), [...table.slots()].filter(isNear)];
}

test("a query finds exactly what looking at everything finds: in small worlds, in huge ones, and in empty ones", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(300),
      fc.constantFrom(10, 1000, 4096, 1e6),
      fc.constantFrom(0.5, 99, 101, 1000, 5000),
      (seed, count, worldSize, radius) => {
        const [found, expected] = bothWays(seed, count, worldSize, radius);
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test("exactly at the radius is in view; a step beyond is not", () => {
  const table = new EntityTable(Shot, 2);
  table.columns.x[table.spawn()!] = 100;
  table.columns.x[table.spawn()!] = 100.0625;
  const grid = new InterestGrid(table, 100);
  grid.rebuild();
  const slots = new Uint16Array(2);

  const squares = new Float64Array(2);

  expect(grid.query({ x: 0, y: 0 }, 100, slots, squares)).toBe(1);
  expect([slots[0], squares[0]]).toEqual([0, 10_000]);
});

test.each([NaN, Infinity, -Infinity])("an entity at %f is near nobody, and hides none of 99 others", (nowhere) => {
  const table = new EntityTable(Shot, 100);
  for (let i = 0; i < 100; i++) table.columns.x[table.spawn()!] = i;
  table.columns.x[40] = nowhere;
  const grid = new InterestGrid(table, 50);
  grid.rebuild();
  const slots = new Uint16Array(100);

  const found = grid.query({ x: 50, y: 0 }, 1000, slots, new Float64Array(100));

  expect(found).toBe(99);
  expect([...slots.subarray(0, found)]).not.toContain(40);
});
