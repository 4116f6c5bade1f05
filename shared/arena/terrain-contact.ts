import {
  BLOCK_CELLS_ACROSS,
  BLOCK_UNITS,
  blockAlong,
  BLOCKS_ACROSS,
  CELL_UNITS,
  cellAlong,
  cellIndex,
  CELLS_ACROSS,
  OPEN,
} from "./terrain.ts";
import type { Terrain } from "./terrain.ts";

/** Where a circle reaches into something solid: the way out as a unit vector, and how far it is in units. */
export interface Contact {
  /** Both 0 when what is solid lies alike on all sides. */
  readonly normalX: number;
  readonly normalY: number;
  readonly depth: number;
}

/** The first rock on a straight way: when it is met, from 0 at the start to 1 at the end, and its cell. */
export interface RockAhead {
  readonly time: number;
  readonly cellX: number;
  readonly cellY: number;
}

/** Rock, or what is not known, that a circle reaches into; undefined when it is clear. */
export function touchRock(terrain: Terrain, x: number, y: number, radius: number): Contact | undefined {
  const sum = new ContactSum(x, y, radius);
  someRock(terrain, x, y, radius, (left, top) => {
    sum.add(left, top, CELL_UNITS);
    return false;
  });
  return sum.contact();
}

/** Whether a circle is clear of rock and of what is not known. */
export function isClear(terrain: Terrain, x: number, y: number, radius: number): boolean {
  return !someRock(terrain, x, y, radius, (left, top) => {
    const dx = x - Math.max(left, Math.min(left + CELL_UNITS, x));
    const dy = y - Math.max(top, Math.min(top + CELL_UNITS, y));
    return dx * dx + dy * dy < radius * radius;
  });
}

/** Whether `isMeant` says so of any cell that is not open in the square around a circle: told its corner, in units. */
function someRock(
  terrain: Terrain,
  x: number,
  y: number,
  radius: number,
  isMeant: (left: number, top: number) => boolean,
): boolean {
  const left = Math.max(0, cellAlong(x - radius));
  const right = Math.min(CELLS_ACROSS - 1, cellAlong(x + radius));
  const top = Math.max(0, cellAlong(y - radius));
  const bottom = Math.min(CELLS_ACROSS - 1, cellAlong(y + radius));
  for (let fromX = left; fromX <= right; fromX = endOfBlock(fromX)) {
    for (let fromY = top; fromY <= bottom; fromY = endOfBlock(fromY)) {
      if (terrain.rockCounts[blockAlong(fromY) * BLOCKS_ACROSS + blockAlong(fromX)] === 0) continue;
      const toX = Math.min(right + 1, endOfBlock(fromX));
      const toY = Math.min(bottom + 1, endOfBlock(fromY));
      for (let cellY = fromY; cellY < toY; cellY++) {
        const first = cellIndex(fromX, cellY) - fromX;
        for (let cellX = fromX; cellX < toX; cellX++) {
          if (terrain.cells[first + cellX] === OPEN) continue;
          if (isMeant(cellX * CELL_UNITS, cellY * CELL_UNITS)) return true;
        }
      }
    }
  }
  return false;
}

/** The first cell along an axis that is beyond the block of this one. */
function endOfBlock(cell: number): number {
  return cell - (cell % BLOCK_CELLS_ACROSS) + BLOCK_CELLS_ACROSS;
}

/** Blocks that are not among the known ones and that a circle reaches into from outside. `isKnown` by block. */
export function touchUnknown(isKnown: Uint8Array, x: number, y: number, radius: number): Contact | undefined {
  const sum = new ContactSum(x, y, radius);
  const toRow = blockAlong(cellAlong(y + radius));
  const toColumn = blockAlong(cellAlong(x + radius));
  for (let row = blockAlong(cellAlong(y - radius)); row <= toRow; row++) {
    for (let column = blockAlong(cellAlong(x - radius)); column <= toColumn; column++) {
      if (isKnown[row * BLOCKS_ACROSS + column] === 1) continue;
      sum.add(column * BLOCK_UNITS, row * BLOCK_UNITS, BLOCK_UNITS);
    }
  }
  const contact = sum.contact();
  // Whoever is inside flies out unhindered.
  return contact?.depth === radius ? undefined : contact;
}

/** What a point meets that starts at (x, y) and moves by (moveX, moveY): it visits every cell on its way, in order. */
export function rockAhead(terrain: Terrain, x: number, y: number, moveX: number, moveY: number): RockAhead | undefined {
  let cellX = cellAlong(x);
  let cellY = cellAlong(y);
  const stepX = moveX < 0 ? -1 : 1;
  const stepY = moveY < 0 ? -1 : 1;
  // When the way crosses the next line of each axis, and how long it takes from one line to the next.
  const [timeStepX, timeStepY] = [CELL_UNITS / Math.abs(moveX), CELL_UNITS / Math.abs(moveY)];
  let nextX = timeTo((moveX < 0 ? cellX : cellX + 1) * CELL_UNITS - x, moveX);
  let nextY = timeTo((moveY < 0 ? cellY : cellY + 1) * CELL_UNITS - y, moveY);
  let time = 0;
  while (time <= 1) {
    if (terrain.kindAt(cellX, cellY) !== OPEN) return { time, cellX, cellY };
    time = Math.min(nextX, nextY);
    if (nextX <= nextY) {
      cellX += stepX;
      nextX += timeStepX;
    } else {
      cellY += stepY;
      nextY += timeStepY;
    }
  }
  return undefined;
}

function timeTo(distance: number, move: number): number {
  return move === 0 ? Infinity : distance / move;
}

/** Adds up by how much each solid square pushes a circle away. */
class ContactSum {
  private readonly x: number;
  private readonly y: number;
  private readonly radius: number;
  private pushX = 0;
  private pushY = 0;
  private depth = 0;

  constructor(x: number, y: number, radius: number) {
    this.x = x;
    this.y = y;
    this.radius = radius;
  }

  /** A square with its lower corner at (left, top). */
  add(left: number, top: number, side: number): void {
    const dx = this.x - Math.max(left, Math.min(left + side, this.x));
    const dy = this.y - Math.max(top, Math.min(top + side, this.y));
    const distanceSquared = dx * dx + dy * dy;
    if (distanceSquared >= this.radius * this.radius) return;
    const distance = Math.sqrt(distanceSquared);
    const depth = this.radius - distance;
    if (depth > this.depth) this.depth = depth;
    if (distance === 0) return;
    this.pushX += (dx / distance) * depth;
    this.pushY += (dy / distance) * depth;
  }

  contact(): Contact | undefined {
    if (this.depth === 0) return undefined;
    const push = Math.sqrt(this.pushX * this.pushX + this.pushY * this.pushY);
    if (push < 1e-9) return { normalX: 0, normalY: 0, depth: this.depth };
    return { normalX: this.pushX / push, normalY: this.pushY / push, depth: this.depth };
  }
}
