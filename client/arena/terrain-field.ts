import {
  BLOCK_CELLS_ACROSS,
  BLOCKS_ACROSS,
  cellIndex,
  CELLS_ACROSS,
  OPEN,
  ORE,
  UNKNOWN,
} from "../../shared/arena/terrain.ts";
import type { Terrain } from "../../shared/arena/terrain.ts";
import type { Crater } from "../../shared/schema/generated/arena.ts";

/** A rock's edge that broke, and how fresh it still is: from 1, just now, to 0. */
export interface FreshCrater {
  readonly crater: Crater;
  readonly freshness: number;
}

/** How far a block's picture goes beyond the block, in cells. */
export const FIELD_MARGIN = 2;
/** Texels along a side of a block's picture, one for each cell. */
export const FIELD_SIDE = BLOCK_CELLS_ACROSS + 2 * FIELD_MARGIN;
export const FIELD_BYTES = FIELD_SIDE * FIELD_SIDE * 4;
/** How far the soft slope of the rock reaches, in cells. */
const SLOPE_REACH = 4;
/** Cells that are looked at beyond the block. */
const REACH = FIELD_MARGIN + SLOPE_REACH;
const SIDE = BLOCK_CELLS_ACROSS + 2 * REACH;
/** A fresh edge is this much wider than its crater, in cells. */
const FRESH_WIDTH = 3;

/**
 * Turns a block's cells into the picture that its rock is drawn from, of four bytes for each cell:
 *
 * red: how much rock is at the cell, smooth enough to have a contour; green: how much is around it; blue: how fresh
 * its edge is; alpha: how much of it is ore.
 */
export class TerrainField {
  /** 1 for rock, and for ore, and sums along rows. */
  private readonly rock = new Float32Array(SIDE * SIDE);
  private readonly ore = new Float32Array(SIDE * SIDE);
  private readonly across = new Float32Array(SIDE * SIDE);

  /** Writes `FIELD_BYTES`; returns whether there is any rock in it. */
  fill(terrain: Terrain, block: number, fresh: readonly FreshCrater[], picture: Uint8Array): boolean {
    const left = (block % BLOCKS_ACROSS) * BLOCK_CELLS_ACROSS;
    const top = Math.floor(block / BLOCKS_ACROSS) * BLOCK_CELLS_ACROSS;
    if (!this.readCells(terrain, left, top)) return false;
    const hasRock = this.putContour(picture);
    this.putSlope(picture);
    for (const { crater, freshness } of fresh) putFresh(picture, crater, left, top, freshness);
    return hasRock;
  }

  /** Reads which cells are rock, and which ore. Returns whether any is. */
  private readCells(terrain: Terrain, left: number, top: number): boolean {
    let count = 0;
    for (let row = 0; row < SIDE; row++) {
      const cellY = top + row - REACH;
      for (let column = 0; column < SIDE; column++) {
        const cellX = left + column - REACH;
        const isInside = cellX >= 0 && cellX < CELLS_ACROSS && cellY >= 0 && cellY < CELLS_ACROSS;
        const kind = isInside ? terrain.cells[cellIndex(cellX, cellY)]! : OPEN;
        const isRock = kind !== OPEN && kind !== UNKNOWN;
        this.rock[row * SIDE + column] = isRock ? 1 : 0;
        this.ore[row * SIDE + column] = kind === ORE ? 1 : 0;
        if (isRock) count += 1;
      }
    }
    return count > 0;
  }

  private putContour(picture: Uint8Array): boolean {
    let most = 0;
    for (let y = 0; y < FIELD_SIDE; y++) {
      for (let x = 0; x < FIELD_SIDE; x++) {
        const at = (y + SLOPE_REACH) * SIDE + x + SLOPE_REACH;
        const texel = (y * FIELD_SIDE + x) * 4;
        const amount = smoothed(this.rock, at);
        picture[texel] = amount;
        picture[texel + 2] = 0;
        picture[texel + 3] = smoothed(this.ore, at);
        if (amount > most) most = amount;
      }
    }
    return most > 0;
  }

  /** The mean over a square, by sums that slide along rows, and then along columns. */
  private putSlope(picture: Uint8Array): void {
    const { rock, across } = this;
    const window = 2 * SLOPE_REACH + 1;
    for (let row = 0; row < SIDE; row++) {
      let sum = 0;
      for (let column = 0; column < SIDE; column++) {
        sum += rock[row * SIDE + column]!;
        if (column >= window) sum -= rock[row * SIDE + column - window]!;
        across[row * SIDE + column] = sum;
      }
    }
    const scale = 255 / (window * window);
    for (let x = 0; x < FIELD_SIDE; x++) {
      // The sum that ends here is that of the window around the cell `SLOPE_REACH` to the left.
      const column = x + 2 * SLOPE_REACH;
      let sum = 0;
      for (let row = 0; row < SIDE; row++) {
        sum += across[row * SIDE + column]!;
        if (row >= window) sum -= across[(row - window) * SIDE + column]!;
        const y = row - 2 * SLOPE_REACH;
        if (y >= 0) picture[(y * FIELD_SIDE + x) * 4 + 1] = sum * scale;
      }
    }
  }
}

/** A cell with its eight neighbours, the nearer the heavier: 0 to 255. */
function smoothed(cells: Float32Array, at: number): number {
  const [up, down] = [at - SIDE, at + SIDE];
  const edges = cells[at - 1]! + cells[at + 1]! + cells[up]! + cells[down]!;
  const corners = cells[up - 1]! + cells[up + 1]! + cells[down - 1]! + cells[down + 1]!;
  return (4 * cells[at]! + 2 * edges + corners) * (255 / 16);
}

function putFresh(picture: Uint8Array, { x, y, radius }: Crater, left: number, top: number, freshness: number): void {
  const reach = radius + FRESH_WIDTH;
  const [middleX, middleY] = [x - left + FIELD_MARGIN, y - top + FIELD_MARGIN];
  const bottom = Math.min(FIELD_SIDE - 1, middleY + reach);
  const right = Math.min(FIELD_SIDE - 1, middleX + reach);
  for (let row = Math.max(0, middleY - reach); row <= bottom; row++) {
    for (let column = Math.max(0, middleX - reach); column <= right; column++) {
      const distance = Math.hypot(column - middleX, row - middleY);
      const amount = 255 * freshness * Math.min(1, Math.max(0, (reach - distance) / FRESH_WIDTH));
      const texel = (row * FIELD_SIDE + column) * 4 + 2;
      picture[texel] = Math.max(picture[texel]!, amount);
    }
  }
}
