import { expect, test } from "vitest";
import { recordTrace } from "./trace.ts";
import { NearView, viewsOf } from "./views.ts";

/** Where two entities are; the client rides the first. */
function at(x: number, y: number): { x: Int32Array; y: Int32Array } {
  return { x: Int32Array.of(30_000, 30_000 + x), y: Int32Array.of(30_000, 30_000 + y) };
}

test("an entity enters below 11,000 steps on both axes, stays below 11,880, and has to come back to enter", () => {
  const view = new NearView(0);
  const seen = [
    at(11_000, 0),
    at(10_999, -10_999),
    at(11_000, 0),
    at(0, -11_879),
    at(0, -11_880),
    at(11_879, 0),
    at(-10_999, 0),
  ].map((places) => [...view.look(places)]);

  expect(seen).toEqual([[0], [0, 1], [0, 1], [0, 1], [0], [0], [0, 1]]);
});

test("20 clients are near, each sees the entity it rides, and ids ascend", () => {
  const views = viewsOf("near", recordTrace(5, "smooth", 20));

  expect(views).toHaveLength(20);
  views.forEach((ticks, client) => {
    expect(ticks.every((ids) => ids.includes(client))).toBe(true);
    expect(ticks.every((ids) => ids.every((id, place) => place === 0 || id > ids[place - 1]!))).toBe(true);
  });
});

test("one client sees all 500 in every tick", () => {
  const views = viewsOf("all", recordTrace(5, "smooth", 3));

  expect(views.map((ticks) => ticks.map(({ length }) => length))).toEqual([[500, 500, 500]]);
});
