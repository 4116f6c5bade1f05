import { expect, test } from "vitest";
import { tells } from "../../tells.ts";
import { TicksAreKnown } from "./ticks-are-known.ts";

/** What is told when player 1 shows these ticks, one after the other, of a room that is at tick 10. */
function toldOf(ticks: readonly number[]): readonly string[] {
  const client = { tick: 0 };
  const { tell, told } = tells();
  const invariant = new TicksAreKnown({ room: { tick: 10 }, players: [{ client: { tick: 0 } }, { client }] }, tell);
  ticks.forEach((tick, frame) => {
    client.tick = tick;
    invariant.onFrame(1, frame);
  });
  return told;
}

test("ticks 7, 7, 8, 10 of a room that has produced 10 are accepted", () => {
  expect(toldOf([7, 7, 8, 10])).toEqual([]);
});

test("tick 11 is not", () => {
  expect(toldOf([10, 11])).toEqual(["1, 1: expected a tick up to 10, found 11"]);
});

test("nor is 8 behind 9", () => {
  expect(toldOf([9, 8])).toEqual(["1, 1: expected tick 9 or a later one, found 8"]);
});
