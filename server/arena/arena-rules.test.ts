import { expect, test } from "vitest";
import { SHOT_SPEED_MAX } from "../../shared/arena/tuning.ts";
import { AsteroidSize } from "../../shared/schema/generated/arena.ts";
import type { ServerMessage } from "../../shared/schema/generated/arena.ts";
import { spawnAsteroid } from "../../shared/arena/asteroids.ts";
import { arenaRules } from "./arena-rules.ts";
import { ScriptedMatch } from "./scripted-match.ts";

test("a newcomer gets a ship at once, the roster with everyone in it, and all hear of the newcomer", () => {
  const script = new ScriptedMatch(1);
  script.join(3, { name: "Ada" });
  script.takeSent();

  script.join(1, { name: "Grace" });

  const sent = script.takeSent();
  expect(script.shipOf(1)).toBe(1);
  expect(sent.find(({ message }) => message.type === "Roster")).toEqual({
    to: 1,
    message: {
      type: "Roster",
      value: {
        rows: [
          { playerId: 1, name: "Grace" },
          { playerId: 3, name: "Ada" },
        ],
      },
    },
  });
  expect(sent.find(({ message }) => message.type === "PlayerJoined")).toEqual({
    to: "all",
    message: { type: "PlayerJoined", value: { playerId: 1, name: "Grace" } },
  });
});

test("whoever leaves takes ship and shots along, and all hear of it", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.join(1);
  script.steer(0, { fire: true });
  script.steer(1, { fire: true });
  script.advance(8);
  script.takeSent();

  script.leave(0);

  expect([script.match.ships.count, script.match.shots.count]).toEqual([1, 2]);
  expect(script.takeSent()).toEqual([{ to: "all", message: { type: "PlayerLeft", value: { playerId: 0 } } }]);
});

test.each([
  ["a name", { name: "Ada" }, "Ada"],
  ["a padded name", { name: "  Ada \n " }, "Ada"],
  ["no name", {}, "Pilot 8"],
  ["an empty name", { name: "" }, "Pilot 8"],
  ["a number for a name", { name: 5 }, "Pilot 8"],
  ["a list for options", ["Ada"], "Pilot 8"],
  ["null for options", null, "Pilot 8"],
  ["no options at all", undefined, "Pilot 8"],
  ["a map with more in it", { name: "Ada", team: 3, admin: true }, "Ada"],
  ["a name of 40 letters", { name: "a".repeat(40) }, "a".repeat(24)],
])("%s makes a pilot's name", (_name, options, expected) => {
  const script = new ScriptedMatch(1);

  script.join(7, options);

  expect(script.match.pilots.get(7)?.name).toBe(expected);
});

test("a kill is told to all and worth 100 points; the victim flies again after 90 ticks, with a shield for 60", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.join(1);
  script.advance(60);
  killWithShot(script, 1, 0);
  script.takeSent();
  script.advance();
  const kills = messagesOf(script, "Kill");

  const shipsAfter = [89, 1].map((ticks) => {
    script.advance(ticks);
    return script.shipOf(1);
  });

  expect(kills).toEqual([{ type: "Kill", value: { killer: 0, victim: 1 } }]);
  expect(script.match.ships.columns.score[script.shipOf(0)!]).toBe(100);
  expect(shipsAfter).toEqual([undefined, 1]);
  const { shielded, health } = script.match.ships.columns;
  expect([health[1], shielded[1]]).toEqual([100, 1]);
  script.advance(59);
  expect(shielded[1]).toBe(1);
  script.advance();
  expect(shielded[1]).toBe(0);
});

test("the dead look from where they died, and from their new ship when it comes", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.join(1);
  script.advance(60);
  const { x, y } = arenaRules.interest.viewpoint(script.match, 1)!;
  killWithShot(script, 1, 0);
  script.advance();

  expect(arenaRules.interest.viewpoint(script.match, 1)).toEqual({ x, y });
  expect(arenaRules.interest.viewpoint(script.match, 9)).toBeUndefined();
  script.advance(90);
  const ship = script.shipOf(1)!;
  const { columns } = script.match.ships;
  expect(arenaRules.interest.viewpoint(script.match, 1)).toEqual({ x: columns.x[ship], y: columns.y[ship] });
});

test("a broken asteroid is worth 5, 10 or 20 points by its size, and a score outlives the ship", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.join(1);
  script.advance(60);
  const scores = [AsteroidSize.SMALL, AsteroidSize.MEDIUM, AsteroidSize.LARGE].map((size) => {
    script.match.asteroids.clear();
    const rock = spawnAsteroid(script.match, size, 2000, 2000)!;
    script.match.asteroids.columns.health[rock] = 1;
    shoot(script, 0, 1920, 2000);
    script.advance(2);
    return script.match.pilots.get(0)?.score;
  });
  killWithShot(script, 0, 1);

  script.advance(91);

  expect(scores).toEqual([5, 15, 35]);
  expect(script.match.ships.columns.score[script.shipOf(0)!]).toBe(35);
});

test("a score ends at 65,535, what the wire can say", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.join(1);
  script.match.pilots.get(0)!.score = 65_500;
  script.advance(60);

  killWithShot(script, 1, 0);
  script.advance();

  expect(script.match.pilots.get(0)?.score).toBe(65_535);
});

test("the leaderboard is told at most once a second, only when it has changed, best first, 8 rows at most", () => {
  const script = new ScriptedMatch(1);
  for (let playerId = 0; playerId < 10; playerId++) script.join(playerId);
  script.takeSent();
  const told = [30, 30, 1, 28, 1].map((ticks, index) => {
    if (index === 2) script.match.pilots.get(9)!.score = 50;
    if (index === 3) script.match.pilots.get(4)!.score = 50;
    script.advance(ticks);
    return messagesOf(script, "Leaderboard").length;
  });

  expect(told).toEqual([1, 0, 0, 0, 1]);
  expect(script.match.leaderboard.map(({ playerId }) => playerId)).toEqual([4, 9, 0, 1, 2, 3, 5, 6]);
  script.join(10);
  const welcome = script.takeSent().find(({ to, message }) => to === 10 && message.type === "Leaderboard");
  expect(welcome?.message.value).toEqual({ rows: script.match.leaderboard });
});

test("a player may say 3 lines in a row, then one a second; others are not held up", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.join(1);
  script.takeSent();

  const said = [0, 29, 1, 30, 90].map((ticks) => {
    script.advance(ticks);
    for (let line = 0; line < 5; line++) script.say(0, `line ${line}`);
    return messagesOf(script, "ChatSaid").length;
  });
  script.say(1, "hello");

  expect(said).toEqual([3, 0, 1, 1, 3]);
  expect(messagesOf(script, "ChatSaid")).toEqual([{ type: "ChatSaid", value: { playerId: 1, text: "hello" } }]);
});

test("a line with nothing to see in it is not said and costs nothing; strangers are not heard", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.takeSent();

  for (const line of ["", "   ", "\u202e\u200b", "\n\t"]) script.say(0, line);
  script.say(5, "I am not here");
  expect(messagesOf(script, "ChatSaid")).toEqual([]);

  for (const line of ["a", "b", "c"]) script.say(0, line);
  expect(messagesOf(script, "ChatSaid")).toHaveLength(3);
});

test("256 players fly; the 257th waits without a ship until one is free", () => {
  const script = new ScriptedMatch(1);
  for (let playerId = 0; playerId < 257; playerId++) script.join(playerId);
  script.advance(5);
  const shipsBefore = [script.match.ships.count, script.shipOf(255) === undefined, script.shipOf(256) === undefined];

  script.leave(0);
  script.advance();

  expect(shipsBefore).toEqual([256, false, true]);
  expect(script.shipOf(256)).toBe(0);
});

test("a player who is in the room already is our own bug", () => {
  const script = new ScriptedMatch(1);
  script.join(0);

  const again = () => {
    script.join(0);
  };

  expect(again).toThrow("player 0 is in the room already");
});

function messagesOf(script: ScriptedMatch, type: ServerMessage["type"]): ServerMessage[] {
  return script
    .takeSent()
    .map(({ message }) => message)
    .filter((message) => message.type === type);
}

/** A shot of `killer` that ends the victim's ship, which has one hit left, in the next tick. */
function killWithShot(script: ScriptedMatch, victim: number, killer: number): void {
  const ship = script.shipOf(victim)!;
  const { columns } = script.match.ships;
  columns.health[ship] = 1;
  shoot(script, killer, columns.x[ship]! - 25, columns.y[ship]!);
}

function shoot(script: ScriptedMatch, owner: number, x: number, y: number): void {
  const { shots, shotTicksLeft } = script.match;
  const slot = shots.spawn()!;
  shots.columns.owner[slot] = owner;
  shots.columns.x[slot] = x;
  shots.columns.y[slot] = y;
  shots.columns.vx[slot] = SHOT_SPEED_MAX;
  shotTicksLeft[slot] = 42;
}
