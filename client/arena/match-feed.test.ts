import { expect, test } from "vitest";
import { NOBODY } from "../../shared/schema/generated/arena.ts";
import { CHAT_LINES_MAX, KILL_LINES_MAX, MatchFeed } from "./match-feed.ts";

const OWN = 7;

test("a player has a number until the name arrives, and again once gone", () => {
  const feed = new MatchFeed();
  expect(feed.nameOf(3)).toBe("Pilot 4");

  feed.apply({ type: "PlayerJoined", value: { playerId: 3, name: "Wren" } }, OWN, 0);
  expect(feed.nameOf(3)).toBe("Wren");

  feed.apply({ type: "PlayerLeft", value: { playerId: 3 } }, OWN, 0);
  expect(feed.nameOf(3)).toBe("Pilot 4");
});

test("names of the roster and of those who join lose their direction marks", () => {
  const feed = new MatchFeed();

  feed.apply({ type: "Roster", value: { rows: [{ playerId: 1, name: "\u202eeno" }] } }, OWN, 0);
  feed.apply({ type: "PlayerJoined", value: { playerId: 2, name: "\u0000\u200b" } }, OWN, 0);

  expect([feed.nameOf(1), feed.nameOf(2)]).toEqual(["eno", "Pilot 3"]);
});

test("the leaderboard takes a name that arrives after the scores", () => {
  const feed = new MatchFeed();
  const rows = [
    { playerId: 3, score: 120 },
    { playerId: OWN, score: 100 },
  ];

  feed.apply({ type: "Leaderboard", value: { rows } }, OWN, 0);
  feed.apply({ type: "PlayerJoined", value: { playerId: 3, name: "Wren" } }, OWN, 0);

  expect(feed.leaderboard).toEqual([
    { rank: 1, name: "Wren", score: 120, isOwn: false },
    { rank: 2, name: "Pilot 8", score: 100, isOwn: true },
  ]);
});

test("who leaves loses the row of the leaderboard at once, and those behind move up", () => {
  const feed = new MatchFeed();
  const rows = [
    { playerId: 3, score: 120 },
    { playerId: 4, score: 110 },
  ];
  feed.apply({ type: "Leaderboard", value: { rows } }, OWN, 0);

  feed.apply({ type: "PlayerLeft", value: { playerId: 3 } }, OWN, 0);

  expect(feed.leaderboard).toEqual([{ rank: 1, name: "Pilot 5", score: 110, isOwn: false }]);
});

test("kills and chat keep the time at which they arrived, though the screen looks 60 s later", () => {
  const feed = new MatchFeed();

  feed.apply({ type: "Kill", value: { killer: 3, victim: OWN } }, OWN, 1000);
  feed.apply({ type: "ChatSaid", value: { playerId: 3, text: "hi" } }, OWN, 2000);
  feed.ownShipIs(true, 61_000);

  expect(feed.kills.map(({ happenedAtMs }) => happenedAtMs)).toEqual([1000]);
  expect(feed.chat.map(({ saidAtMs }) => saidAtMs)).toEqual([2000]);
  expect(feed.ownEnd).toBeUndefined();
});

test("an end by nobody names no killer", () => {
  const feed = new MatchFeed();

  feed.apply({ type: "Kill", value: { killer: NOBODY, victim: 3 } }, OWN, 0);
  feed.apply({ type: "Kill", value: { killer: OWN, victim: 3 } }, OWN, 0);

  expect(feed.kills.map(({ killer, isKillerOwn }) => ({ killer, isKillerOwn }))).toEqual([
    { killer: undefined, isKillerOwn: false },
    { killer: "Pilot 8", isKillerOwn: true },
  ]);
  expect(feed.ownEnd).toBeUndefined();
});

test("the own end lasts until the ship is back, though the view still shows it for a moment", () => {
  const feed = new MatchFeed();
  feed.apply({ type: "Kill", value: { killer: 3, victim: OWN } }, OWN, 1000);

  feed.ownShipIs(true, 1016);
  expect(feed.ownEnd).toEqual({ killer: "Pilot 4", happenedAtMs: 1000 });
  feed.ownShipIs(false, 1050);
  expect(feed.ownEnd).toBeDefined();

  feed.ownShipIs(true, 4000);
  expect(feed.ownEnd).toBeUndefined();
});

test("a ship that is there more than 1 s after its end is a new one, even if no frame was drawn meanwhile", () => {
  const feed = new MatchFeed();
  feed.apply({ type: "Kill", value: { killer: 3, victim: OWN } }, OWN, 1000);

  feed.ownShipIs(true, 2001);

  expect(feed.ownEnd).toBeUndefined();
});

test("of 20 kills and 20 chat lines the newest are kept, as many as the screen has room for", () => {
  const feed = new MatchFeed();

  for (let count = 1; count <= 20; count++) {
    feed.apply({ type: "Kill", value: { killer: 1, victim: 100 + count } }, OWN, count);
    feed.apply({ type: "ChatSaid", value: { playerId: 1, text: `line ${count}` } }, OWN, count);
  }

  expect(feed.kills.length).toBe(KILL_LINES_MAX);
  expect(feed.kills.at(-1)?.victim).toBe("Pilot 121");
  expect(feed.chat.length).toBe(CHAT_LINES_MAX);
  expect(feed.chat[0]?.text).toBe("line 15");
});

test("chat that shows nothing is no line", () => {
  const feed = new MatchFeed();

  feed.apply({ type: "ChatSaid", value: { playerId: 1, text: "\u202e \u200b" } }, OWN, 0);
  feed.apply({ type: "ChatSaid", value: { playerId: 1, text: "hi" } }, OWN, 0);

  expect(feed.chat.map(({ text }) => text)).toEqual(["hi"]);
});
