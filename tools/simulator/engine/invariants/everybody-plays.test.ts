import { expect, test } from "vitest";
import { EntityTable } from "#engine/shared";
import { Shot } from "../../../../shared/schema/generated/arena.ts";
import { tells } from "../../tells.ts";
import { EverybodyPlays } from "./everybody-plays.ts";

/** What is told in the end of players 0 and 1, where there were shots of these owners at one tick, and none later. */
function toldOf(owners: readonly number[], phase = "connected", hasOwners = true): readonly string[] {
  const shots = new EntityTable(Shot, 4);
  for (const owner of owners) shots.columns.owner[shots.spawn()!] = owner;
  const game = {
    tables: () => [shots],
    ...(hasOwners && { ownership: { ownerOf: (_: unknown, { slot }: { slot: number }) => shots.columns.owner[slot] } }),
  };
  const players = [
    { client: { playerId: 0, status: { phase: "connected" } } },
    { client: { playerId: 1, status: { phase } } },
  ];
  const { tell, told } = tells();
  const invariant = new EverybodyPlays({ room: { world: {} }, players }, tell, game);
  invariant.onTick();
  shots.clear();
  invariant.onTick();
  invariant.onEnd(9);
  return told;
}

test("players 0 and 1 who each had a shot once are accepted", () => {
  expect(toldOf([1, 0])).toEqual([]);
});

test("player 1 never had anything, where somebody else had two", () => {
  const says = "expected ownership.ownerOf to name it at some tick, found nothing that was its own";

  expect(toldOf([0, 0])).toEqual([`9, 1: ${says}`]);
});

test("in a game without owners nobody has anything of its own", () => {
  expect(toldOf([], "connected", false)).toEqual([]);
});

test("player 1 is lost in the end, whatever it had", () => {
  expect(toldOf([0, 1], "lost")).toEqual(["9, 1: expected to find it in the room, found it lost"]);
  expect(toldOf([0, 1], "reconnecting")).toEqual([]);
});
