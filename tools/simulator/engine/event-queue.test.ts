import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import { EventQueue } from "./event-queue.ts";

function nothing(): void {
  return;
}

test("10 000 events asked for in any order are taken by time, and by the order of asking within a moment", () => {
  const queue = new EventQueue();
  const rng = new Rng(3);
  const asked = Array.from({ length: 10_000 }, () => queue.push(rng.below(500), nothing));

  const taken = asked.map(() => queue.takeDue(500)!);

  expect(taken).toEqual(asked.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order));
  expect(queue.takeDue(Infinity)).toBeUndefined();
});

test("what is due at 10 is not taken at 9.9, and is at 10", () => {
  const queue = new EventQueue();
  const event = queue.push(10, nothing);

  expect(queue.takeDue(9.9)).toBeUndefined();
  expect(queue.takeDue(10)).toBe(event);
});
