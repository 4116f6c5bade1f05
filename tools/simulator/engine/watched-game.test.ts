import type { GameDefinition, Outbox } from "#engine/shared";
import { expect, test } from "vitest";
import { arenaRules } from "../../../server/arena/arena-rules.ts";
import { watchedGame } from "./watched-game.ts";

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

test("each player who gets a message is one that is told of, from the join until the leave", () => {
  const told: [number, Uint8Array][] = [];
  const sent: Uint8Array[] = [];
  const outbox: Outbox = {
    toPlayer: (_playerId, message) => sent.push(message),
    toAll: (message) => sent.push(message),
    sendBulk: () => undefined,
    request: () => undefined,
  };
  const game = watchedGame(GREETER, (playerId, message) => told.push([playerId, message]));

  game.addPlayer({}, 0, {}, outbox);
  game.addPlayer({}, 1, {}, outbox);
  game.removePlayer({}, 0, outbox);
  game.removePlayer({}, 1, outbox);

  expect(told).toEqual([
    [0, HELLO],
    [0, HELLO],
    [1, HELLO],
    [1, BYE],
    [1, BYE],
  ]);
  expect(sent).toEqual([HELLO, HELLO, BYE, BYE, BYE, BYE]);
});
