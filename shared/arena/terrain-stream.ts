import type { BulkOffer, BulkSink } from "#engine/shared";
import { BLOCKS, CELLS_PER_BLOCK, ORE } from "./terrain.ts";
import type { Terrain } from "./terrain.ts";

/** What the transfer of a terrain is called. */
export const TERRAIN_TRANSFER = "terrain";
/**
 * A terrain is sent as a record for each of its blocks, in an order that the sender chooses:
 *
 * | bytes | what                                            |
 * | ----- | ----------------------------------------------- |
 * | 2     | the block's number, the lower byte first        |
 * | 4,096 | its cells, row by row: 0 open, 1 stone, 2 ore     |
 */
export const RECORD_HEADER_BYTES = 2;
export const RECORD_BYTES = RECORD_HEADER_BYTES + CELLS_PER_BLOCK;
export const TERRAIN_BYTES = BLOCKS * RECORD_BYTES;

/** How a terrain's transfer stands. `broken`: what came was no terrain; the rest of it is not looked at. */
export type TerrainOutcome = "arriving" | "done" | "broken" | "cancelled" | "lost";

/** Whether what a server offers may be a terrain. */
export function isTerrainOffer({ name, size }: BulkOffer): boolean {
  return name === TERRAIN_TRANSFER && size === TERRAIN_BYTES;
}

/**
 * Fills a terrain with the blocks that arrive, however their bytes are split.
 *
 * It trusts nobody: it holds one record at most, and the first one that makes no sense ends it.
 */
export class TerrainSink implements BulkSink {
  private readonly terrain: Terrain;
  private readonly record = new Uint8Array(RECORD_BYTES);
  private filledBytes = 0;
  private blocks = 0;
  private state: TerrainOutcome = "arriving";

  /** `terrain`: an unknown one. */
  constructor(terrain: Terrain) {
    this.terrain = terrain;
  }

  get outcome(): TerrainOutcome {
    return this.state;
  }

  /** How many blocks have arrived. */
  get arrivedBlocks(): number {
    return this.blocks;
  }

  /** Returns whether it wants more. */
  write(bytes: Uint8Array): boolean {
    let taken = 0;
    while (taken < bytes.length && this.state === "arriving") {
      const part = bytes.subarray(taken, taken + RECORD_BYTES - this.filledBytes);
      this.record.set(part, this.filledBytes);
      this.filledBytes += part.length;
      taken += part.length;
      if (this.filledBytes === RECORD_BYTES) this.takeRecord();
    }
    return this.state === "arriving";
  }

  end(outcome: "done" | "cancelled" | "lost"): void {
    if (this.state !== "arriving") return;
    this.state = outcome === "done" && this.blocks < BLOCKS ? "broken" : outcome;
  }

  private takeRecord(): void {
    this.filledBytes = 0;
    const block = this.record[0]! | (this.record[1]! << 8);
    const cells = this.record.subarray(RECORD_HEADER_BYTES);
    if (block >= BLOCKS || this.terrain.isKnown[block] === 1 || !areKinds(cells)) {
      this.state = "broken";
      return;
    }
    this.terrain.learn(block, cells);
    this.blocks += 1;
  }
}

/** Called for every cell of a world that arrives: a function for each would take four times as long. */
function areKinds(cells: Uint8Array): boolean {
  const most = ORE;
  for (const kind of cells) if (kind > most) return false;
  return true;
}
