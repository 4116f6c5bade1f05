import { expect, test } from "vitest";
import { tells } from "../../tells.ts";
import { TicksAreKnown } from "./ticks-are-known.ts";

/** What is told when player 1 shows these ticks, one after the other, of a room at tick 10 with 30 a second. */
function toldOf(ticks: readonly number[], beyond = 0): readonly string[] {
  const client = { tick: 0, viewTick: 0 };
  const { tell, told } = tells();
  const session = { room: { tick: 10 }, players: [{ client: { tick: 0, viewTick: 0 } }, { client }] };
  const invariant = new TicksAreKnown(session, tell, { tickRate: 30 });
  ticks.forEach((tick, frame) => {
    client.tick = tick;
    client.viewTick = tick + beyond;
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

test("a tenth of a second beyond the newest snapshot may be guessed, and no more", () => {
  expect(toldOf([8], 3)).toEqual([]);
  expect(toldOf([8], 3.5)).toEqual(["0, 1: expected to see up to tick 11, found 11.5"]);
});
