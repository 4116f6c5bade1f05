import type { BulkSource, Viewpoint } from "#engine/shared";
import {
  RECORD_BYTES,
  RECORD_HEADER_BYTES,
  TERRAIN_BYTES,
  TERRAIN_TRANSFER,
} from "../../shared/arena/terrain-stream.ts";
import { blockAt, BLOCK_UNITS, BLOCKS, BLOCKS_ACROSS, CELLS_PER_BLOCK } from "../../shared/arena/terrain.ts";

/**
 * The terrain as one player gets it: what is nearest to the player first.
 *
 * Which block comes next is decided when its first byte is asked for, and remembered: an earlier part told again is
 * the same.
 */
export class TerrainSource implements BulkSource {
  readonly name = TERRAIN_TRANSFER;
  readonly size = TERRAIN_BYTES;
  /** 1 for each block that the player has. */
  readonly arrived = new Uint8Array(BLOCKS);
  private readonly cells: Uint8Array;
  private readonly focus: () => Viewpoint;
  private readonly order: number[] = [];
  private readonly isOrdered = new Uint8Array(BLOCKS);
  private arrivedCount = 0;

  /** `cells` of a whole terrain, which stay as they are. `focus`: where the player is, or is about to be. */
  constructor(cells: Uint8Array, focus: () => Viewpoint) {
    this.cells = cells;
    this.focus = focus;
  }

  get isComplete(): boolean {
    return this.arrivedCount === BLOCKS;
  }

  read(offset: number, bytesMax: number): Uint8Array | undefined {
    if (offset >= TERRAIN_BYTES) return undefined;
    const bytes = new Uint8Array(Math.min(bytesMax, TERRAIN_BYTES - offset));
    let filled = 0;
    while (filled < bytes.length) filled += this.copyFrom(offset + filled, bytes.subarray(filled));
    return bytes;
  }

  /** The player has been given so many bytes. */
  markDelivered(bytes: number): void {
    const count = Math.min(this.order.length, Math.floor(bytes / RECORD_BYTES));
    for (; this.arrivedCount < count; this.arrivedCount++) this.arrived[this.order[this.arrivedCount]!] = 1;
  }

  /** Copies up to the end of the record that `offset` is in, as far as there is room; returns how many bytes. */
  private copyFrom(offset: number, target: Uint8Array): number {
    const block = this.blockOf(Math.floor(offset / RECORD_BYTES));
    const within = offset % RECORD_BYTES;
    if (within < RECORD_HEADER_BYTES) {
      target[0] = within === 0 ? block & 255 : block >> 8;
      return 1;
    }
    const from = block * CELLS_PER_BLOCK + within - RECORD_HEADER_BYTES;
    const part = this.cells.subarray(from, Math.min(from + target.length, (block + 1) * CELLS_PER_BLOCK));
    target.set(part);
    return part.length;
  }

  private blockOf(record: number): number {
    while (this.order.length <= record) {
      const block = nearestBlock(this.focus(), this.isOrdered);
      this.isOrdered[block] = 1;
      this.order.push(block);
    }
    return this.order[record]!;
  }
}

/** Of the blocks that are not excluded: ring by ring around the one the place is in, in a ring the nearest first. */
function nearestBlock(place: Viewpoint, isExcluded: Uint8Array): number {
  const middle = blockAt(place.x, place.y);
  let nearest = -1;
  let nearestRank = Infinity;
  for (let block = 0; block < BLOCKS; block++) {
    if (isExcluded[block] === 1) continue;
    const rank = rankOf(block, middle, place);
    if (rank >= nearestRank) continue;
    nearest = block;
    nearestRank = rank;
  }
  return nearest;
}

function rankOf(block: number, middle: number, { x, y }: Viewpoint): number {
  const [column, row] = [block % BLOCKS_ACROSS, Math.floor(block / BLOCKS_ACROSS)];
  const columnsOff = Math.abs(column - (middle % BLOCKS_ACROSS));
  const rowsOff = Math.abs(row - Math.floor(middle / BLOCKS_ACROSS));
  const dx = (column + 0.5) * BLOCK_UNITS - x;
  const dy = (row + 0.5) * BLOCK_UNITS - y;
  // No two blocks are farther apart than this, squared.
  const ringRank = 2 * (BLOCKS_ACROSS * BLOCK_UNITS) ** 2;
  return Math.max(columnsOff, rowsOff) * ringRank + dx * dx + dy * dy;
}
