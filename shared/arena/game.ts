import type { Ownership, SharedGame } from "#engine/shared";
import { Beam, PROTOCOL, Ship, Shot } from "../schema/generated/arena.ts";
import type { ArenaInput, ClientMessage, ServerMessage } from "../schema/generated/arena.ts";
import { stepOwn } from "./own-step.ts";
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

/** Ships and what they fire are their players'. */
const ownership: Ownership<ArenaWorld, ArenaInput> = {
  ownerOf({ ships, shots, beams }, { kind, slot }) {
    if (kind === Ship.kind) return ships.columns.owner[slot];
    if (kind === Shot.kind) return shots.columns.owner[slot];
    return kind === Beam.kind ? beams.columns.owner[slot] : undefined;
  },
  predictedKinds: [Ship.kind],
  stepOwn,
};

/** What both sides know of Arena. The server's half is `arenaRules`. */
export const arena: SharedGame<ArenaTypes> = {
  protocol: PROTOCOL,
  tickRate: TICK_RATE,
  createWorld,
  tables: tablesOf,
  ownership,
};

/** Arena on a client, all of whose worlds share one terrain: the one that arrives. */
export function arenaOn(terrain: Terrain): SharedGame<ArenaTypes> {
  return { ...arena, createWorld: (seed) => createWorld(seed, terrain) };
}
