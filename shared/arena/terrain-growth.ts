import { BLOCKS, cellIndex, CELLS_ACROSS, CELLS_PER_BLOCK, OPEN, ORE, STONE, Terrain } from "./terrain.ts";

/** Heights are made for every second cell along each axis, and are in between what their neighbours are on average. */
const SAMPLES_ACROSS = CELLS_ACROSS / 2;
/** Share of a fresh world that is rock, before crumbs are taken out. */
const ROCK_SHARE = 0.2;
/** Rock of fewer samples than this is a crumb. */
const CRUMB_SAMPLES = 25;
/** From the border of the world inwards: no rock, and then less of it, in samples as all below. */
const BORDER_OPEN = 16;
const BORDER_THIN = 36;
/** Around the world's middle: no rock, and then less of it. */
const MIDDLE_OPEN = 48;
const MIDDLE_THIN = 32;
/** What is taken from a height that is to be open, and at most from one that is to be lower. */
const HEIGHT_OPEN = 9;
const HEIGHT_THIN = 0.4;
/** How wide passages through rock are, as a share of the range of their noise, and how deep they cut. */
const PASSAGE_WIDTH = 0.065;
const PASSAGE_DEPTH = 8;
/** Share of the rock that is ore. */
const ORE_SHARE = 0.08;
/** Heights are told apart in so many steps. */
const STEPS = 4096;
/** From a sample to those beside it. */
const WAYS = [-1, 1, -SAMPLES_ACROSS, SAMPLES_ACROSS] as const;

/** One layer of noise: how far its values are apart, in samples, and how much it counts. */
interface Octave {
  readonly period: number;
  readonly weight: number;
}

const ISLANDS: readonly Octave[] = [
  { period: 64, weight: 0.4 },
  { period: 32, weight: 1 },
  { period: 16, weight: 0.5 },
  { period: 8, weight: 0.2 },
  { period: 4, weight: 0.06 },
];
const PASSAGES: readonly Octave[] = [
  { period: 32, weight: 1 },
  { period: 16, weight: 0.35 },
];
const VEINS: readonly Octave[] = [
  { period: 16, weight: 1 },
  { period: 8, weight: 0.7 },
];

/** The rock of a fresh world: islands, and passages through them. The same from the same seed on every machine. */
export function growTerrain(seed: number): Terrain {
  const heights = noiseOf(seed, ISLANDS);
  carvePassages(heights, noiseOf(seed + 1, PASSAGES));
  lowerForRoom(heights);
  const surface = heightAbove(heights, 1 - ROCK_SHARE);
  clearCrumbs(heights, surface);
  const veins = noiseOf(seed + 2, VEINS);
  return fill(heights, surface, veins, heightAbove(veins, 1 - ORE_SHARE));
}

/** Rock is where the height between the samples reaches the surface, and ore where the veins there are as strong. */
function fill(heights: Float32Array, surface: number, veins: Float32Array, ore: number): Terrain {
  const terrain = new Terrain();
  for (let y = 0; y < CELLS_ACROSS - 1; y++) {
    const upper = (y >> 1) * SAMPLES_ACROSS;
    const lower = ((y + 1) >> 1) * SAMPLES_ACROSS;
    for (let x = 0; x < CELLS_ACROSS - 1; x++) {
      const left = x >> 1;
      const right = (x + 1) >> 1;
      const height =
        heights[upper + left]! + heights[upper + right]! + heights[lower + left]! + heights[lower + right]!;
      if (height < 4 * surface) continue;
      const vein = veins[upper + left]! + veins[upper + right]! + veins[lower + left]! + veins[lower + right]!;
      terrain.cells[cellIndex(x, y)] = vein >= 4 * ore ? ORE : STONE;
    }
  }
  for (let block = 0; block < BLOCKS; block++) {
    const cells = terrain.cells.subarray(block * CELLS_PER_BLOCK, (block + 1) * CELLS_PER_BLOCK);
    terrain.rockCounts[block] = cells.reduce((count, kind) => count + (kind === OPEN ? 0 : 1), 0);
  }
  return terrain;
}

/** Smooth noise from 0 to 1 for every sample, row by row. Nothing but + − × ÷, which are exact everywhere. */
function noiseOf(seed: number, octaves: readonly Octave[]): Float32Array {
  const noise = new Float32Array(SAMPLES_ACROSS * SAMPLES_ACROSS);
  const total = octaves.reduce((sum, { weight }) => sum + weight, 0);
  octaves.forEach(({ period, weight }, index) => {
    addOctave(noise, mixed(seed, index), period, weight / total);
  });
  return noise;
}

function addOctave(noise: Float32Array, seed: number, period: number, weight: number): void {
  const columns = SAMPLES_ACROSS / period + 1;
  const blend = Float32Array.from({ length: period }, (_, step) => smooth(step / period));
  const upper = new Float32Array(columns);
  const lower = new Float32Array(columns);
  for (let y = 0; y < SAMPLES_ACROSS; y++) {
    const row = Math.floor(y / period);
    if (y % period === 0) {
      for (let column = 0; column < columns; column++) {
        upper[column] = latticeValue(seed, column, row) * weight;
        lower[column] = latticeValue(seed, column, row + 1) * weight;
      }
    }
    const down = blend[y % period]!;
    for (let column = 0; column + 1 < columns; column++) {
      const left = upper[column]! + (lower[column]! - upper[column]!) * down;
      const right = upper[column + 1]! + (lower[column + 1]! - upper[column + 1]!) * down;
      const first = y * SAMPLES_ACROSS + column * period;
      for (let step = 0; step < period; step++) noise[first + step]! += left + (right - left) * blend[step]!;
    }
  }
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

/** 0 to 1, by chance. */
function latticeValue(seed: number, column: number, row: number): number {
  return mixed(mixed(seed, column), row) / 4_294_967_296;
}

/** A whole number of 32 bits in which every bit of both has a part. */
function mixed(a: number, b: number): number {
  let mix = Math.imul(a ^ (b + 0x9e37_79b9), 0x85eb_ca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2_ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

/** Where the passages' noise is about in its middle, a winding line, rock is cut away. */
function carvePassages(heights: Float32Array, passages: Float32Array): void {
  for (let sample = 0; sample < heights.length; sample++) {
    const off = Math.abs(passages[sample]! - 0.5);
    if (off < PASSAGE_WIDTH) heights[sample]! -= (PASSAGE_WIDTH - off) * PASSAGE_DEPTH;
  }
}

/** Keeps the border and the middle of the world open. */
function lowerForRoom(heights: Float32Array): void {
  const middle = SAMPLES_ACROSS / 2;
  for (let y = 0; y < SAMPLES_ACROSS; y++) {
    for (let x = 0; x < SAMPLES_ACROSS; x++) {
      const toBorder = Math.min(x, y, SAMPLES_ACROSS - 1 - x, SAMPLES_ACROSS - 1 - y);
      const toMiddle = Math.sqrt((x - middle) * (x - middle) + (y - middle) * (y - middle));
      const room = 1 + Math.max((BORDER_OPEN - toBorder) / BORDER_THIN, (MIDDLE_OPEN - toMiddle) / MIDDLE_THIN);
      if (room > 0) heights[y * SAMPLES_ACROSS + x]! -= room >= 1 ? HEIGHT_OPEN : room * room * HEIGHT_THIN;
    }
  }
}

/** The height below which that share of all is, to one part in some thousand. */
function heightAbove(heights: Float32Array, share: number): number {
  const counts = new Uint32Array(STEPS);
  for (const height of heights) counts[Math.max(0, Math.min(STEPS - 1, Math.floor(height * STEPS)))]! += 1;
  let below = 0;
  let step = 0;
  while (step < STEPS && below + counts[step]! <= share * heights.length) below += counts[step++]!;
  return step / STEPS;
}

/** Opens every piece of rock of fewer than `CRUMB_SAMPLES`. No rock is at the border of the world. */
function clearCrumbs(heights: Float32Array, surface: number): void {
  const seen = new Uint8Array(heights.length);
  const piece = new Int32Array(heights.length);
  for (let start = 0; start < heights.length; start++) {
    if (heights[start]! < surface || seen[start] === 1) continue;
    seen[start] = 1;
    piece[0] = start;
    let count = 1;
    for (let index = 0; index < count; index++) {
      for (const way of WAYS) {
        const next = piece[index]! + way;
        if (heights[next]! < surface || seen[next] === 1) continue;
        seen[next] = 1;
        piece[count++] = next;
      }
    }
    if (count < CRUMB_SAMPLES) for (let index = 0; index < count; index++) heights[piece[index]!]! -= HEIGHT_OPEN;
  }
}
