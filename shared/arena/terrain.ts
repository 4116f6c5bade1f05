import { WORLD_SIZE } from "../schema/generated/arena.ts";
import type { Crater } from "../schema/generated/arena.ts";

/** Side of a cell, in units. */
export const CELL_UNITS = 4;
/** Cells along a side of the world. */
export const CELLS_ACROSS = WORLD_SIZE / CELL_UNITS;
/** Cells along a side of a block. */
export const BLOCK_CELLS_ACROSS = 64;
/** Side of a block, in units. */
export const BLOCK_UNITS = BLOCK_CELLS_ACROSS * CELL_UNITS;
/** Blocks along a side of the world. */
export const BLOCKS_ACROSS = CELLS_ACROSS / BLOCK_CELLS_ACROSS;
export const BLOCKS = BLOCKS_ACROSS * BLOCKS_ACROSS;
export const CELLS_PER_BLOCK = BLOCK_CELLS_ACROSS * BLOCK_CELLS_ACROSS;

/** A cell without rock. */
export const OPEN = 0;
/** The two kinds of rock. They look different, and are equally hard. */
export const STONE = 1;
export const ORE = 2;
/** A cell of a block that has not arrived, and that nobody has dug away meanwhile. */
export const UNKNOWN = 255;
/** A change shows up to this far away, in cells: `versions` counts it for every block within. */
export const CHANGE_REACH = 8;

/**
 * The rock of a world: a grid of square cells, each open or of some kind of rock.
 *
 * Cells lie block by block, row by row inside a block, so that a block is one piece of memory. Rock is never added:
 * that is why craters may be dug in any order, and even before the rest of their block is known.
 */
export class Terrain {
  /** By block and place inside it; `cellIndex` finds one. */
  readonly cells = new Uint8Array(BLOCKS * CELLS_PER_BLOCK);
  /** How many cells of a block are not open. */
  readonly rockCounts = new Uint16Array(BLOCKS);
  /** 1 for a block that has arrived. */
  readonly isKnown = new Uint8Array(BLOCKS).fill(1);
  /** Rises with every change of a block, and with those near to it. */
  readonly versions = new Uint32Array(BLOCKS);

  /** Nothing has arrived yet, and all is solid. */
  static unknown(): Terrain {
    const terrain = new Terrain();
    terrain.cells.fill(UNKNOWN);
    terrain.rockCounts.fill(CELLS_PER_BLOCK);
    terrain.isKnown.fill(0);
    return terrain;
  }

  /** What is in a cell. Beyond the world all is open. */
  kindAt(cellX: number, cellY: number): number {
    return isInside(cellX, cellY) ? this.cells[cellIndex(cellX, cellY)]! : OPEN;
  }

  /** Takes the rock out of a round crater. Returns how many cells of it that were. */
  dig({ x, y, radius }: Crater): number {
    // Half a cell more than the radius squared: small circles look rounder.
    const reach = radius * radius + radius;
    const bottom = Math.min(CELLS_ACROSS - 1, y + radius);
    const right = Math.min(CELLS_ACROSS - 1, x + radius);
    let dug = 0;
    for (let cellY = Math.max(0, y - radius); cellY <= bottom; cellY++) {
      for (let cellX = Math.max(0, x - radius); cellX <= right; cellX++) {
        const isWithin = (cellX - x) * (cellX - x) + (cellY - y) * (cellY - y) <= reach;
        if (isWithin && this.open(cellX, cellY)) dug += 1;
      }
    }
    if (dug > 0) this.countChange(x - radius, y - radius, x + radius, y + radius);
    return dug;
  }

  /** Puts the cells of a block that was unknown; what was dug out of it meanwhile stays open. */
  learn(block: number, cells: Uint8Array): void {
    const from = block * CELLS_PER_BLOCK;
    let count = 0;
    for (let index = 0; index < CELLS_PER_BLOCK; index++) {
      if (this.cells[from + index] === UNKNOWN) this.cells[from + index] = cells[index]!;
      if (this.cells[from + index] !== OPEN) count += 1;
    }
    this.rockCounts[block] = count;
    this.isKnown[block] = 1;
    const left = (block % BLOCKS_ACROSS) * BLOCK_CELLS_ACROSS;
    const top = Math.floor(block / BLOCKS_ACROSS) * BLOCK_CELLS_ACROSS;
    this.countChange(left, top, left + BLOCK_CELLS_ACROSS - 1, top + BLOCK_CELLS_ACROSS - 1);
  }

  private open(cellX: number, cellY: number): boolean {
    const index = cellIndex(cellX, cellY);
    if (this.cells[index] === OPEN) return false;
    this.cells[index] = OPEN;
    this.rockCounts[Math.floor(index / CELLS_PER_BLOCK)]! -= 1;
    return true;
  }

  /** All cells of the box may have changed. */
  private countChange(left: number, top: number, right: number, bottom: number): void {
    const toRow = blockAlong(bottom + CHANGE_REACH);
    const toColumn = blockAlong(right + CHANGE_REACH);
    for (let row = blockAlong(top - CHANGE_REACH); row <= toRow; row++) {
      for (let column = blockAlong(left - CHANGE_REACH); column <= toColumn; column++) {
        this.versions[row * BLOCKS_ACROSS + column]! += 1;
      }
    }
  }
}

/** Where a cell of the world is in `cells`. */
export function cellIndex(cellX: number, cellY: number): number {
  const block = (cellY >> 6) * BLOCKS_ACROSS + (cellX >> 6);
  return (block << 12) | ((cellY & 63) << 6) | (cellX & 63);
}

/** The cell along one axis that a place in units is in. */
export function cellAlong(place: number): number {
  return Math.floor(place / CELL_UNITS);
}

/** The block that a place of the world is in; a place outside counts for the block next to it. */
export function blockAt(x: number, y: number): number {
  return blockAlong(cellAlong(y)) * BLOCKS_ACROSS + blockAlong(cellAlong(x));
}

/** The block along one axis that a cell is in; a cell outside counts for the block next to it. */
export function blockAlong(cell: number): number {
  return Math.max(0, Math.min(BLOCKS_ACROSS - 1, Math.floor(cell / BLOCK_CELLS_ACROSS)));
}

function isInside(cellX: number, cellY: number): boolean {
  return cellX >= 0 && cellX < CELLS_ACROSS && cellY >= 0 && cellY < CELLS_ACROSS;
}
