import type { GameDefinition, Outbox } from "#engine/shared";
import { expect, test } from "vitest";
import { arenaRules } from "../../../server/arena/arena-rules.ts";
import { IDLE_INPUT } from "../../../shared/arena/movement.ts";
import { encodeChatSay, encodeKill } from "../../../shared/schema/generated/arena.ts";
import { type GameWatch, watchedClientGame, watchedGame } from "./watched-game.ts";

const HELLO = Uint8Array.of(1);
const BYE = Uint8Array.of(2);

/** A game that greets everybody, and says goodbye to player 1. */
const GREETER: GameDefinition = {
  ...(arenaRules as GameDefinition),
  addPlayer: (_world, _playerId, _options, outbox) => {
    outbox.toAll(HELLO);
  },
  removePlayer: (_world, _playerId, outbox) => {
    outbox.toAll(BYE);
    outbox.toPlayer(1, BYE);
  },
};

const NOBODY: GameWatch = {
  onJoin: () => undefined,
  onLeave: () => undefined,
  onSay: () => undefined,
  onHear: () => undefined,
  onStep: () => undefined,
};
const SILENT: Outbox = {
  toPlayer: () => undefined,
  toAll: () => undefined,
  sendBulk: () => undefined,
  request: () => undefined,
};

test("each player who gets a message is one that is told of, from the join until the leave", () => {
  const told: unknown[] = [];
  const sent: Uint8Array[] = [];
  const outbox: Outbox = {
    ...SILENT,
    toPlayer: (_playerId, message) => sent.push(message),
    toAll: (message) => sent.push(message),
  };
  const game = watchedGame(GREETER, {
    ...NOBODY,
    onJoin: (playerId) => told.push([playerId, "joins"]),
    onLeave: (playerId) => told.push([playerId, "leaves"]),
    onSay: (playerId, message) => told.push([playerId, message]),
  });

  game.addPlayer({}, 0, {}, outbox);
  game.addPlayer({}, 1, {}, outbox);
  game.removePlayer({}, 0, outbox);
  game.removePlayer({}, 1, outbox);

  expect(told).toEqual([
    [0, "joins"],
    [0, HELLO],
    [1, "joins"],
    [0, HELLO],
    [1, HELLO],
    [0, "leaves"],
    [1, BYE],
    [1, BYE],
    [1, "leaves"],
  ]);
  expect(sent).toEqual([HELLO, HELLO, BYE, BYE, BYE, BYE]);
});

test("what players say is told of with its sender, byte for byte, and each tick's inputs before they are simulated", () => {
  const told: unknown[] = [];
  const game = watchedGame(
    { ...(arenaRules as GameDefinition), step: () => told.push("step"), onMessage: () => told.push("message") },
    {
      ...NOBODY,
      onHear: (playerId, message) => told.push([playerId, message]),
      onStep: (inputs) => told.push(inputs),
    },
  );
  const line = encodeChatSay({ text: "hello" });
  const inputs = [{ playerId: 3, input: {}, sawTick: 0 }];

  game.onMessage({}, 3, game.protocol.decodeClientMessage(line), SILENT);
  game.step({}, inputs, SILENT, { read: () => false });

  expect(told).toEqual([[3, line], "message", inputs, "step"]);
});

test("a client's game tells of each message that comes, and of each tick that is predicted, and does as before", () => {
  const told: unknown[] = [];
  const { protocol, ownership } = watchedClientGame(
    { ...arenaRules, ownership: { ...arenaRules.ownership!, stepOwn: () => told.push("step") } },
    {
      onHear: (message) => told.push(message),
      onPredict: (_world, tick) => told.push(`before ${tick}`),
      onPredicted: (_world, tick) => told.push(`after ${tick}`),
    },
  );
  const kill = { killer: 1, victim: 2 };

  expect(protocol.decodeServerMessage(encodeKill(kill))).toEqual({ type: "Kill", value: kill });
  ownership!.stepOwn(arenaRules.createWorld(1), 0, IDLE_INPUT, 7);

  expect(told).toEqual([encodeKill(kill), "before 7", "step", "after 7"]);
  expect(protocol.name).toBe("arena");
  expect(ownership!.predictedKinds).toEqual(arenaRules.ownership!.predictedKinds);
});

test("a game that is an instance of a class keeps what it has besides", () => {
  class Game {
    readonly tickRate = 30;
    readonly protocol = arenaRules.protocol;
    get interest(): number {
      return this.tickRate;
    }
  }
  const game = watchedGame(new Game() as unknown as GameDefinition, NOBODY);

  expect([game.tickRate, game.interest]).toEqual([30, 30]);
});
