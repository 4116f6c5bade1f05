import type { AnyEntityTable, Viewpoint } from "#engine/shared";

const CELLS_PER_SIDE_MAX = 128;

/**
 * The positions of one table's entities, sorted into square cells, so that a look around costs what is near and not
 * what there is. Rebuilt once a tick in two passes (a counting sort); allocates nothing after construction.
 */
export class InterestGrid {
  private readonly table: AnyEntityTable;
  private readonly cellSize: number;
  private readonly cellOf: Uint16Array;
  private readonly cellStarts = new Uint32Array(CELLS_PER_SIDE_MAX * CELLS_PER_SIDE_MAX + 1);
  private readonly sortedSlots: Uint16Array;
  private minX = 0;
  private minY = 0;
  private columns = 1;
  private rows = 1;

  /** `cellSize`: side of a cell in world units; about the radius of the queries is best. */
  constructor(table: AnyEntityTable, cellSize: number) {
    this.table = table;
    this.cellSize = cellSize;
    this.cellOf = new Uint16Array(table.capacity);
    this.sortedSlots = new Uint16Array(table.capacity);
  }

  /** Sorts the live entities as they stand now. */
  rebuild(): void {
    this.measure();
    const { table, cellStarts } = this;
    const cells = this.columns * this.rows;
    cellStarts.fill(0, 0, cells + 1);
    for (let slot = 0; slot < table.slotEnd; slot++) {
      if (!this.hasPlace(slot)) continue;
      const cell = this.cellAt(slot);
      this.cellOf[slot] = cell;
      cellStarts[cell] = cellStarts[cell]! + 1;
    }
    for (let cell = 1; cell <= cells; cell++) cellStarts[cell] = cellStarts[cell]! + cellStarts[cell - 1]!;
    // Filling each cell from its end leaves `cellStarts` at the starts, and the slots of a cell rising.
    for (let slot = table.slotEnd - 1; slot >= 0; slot--) {
      if (!this.hasPlace(slot)) continue;
      const cell = this.cellOf[slot]!;
      const place = cellStarts[cell]! - 1;
      cellStarts[cell] = place;
      this.sortedSlots[place] = slot;
    }
  }

  /**
   * Writes the slots of all entities within `radius` of the viewpoint into `slots`, and the squares of their distances
   * into `squares`; returns how many.
   */
  query(from: Viewpoint, radius: number, slots: Uint16Array, squares: Float64Array): number {
    const { x, y } = this.table.position!;
    const left = this.clampColumn(from.x - radius);
    const right = this.clampColumn(from.x + radius);
    const bottom = this.clampRow(from.y + radius);
    let count = 0;
    for (let row = this.clampRow(from.y - radius); row <= bottom; row++) {
      const start = this.cellStarts[row * this.columns + left]!;
      const end = this.cellStarts[row * this.columns + right + 1]!;
      for (let i = start; i < end; i++) {
        const slot = this.sortedSlots[i]!;
        const dx = x[slot]! - from.x;
        const dy = y[slot]! - from.y;
        const square = dx * dx + dy * dy;
        if (!(square <= radius * radius)) continue;
        squares[count] = square;
        slots[count++] = slot;
      }
    }
    return count;
  }

  /** What is alive, and somewhere: a place that is no number is near nobody. */
  private hasPlace(slot: number): boolean {
    const { x, y } = this.table.position!;
    return this.table.isLive(slot) && Number.isFinite(x[slot]! + y[slot]!);
  }

  /** Fits the grid around the live entities; the outermost cells take what would need more of them. */
  private measure(): void {
    const { table } = this;
    const { x, y } = table.position!;
    let maxX = -Infinity;
    let maxY = -Infinity;
    this.minX = Infinity;
    this.minY = Infinity;
    for (let slot = 0; slot < table.slotEnd; slot++) {
      if (!this.hasPlace(slot)) continue;
      this.minX = Math.min(this.minX, x[slot]!);
      this.minY = Math.min(this.minY, y[slot]!);
      maxX = Math.max(maxX, x[slot]!);
      maxY = Math.max(maxY, y[slot]!);
    }
    this.columns = cellsAcross(maxX - this.minX, this.cellSize);
    this.rows = cellsAcross(maxY - this.minY, this.cellSize);
  }

  private cellAt(slot: number): number {
    const { x, y } = this.table.position!;
    return this.clampRow(y[slot]!) * this.columns + this.clampColumn(x[slot]!);
  }

  private clampColumn(x: number): number {
    return clampCell((x - this.minX) / this.cellSize, this.columns);
  }

  private clampRow(y: number): number {
    return clampCell((y - this.minY) / this.cellSize, this.rows);
  }
}

function cellsAcross(extent: number, cellSize: number): number {
  // Without entities the extent is -Infinity: one cell, empty.
  return Math.max(1, Math.min(CELLS_PER_SIDE_MAX, Math.floor(extent / cellSize) + 1));
}

function clampCell(cell: number, cells: number): number {
  // The comparison sends NaN, which an empty grid's infinities make, to the first cell.
  return cell > 0 ? Math.min(cells - 1, Math.floor(cell)) : 0;
}
