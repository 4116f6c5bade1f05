import type { BulkTransfer, Viewpoint } from "#engine/shared";
import { BLOCK_CELLS_ACROSS, blockAlong, BLOCKS_ACROSS, cellAlong } from "../../shared/arena/terrain.ts";
import type { TerrainSource } from "./terrain-source.ts";

/** A terrain on its way to a player, and what has arrived of it. */
export class TerrainDelivery {
  private readonly source: TerrainSource;
  private readonly transfer: Pick<BulkTransfer, "deliveredBytes">;

  constructor(source: TerrainSource, transfer: Pick<BulkTransfer, "deliveredBytes">) {
    this.source = source;
    this.transfer = transfer;
  }

  /** Once a tick: looks at what has arrived meanwhile. */
  advance(): void {
    if (!this.source.isComplete) this.source.markDelivered(this.transfer.deliveredBytes);
  }

  /** 1 for each block that has arrived, of which there will be more; undefined when all have. */
  get knownBlocks(): Uint8Array | undefined {
    return this.source.isComplete ? undefined : this.source.arrived;
  }

  /** Whether the blocks around a place are there: its own, and the eight next to it. */
  hasAround({ x, y }: Viewpoint): boolean {
    const [cellX, cellY] = [cellAlong(x), cellAlong(y)];
    for (let row = blockAlong(cellY - BLOCK_CELLS_ACROSS); row <= blockAlong(cellY + BLOCK_CELLS_ACROSS); row++) {
      for (
        let column = blockAlong(cellX - BLOCK_CELLS_ACROSS);
        column <= blockAlong(cellX + BLOCK_CELLS_ACROSS);
        column++
      ) {
        if (this.source.arrived[row * BLOCKS_ACROSS + column] !== 1) return false;
      }
    }
    return true;
  }
}
