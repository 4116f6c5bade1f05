import { expect, test } from "vitest";
import { createWorld } from "../../shared/arena/world.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { EntityWatch } from "./entity-watch.ts";

test("who comes is told once", () => {
  const { ships } = createWorld(1);
  const watch = new EntityWatch(ships.capacity);
  shipAt(ships, 100, 200);

  watch.compare(ships);
  expect(watch.came).toEqual([0]);

  watch.compare(ships);
  expect([watch.came, watch.gone]).toEqual([[], []]);
});

test("who is gone was last at (150, 200), where the newest comparison saw it", () => {
  const { ships } = createWorld(1);
  const watch = new EntityWatch(ships.capacity);
  const slot = shipAt(ships, 100, 200);
  watch.compare(ships);
  ships.columns.x[slot] = 150;
  watch.compare(ships);

  ships.destroy(slot);
  watch.compare(ships);

  expect(watch.gone).toEqual([{ slot, x: 150, y: 200 }]);
});

test("another generation in the same slot is one gone and one come", () => {
  const { ships } = createWorld(1);
  const watch = new EntityWatch(ships.capacity);
  const slot = shipAt(ships, 100, 200);
  watch.compare(ships);

  ships.destroy(slot);
  shipAt(ships, 900, 900);
  watch.compare(ships);

  expect(watch.gone).toEqual([{ slot, x: 100, y: 200 }]);
  expect(watch.came).toEqual([slot]);
});

test("a slot's 300th ship is told once too", () => {
  const { ships } = createWorld(1);
  const watch = new EntityWatch(ships.capacity);
  ships.place(0, 300);

  watch.compare(ships);
  expect(watch.came).toEqual([0]);

  watch.compare(ships);
  expect([watch.came, watch.gone]).toEqual([[], []]);
});

function shipAt(ships: ArenaWorld["ships"], x: number, y: number): number {
  const slot = ships.spawn()!;
  ships.columns.x[slot] = x;
  ships.columns.y[slot] = y;
  return slot;
}
