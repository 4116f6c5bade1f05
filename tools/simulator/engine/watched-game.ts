import type { GameDefinition, GameTypes, Outbox, PlayerId, PlayerInput, SharedGame } from "#engine/shared";

/** Who is told of what a room's game does. */
export interface GameWatch {
  onJoin(playerId: PlayerId): void;
  onLeave(playerId: PlayerId): void;
  /** The game sends a message: told once for each player who gets it. */
  onSay(playerId: PlayerId, message: Uint8Array): void;
  /** A player's message has come, before the game acts on it. */
  onHear(playerId: PlayerId, message: Uint8Array): void;
  /** A tick is about to be simulated. */
  onStep(inputs: readonly PlayerInput<unknown>[]): void;
}

/** The same game, with somebody who is told of everything that goes in and out. */
export function watchedGame<Types extends GameTypes>(
  game: GameDefinition<Types>,
  watch: GameWatch,
): GameDefinition<Types> {
  const seated = new Set<PlayerId>();
  const bytesOf = new WeakMap<object, Uint8Array>();
  const watched = (outbox: Outbox): Outbox => ({
    toPlayer: (playerId, message) => {
      if (seated.has(playerId)) watch.onSay(playerId, message);
      outbox.toPlayer(playerId, message);
    },
    toAll: (message) => {
      for (const playerId of seated) watch.onSay(playerId, message);
      outbox.toAll(message);
    },
    sendBulk: (playerId, source) => outbox.sendBulk(playerId, source),
    request: (playerId, rpc, request, settle) => {
      outbox.request(playerId, rpc, request, settle);
    },
  });
  return changed<GameDefinition<Types>>(game, {
    protocol: changed(game.protocol, {
      decodeClientMessage: (bytes, peerVersion) => {
        const message = game.protocol.decodeClientMessage(bytes, peerVersion);
        if (typeof message === "object" && message !== null) bytesOf.set(message, bytes);
        return message;
      },
    }),
    addPlayer: (world, playerId, options, outbox) => {
      seated.add(playerId);
      watch.onJoin(playerId);
      game.addPlayer(world, playerId, options, watched(outbox));
    },
    removePlayer: (world, playerId, outbox) => {
      seated.delete(playerId);
      watch.onLeave(playerId);
      game.removePlayer(world, playerId, watched(outbox));
    },
    step: (world, inputs, outbox, rewind) => {
      watch.onStep(inputs);
      game.step(world, inputs, watched(outbox), rewind);
    },
    onMessage: (world, playerId, message, outbox) => {
      const bytes = typeof message === "object" && message !== null ? bytesOf.get(message) : undefined;
      if (bytes !== undefined) watch.onHear(playerId, bytes);
      game.onMessage(world, playerId, message, watched(outbox));
    },
  });
}

/** Who is told of what a client's game does. */
export interface ClientGameWatch {
  /** A message of the game has come. */
  onHear(message: Uint8Array): void;
  /** A tick of what is the player's own is about to be predicted, and has been. */
  onPredict(world: unknown, tick: number): void;
  onPredicted(world: unknown, tick: number): void;
}

/** The client's side of the same game, with somebody who is told of every message of it that comes, and what is predicted. */
export function watchedClientGame<Types extends GameTypes>(
  game: SharedGame<Types>,
  watch: ClientGameWatch,
): SharedGame<Types> {
  const { ownership } = game;
  const protocol = changed(game.protocol, {
    decodeServerMessage: (bytes, peerVersion) => {
      watch.onHear(bytes);
      return game.protocol.decodeServerMessage(bytes, peerVersion);
    },
  });
  if (ownership === undefined) return changed(game, { protocol });
  return changed(game, {
    protocol,
    ownership: changed(ownership, {
      stepOwn: (world, playerId, input, tick) => {
        watch.onPredict(world, tick);
        ownership.stepOwn(world, playerId, input, tick);
        watch.onPredicted(world, tick);
      },
    }),
  });
}

/** Whatever it is, a plain object or an instance of a class, with some members of its own. */
function changed<Type extends object>(base: Type, members: Partial<Type>): Type {
  return Object.assign(Object.create(base) as Type, members);
}
