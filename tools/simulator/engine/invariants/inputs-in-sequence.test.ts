import { expect, test } from "vitest";
import { numberedGame } from "../../numbered-game.ts";
import { InputsInSequence } from "./inputs-in-sequence.ts";
import { tells } from "../../tells.ts";

type Players = ConstructorParameters<typeof InputsInSequence>[0]["players"];

/** What is told when the player wants these inputs first, and the room then applies those, one a tick. */
function toldOf(wanted: readonly number[], applied: readonly number[]): readonly string[] {
  const { tell, told } = tells();
  // The room has given the number again, to somebody whose client came before the one that left.
  const here = { playerId: 5, status: { phase: "connected" } };
  const gone = { playerId: 5, status: { phase: "lost" } };
  const players = [{ client: here }, { client: gone }] as unknown as Players;
  const invariant = new InputsInSequence({ players }, tell, numberedGame().protocol);
  for (const input of wanted) invariant.onPlayerWants(0, input);
  applied.forEach((input, tick) => {
    invariant.onRoomApplies([{ playerId: 5, input, sawTick: 0 }], tick);
  });
  return told;
}

test.each([
  { applied: [1, 2, 3, 4], what: "all in their order" },
  { applied: [2, 4], what: "some left out" },
  { applied: [1, 1, 1, 3], what: "the last again while no other comes" },
])("of 1, 2, 3, 4 the room may apply $applied: $what", ({ applied }) => {
  expect(toldOf([1, 2, 3, 4], applied)).toEqual([]);
});

test.each([
  { applied: [1, 2, 1], told: "2, 0: expected an input that it wanted since 0200, found 0100", what: "one twice" },
  { applied: [3, 2], told: "1, 0: expected an input that it wanted since 0300, found 0200", what: "an old one late" },
  { applied: [5], told: "0, 0: expected an input that it wanted since it came, found 0500", what: "nobody's" },
])("and it may not apply $applied: $what", ({ applied, told }) => {
  expect(toldOf([1, 2, 3, 4], applied)).toEqual([told]);
});

test("an input of a player whom no client calls itself is nobody's to judge", () => {
  const { tell, told } = tells();
  const invariant = new InputsInSequence({ players: [] }, tell, numberedGame().protocol);

  invariant.onRoomApplies([{ playerId: 5, input: 1, sawTick: 0 }], 0);

  expect(told).toEqual([]);
});
