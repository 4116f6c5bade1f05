import { expect, test } from "vitest";
import { encodeNumbered, numberedGame, type NumberedLane, type NumberedTypes } from "../../numbered-game.ts";
import { tells } from "../../tells.ts";
import type { WatchedSession } from "./invariant.ts";
import { MessagesArrive } from "./messages-arrive.ts";

type Spoken = readonly (number | readonly [NumberedLane, number])[];

function bytesOf(said: Spoken[number]): Uint8Array {
  const [lane, number] = typeof said === "number" ? (["event", said] as const) : said;
  return encodeNumbered({ lane, number });
}

/** What is told when one side says these messages, of the event lane unless it is given, and the other hears those. */
function toldOf(way: "up" | "down", said: Spoken, heard: Spoken, hasLeft = false): readonly string[] {
  const { tell, told } = tells();
  const client = { playerId: 5, status: { phase: "connected" } };
  const session = { players: [{ client, links: [], serverConnections: [] }], hasLeft: () => hasLeft };
  const watched = session as unknown as WatchedSession<NumberedTypes>;
  const invariant = new MessagesArrive(watched, tell, numberedGame().protocol, (message) => message[1] !== 99);
  invariant.onPlayerJoins(5);
  for (const each of said) {
    if (way === "down") invariant.onRoomSays(5, bytesOf(each), 1);
    else invariant.onPlayerSays(0, bytesOf(each), 1);
  }
  for (const each of heard) {
    if (way === "down") invariant.onPlayerHears(0, bytesOf(each), 2);
    else invariant.onRoomHears(5, bytesOf(each), 2);
  }
  invariant.onEnd(5_000);
  return told;
}

test.each(["up", "down"] as const)("messages that go %s arrive in the order of each lane", (way) => {
  expect(toldOf(way, [0, ["bulk", 0], ["control", 0], 1], [["control", 0], 0, 1, ["bulk", 0]])).toEqual([]);
});

test.each([
  { what: "lost", said: [0, 1, 2], heard: [0, 2], told: "expected message 1 of the event lane, found message 2" },
  {
    what: "heard twice",
    said: [0, 1],
    heard: [0, 0, 1],
    told: "expected message 1 of the event lane, found one that was heard before or never said",
  },
  {
    what: "never said",
    said: [0],
    heard: [0, 7],
    told: "expected message 1 of the event lane, found one that was heard before or never said",
  },
  {
    what: "missing in the end",
    said: [0, ["bulk", 0]] as const,
    heard: [0],
    told: "expected message 0 of the bulk lane, said at 1 ms, found none",
  },
])("a message that is $what is told of, both ways", ({ said, heard, told }) => {
  expect(toldOf("down", said, heard).map((text) => text.split(": ")[1])).toEqual([`${told}, from the room`]);
  expect(toldOf("up", said, heard).map((text) => text.split(": ")[1])).toEqual([`${told}, to the room`]);
});

test("two that come in the wrong order are one too early, and one that nobody waits for any more", () => {
  expect(toldOf("down", [0, 1], [1, 0])).toHaveLength(2);
});

test("for whoever has left nothing need arrive, and what is not counted may come as it likes", () => {
  expect(toldOf("down", [0, 1], [0], true)).toEqual([]);
  expect(toldOf("down", [99, 0, 99], [0, 99, 99, 99])).toEqual([]);
});
