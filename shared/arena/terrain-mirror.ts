import type { BulkOffer, SharedGame } from "#engine/shared";
import type { Crater, ServerMessage } from "../schema/generated/arena.ts";
import { digAsTold } from "./digging.ts";
import { arenaOn } from "./game.ts";
import type { ArenaTypes } from "./game.ts";
import { isTerrainOffer, TerrainSink } from "./terrain-stream.ts";
import type { TerrainOutcome } from "./terrain-stream.ts";
import { BLOCKS, Terrain } from "./terrain.ts";

/**
 * A client's terrain: unknown at first, it arrives block by block while its player already flies.
 *
 * For one connection, as its client is: `game` and `receiveBulk` are what that one is made with, and `hear` is to be
 * told every message.
 */
export class TerrainMirror {
  readonly terrain = Terrain.unknown();
  /** Arena, in whose worlds the terrain is this one. */
  readonly game: SharedGame<ArenaTypes> = arenaOn(this.terrain);
  private sink: TerrainSink | undefined;

  /** Takes the terrain, once, and refuses everything else. */
  readonly receiveBulk = (offer: BulkOffer): TerrainSink | undefined => {
    if (this.sink !== undefined || !isTerrainOffer(offer)) return undefined;
    this.sink = new TerrainSink(this.terrain);
    return this.sink;
  };

  get outcome(): TerrainOutcome {
    return this.sink?.outcome ?? "arriving";
  }

  /** The share of all blocks that have arrived, 0 to 1. */
  get arrivedShare(): number {
    return (this.sink?.arrivedBlocks ?? 0) / BLOCKS;
  }

  /** Returns what was dug just now, of which one may see something. */
  hear(message: ServerMessage): readonly Crater[] {
    return digAsTold(this.terrain, message);
  }
}
