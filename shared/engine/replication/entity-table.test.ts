import { expect, test } from "vitest";
import { Shot } from "../../schema/generated/arena.ts";
import { EntityTable } from "./entity-table.ts";

test("the lowest free slot is taken first, and carries another generation than before", () => {
  const table = new EntityTable(Shot, 4);
  expect([table.spawn(), table.spawn(), table.spawn()]).toEqual([0, 1, 2]);
  const before = table.generationOf(1);

  table.destroy(1);
  const again = table.spawn();

  expect(again).toBe(1);
  expect(table.generationOf(1)).toBe(before + 1);
  expect(table.spawn()).toBe(3);
  expect(table.spawn()).toBeUndefined();
});

test("after 65,536 lives of a slot its generation is the first one again", () => {
  const table = new EntityTable(Shot, 1);
  const generations = Array.from({ length: 65_537 }, () => {
    table.spawn();
    const generation = table.generationOf(0);
    table.destroy(0);
    return generation;
  });

  expect(new Set(generations).size).toBe(65_536);
  expect(generations[65_536]).toBe(generations[0]);
});

test("a new entity is all zero, whatever its slot held", () => {
  const table = new EntityTable(Shot, 1);
  table.spawn();
  table.columns.x[0] = 17;
  table.columns.owner[0] = 3;
  table.destroy(0);

  table.spawn();

  expect([table.columns.x[0], table.columns.owner[0]]).toEqual([0, 0]);
});

test("slots() and count follow spawns and destroys, also of slots that are not alive", () => {
  const table = new EntityTable(Shot, 8);
  for (let i = 0; i < 5; i++) table.spawn();

  table.destroy(4);
  table.destroy(1);
  table.destroy(1);
  table.destroy(7);

  expect([...table.slots()]).toEqual([0, 2, 3]);
  expect(table.count).toBe(3);
  expect(table.slotEnd).toBe(4);
});

test("snapping rounds to the wire's steps: 10.04 becomes 10 + 1/16, and so does what is unpacked from the row", () => {
  const table = new EntityTable(Shot, 2);
  table.spawn();
  const slot = table.spawn()!;
  table.columns.x[slot] = 10.04;
  const rows = new Int32Array(1 + 2 * Shot.rowInts);

  table.snap(rows, 1);

  expect(table.columns.x[slot]).toBe(10.0625);
  const mirror = new EntityTable(Shot, 2);
  mirror.place(0, 0);
  Shot.unpack(rows, 1 + slot * Shot.rowInts, mirror.columns, 0, 0);
  expect(mirror.columns.x[0]).toBe(10.0625);
});

test("a renewed entity keeps its slot and its fields, and is another one", () => {
  const table = new EntityTable(Shot, 2);
  const slot = table.spawn()!;
  table.columns.x[slot] = 10;

  table.renew(slot);
  table.renew(1);

  expect([table.generationOf(slot), table.columns.x[slot], table.count]).toEqual([1, 10, 1]);
});

test("an entity that was renewed 2 times is told from another in its slot by the generation that it began with, in copies too", () => {
  const [table, copy] = [new EntityTable(Shot, 2), new EntityTable(Shot, 2)];
  table.place(0, 65_535);
  table.renew(0);
  table.renew(0);
  copy.copyFrom(table);
  const renewed = [table, copy].map((each) => [each.generationOf(0), each.firstGenerationOf(0), each.renewalsOf(0)]);
  table.destroy(0);
  table.spawn();

  expect(renewed).toEqual([
    [1, 65_535, 2],
    [1, 65_535, 2],
  ]);
  expect([table.generationOf(0), table.firstGenerationOf(0), table.renewalsOf(0)]).toEqual([2, 2, 0]);
});

test.each([0, 1.5, 65_536])("a capacity of %f is refused", (capacity) => {
  expect(() => new EntityTable(Shot, capacity)).toThrow("Shot: capacity");
});

test("a capacity of 65,535 is accepted", () => {
  expect(new EntityTable(Shot, 65_535).capacity).toBe(65_535);
});

test("a copy is what the other table is, in place of all that it was; then the two go their own ways", () => {
  const [table, copy] = [new EntityTable(Shot, 4), new EntityTable(Shot, 4)];
  table.place(1, 9);
  table.place(3, 2);
  table.columns.x[3] = 70;
  for (let i = 0; i < 4; i++) copy.spawn();

  copy.copyFrom(table);
  table.columns.x[3] = 80;
  table.destroy(1);

  expect([...copy.slots()]).toEqual([1, 3]);
  expect([copy.count, copy.slotEnd]).toEqual([2, 4]);
  expect([copy.generationOf(1), copy.generationOf(3), copy.columns.x[3]]).toEqual([9, 2, 70]);
  // The lowest free slot is taken first there too, and has another generation than whatever was in it.
  expect([copy.spawn(), copy.spawn(), copy.spawn()]).toEqual([0, 2, undefined]);
});
