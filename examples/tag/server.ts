import { randomInt } from "node:crypto";
import { type GameServer, type GameServerOptions, startGameServer } from "tickwire/node";
import { PLAYERS_MAX } from "./generated/tag.ts";
import { tag, type TagTypes } from "./simulation.ts";

/** A field of tag, for whoever comes to it over the network. */
export function startServer(where: Omit<GameServerOptions<TagTypes>, "room">): Promise<GameServer<TagTypes>> {
  const room = { game: tag, seed: randomInt(2 ** 32), playersMax: PLAYERS_MAX, ticksPerSnapshot: 1, metadata: {} };
  return startGameServer({ ...where, room });
}
