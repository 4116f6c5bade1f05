import type { Crater, ServerMessage } from "../schema/generated/arena.ts";
import type { Terrain } from "./terrain.ts";
import type { ArenaWorld } from "./world.ts";

/** Takes rock out of the world, where there is some, and says so. */
export function digCrater(world: ArenaWorld, crater: Crater): void {
  if (world.terrain.dig(crater) > 0) world.outcomes.craters.push(crater);
}

/** Digs what a server tells of out of a client's terrain. Returns what was dug just now, of which one may see something. */
export function digAsTold(terrain: Terrain, message: ServerMessage): readonly Crater[] {
  if (message.type !== "TerrainEdits" && message.type !== "TerrainDug") return [];
  for (const crater of message.value.craters) terrain.dig(crater);
  return message.type === "TerrainDug" ? message.value.craters : [];
}
