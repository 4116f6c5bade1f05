import type { Viewpoint } from "#engine/shared";
import { growTerrain } from "../../shared/arena/terrain-growth.ts";
import { createWorld } from "../../shared/arena/world.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { LeaderboardRow } from "../../shared/schema/generated/arena.ts";
import { seedField } from "./asteroid-field.ts";
import { Pilots } from "./pilots.ts";
import type { Pilot } from "./pilots.ts";
import { TerrainRecord } from "./terrain-record.ts";

/** The world with what only the server knows of it. */
export interface ArenaMatch extends ArenaWorld {
  readonly pilots: Pilots;
  readonly terrainRecord: TerrainRecord;
  /** What the players were told last. */
  leaderboard: readonly LeaderboardRow[];
}

/** A world with its rock, which grows from the seed unless it is given, and its asteroid field, and nobody in it. */
export function createMatch(seed: number, terrain = growTerrain(seed)): ArenaMatch {
  const world = createWorld(seed, terrain);
  const terrainRecord = new TerrainRecord(world.terrain, world.tick);
  const match: ArenaMatch = { ...world, pilots: new Pilots(), terrainRecord, leaderboard: [] };
  seedField(match);
  return match;
}

/** Where the pilot is, or is about to be: what is around there is needed first. */
export function focusOf(match: ArenaMatch, pilot: Pilot): Viewpoint {
  return pilot.nextPlace ?? viewpointOf(match, pilot);
}

/** A pilot looks from the own ship, or from where it ended. */
export function viewpointOf(match: ArenaMatch, pilot: Pilot): Viewpoint {
  if (pilot.shipSlot === undefined) return { x: pilot.lastX, y: pilot.lastY };
  const { columns } = match.ships;
  return { x: columns.x[pilot.shipSlot]!, y: columns.y[pilot.shipSlot]! };
}
