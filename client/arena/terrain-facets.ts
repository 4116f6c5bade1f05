import { BLOCK_UNITS, BLOCKS_ACROSS } from "../../shared/arena/terrain.ts";
import { LIGHT } from "./paint-rocks.ts";

/** Corners of facets are this far apart before they are moved about, in units. */
const SPACING = 16;
/** By how much a corner is moved along each axis, with which no facet turns over, and its height: units either way. */
const JITTER = 4;
const HEIGHT = 7;
const PER_BLOCK = BLOCK_UNITS / SPACING;
const CORNERS = PER_BLOCK + 1;
const VERTICES = PER_BLOCK * PER_BLOCK * 6;

/** The triangles that a block of rock looks as if it were made of: three vertices each. */
export interface Facets {
  /** x and y of each vertex in units from the block's corner; up to `FACETS_REACH` beyond the block. */
  readonly positions: Float32Array;
  /** How much light each vertex's facet gets, 0 to 1. */
  readonly lights: Float32Array;
}

/** How far facets reach beyond their block at most, in units. */
export const FACETS_REACH = JITTER;

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The same facets for the same block each time; those of two neighbours meet without a gap. */
export function facetsOf(block: number): Facets {
  const positions = new Float32Array(VERTICES * 2);
  const lights = new Float32Array(VERTICES);
  const corners = cornersOf(block);
  let vertex = 0;
  const add = (a: Corner, b: Corner, c: Corner): void => {
    const light = lightOn(a, b, c);
    for (const { x, y } of [a, b, c]) {
      positions[2 * vertex] = x;
      positions[2 * vertex + 1] = y;
      lights[vertex] = light;
      vertex += 1;
    }
  };
  for (let row = 0; row < PER_BLOCK; row++) {
    for (let column = 0; column < PER_BLOCK; column++) {
      const first = row * CORNERS + column;
      const [a, b] = [corners[first]!, corners[first + 1]!];
      const [c, d] = [corners[first + CORNERS]!, corners[first + CORNERS + 1]!];
      if ((row + column) % 2 === 0) {
        add(a, b, d);
        add(a, d, c);
      } else {
        add(a, b, c);
        add(b, d, c);
      }
    }
  }
  return { positions, lights };
}

function cornersOf(block: number): Corner[] {
  const left = (block % BLOCKS_ACROSS) * PER_BLOCK;
  const top = Math.floor(block / BLOCKS_ACROSS) * PER_BLOCK;
  return Array.from({ length: CORNERS * CORNERS }, (_, index) => {
    const column = index % CORNERS;
    const row = Math.floor(index / CORNERS);
    const chance = scattered(left + column, top + row);
    return {
      x: column * SPACING + JITTER * centred(chance),
      y: row * SPACING + JITTER * centred(chance >>> 10),
      z: HEIGHT * centred(chance >>> 20),
    };
  });
}

/** Bits by chance that follow from a corner of the world's facets. */
function scattered(column: number, row: number): number {
  let mix = Math.imul(column * 4099 + row + 1, 0x9e37_79b1);
  mix = Math.imul(mix ^ (mix >>> 15), 0x85eb_ca6b);
  return (mix ^ (mix >>> 13)) >>> 0;
}

/** -1 to 1 from the lowest 10 bits. */
function centred(bits: number): number {
  return (bits & 1023) / 511.5 - 1;
}

function lightOn(a: Corner, b: Corner, c: Corner): number {
  const [ux, uy, uz] = [b.x - a.x, b.y - a.y, b.z - a.z];
  const [vx, vy, vz] = [c.x - a.x, c.y - a.y, c.z - a.z];
  const x = uy * vz - uz * vy;
  const y = uz * vx - ux * vz;
  const z = ux * vy - uy * vx;
  const facing = (x * LIGHT.x + y * LIGHT.y + z * LIGHT.z) / Math.hypot(x, y, z);
  return Math.min(1, Math.max(0, facing));
}
