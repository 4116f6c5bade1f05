import type { SharedGame } from "#engine/shared";
import { PROTOCOL } from "../schema/generated/arena.ts";
import type { ArenaInput, ClientMessage, ServerMessage } from "../schema/generated/arena.ts";
import type { Terrain } from "./terrain.ts";
import { TICK_RATE } from "./tuning.ts";
import { createWorld, tablesOf } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

/** The types Arena is made of. */
export interface ArenaTypes {
  World: ArenaWorld;
  Input: ArenaInput;
  ClientMessage: ClientMessage;
  ServerMessage: ServerMessage;
}

/** What both sides know of Arena. The server's half is `arenaRules`. */
export const arena: SharedGame<ArenaTypes> = {
  protocol: PROTOCOL,
  tickRate: TICK_RATE,
  createWorld,
  tables: tablesOf,
};

/** Arena on a client, all of whose worlds share one terrain: the one that arrives. */
export function arenaOn(terrain: Terrain): SharedGame<ArenaTypes> {
  return { ...arena, createWorld: (seed) => createWorld(seed, terrain) };
}
