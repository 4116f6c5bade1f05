const NONE = -1;

/**
 * Which bodies are near a place, without asking all of them.
 *
 * Square cells over a square world, each with a list of the slots whose centre lies in it. Filled anew each tick;
 * a place outside the world counts for the border cell next to it. `found` is used again by every search.
 */
export class CellGrid {
  /** The slots the last search found, the first `collect` returned of them. */
  readonly found: Int32Array;
  private readonly cellSize: number;
  private readonly cellsPerSide: number;
  private readonly firstSlots: Int32Array;
  private readonly nextSlots: Int32Array;

  /** `capacity`: slots are below it. */
  constructor(cellSize: number, cellsPerSide: number, capacity: number) {
    this.cellSize = cellSize;
    this.cellsPerSide = cellsPerSide;
    this.found = new Int32Array(capacity);
    this.firstSlots = new Int32Array(cellsPerSide * cellsPerSide).fill(NONE);
    this.nextSlots = new Int32Array(capacity).fill(NONE);
  }

  clear(): void {
    this.firstSlots.fill(NONE);
  }

  /** At most once for each slot between two calls of `clear`. */
  insert(slot: number, x: number, y: number): void {
    const cell = this.cellAlong(y) * this.cellsPerSide + this.cellAlong(x);
    this.nextSlots[slot] = this.firstSlots[cell]!;
    this.firstSlots[cell] = slot;
  }

  /** Finds every body whose centre is at most `reach` from the box, and some a little farther; returns how many. */
  collect(fromX: number, fromY: number, toX: number, toY: number, reach: number): number {
    const left = this.cellAlong(Math.min(fromX, toX) - reach);
    const right = this.cellAlong(Math.max(fromX, toX) + reach);
    const top = this.cellAlong(Math.min(fromY, toY) - reach);
    const bottom = this.cellAlong(Math.max(fromY, toY) + reach);
    let count = 0;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        let slot = this.firstSlots[row * this.cellsPerSide + column]!;
        while (slot !== NONE) {
          this.found[count++] = slot;
          slot = this.nextSlots[slot]!;
        }
      }
    }
    return count;
  }

  private cellAlong(distance: number): number {
    const cell = Math.floor(distance / this.cellSize);
    return Math.max(0, Math.min(this.cellsPerSide - 1, cell));
  }
}
