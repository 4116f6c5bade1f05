import type { GameDefinition, GameTypes, Outbox, PlayerId } from "#engine/shared";

/** The same game, with somebody who is told of every message that it sends, once for each player who gets it. */
export function watchedGame<Types extends GameTypes>(
  game: GameDefinition<Types>,
  onMessage: (playerId: PlayerId, message: Uint8Array) => void,
): GameDefinition<Types> {
  const seated = new Set<PlayerId>();
  const watched = (outbox: Outbox): Outbox => ({
    toPlayer: (playerId, message) => {
      if (seated.has(playerId)) onMessage(playerId, message);
      outbox.toPlayer(playerId, message);
    },
    toAll: (message) => {
      for (const playerId of seated) onMessage(playerId, message);
      outbox.toAll(message);
    },
    sendBulk: (playerId, source) => outbox.sendBulk(playerId, source),
    request: (playerId, rpc, request, settle) => {
      outbox.request(playerId, rpc, request, settle);
    },
  });
  return {
    protocol: game.protocol,
    tickRate: game.tickRate,
    interest: game.interest,
    createWorld: (seed) => game.createWorld(seed),
    tables: (world) => game.tables(world),
    addPlayer: (world, playerId, options, outbox) => {
      seated.add(playerId);
      game.addPlayer(world, playerId, options, watched(outbox));
    },
    removePlayer: (world, playerId, outbox) => {
      seated.delete(playerId);
      game.removePlayer(world, playerId, watched(outbox));
    },
    step: (world, inputs, outbox, rewind) => {
      game.step(world, inputs, watched(outbox), rewind);
    },
    onMessage: (world, playerId, message, outbox) => {
      game.onMessage(world, playerId, message, watched(outbox));
    },
    ...(game.ownership && { ownership: game.ownership }),
  };
}
