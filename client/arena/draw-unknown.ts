import { BLOCK_UNITS, BLOCKS_ACROSS } from "../../shared/arena/terrain.ts";
import type { Terrain } from "../../shared/arena/terrain.ts";
import type { Atlas } from "./atlas.ts";
import type { Camera } from "./camera.ts";
import { packColour, Palette } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";
import { blocksInView } from "./terrain-painter.ts";

/** Between two lines of the hatch, in units along a side of the block. */
const HATCH_UNITS = 32;
const LINE_PIXELS = 1.5;
const SHADE = packColour(Palette.unknown, 0.94);
const HATCH = packColour(Palette.grid, 0.1);
const EDGE = packColour(Palette.grid, 0.42);

/** The sides of a block: which neighbour is there, from the block's middle. */
const SIDES = [
  { dx: -1, dy: 0 },
  { dx: 1, dy: 0 },
  { dx: 0, dy: -1 },
  { dx: 0, dy: 1 },
] as const;

/** Blocks that have not arrived are solid, and look it: dark and hatched, with an edge towards what is known. */
export function drawUnknown(terrain: Terrain, atlas: Atlas, camera: Camera, layer: SpritePool): void {
  for (const block of blocksInView(camera))
    if (terrain.isKnown[block] !== 1) drawBlock(terrain, block, atlas, camera, layer);
}

function drawBlock(terrain: Terrain, block: number, atlas: Atlas, camera: Camera, layer: SpritePool): void {
  const [column, row] = [block % BLOCKS_ACROSS, Math.floor(block / BLOCKS_ACROSS)];
  const x = (column + 0.5) * BLOCK_UNITS;
  const y = (row + 0.5) * BLOCK_UNITS;
  const line = LINE_PIXELS / camera.pixelsPerUnit;
  layer.put(atlas.tile, x, y, 0, BLOCK_UNITS, BLOCK_UNITS, SHADE);
  // Lines along x + y = offset, which go on in the next block.
  for (let offset = HATCH_UNITS / 2; offset < 2 * BLOCK_UNITS; offset += HATCH_UNITS) {
    const length = (BLOCK_UNITS - Math.abs(BLOCK_UNITS - offset)) * Math.SQRT2;
    const shift = (offset - BLOCK_UNITS) / 2;
    layer.put(atlas.square, x + shift, y + shift, -Math.PI / 4, length, line, HATCH);
  }
  for (const { dx, dy } of SIDES) {
    const [nextColumn, nextRow] = [column + dx, row + dy];
    if (Math.min(nextColumn, nextRow) < 0 || Math.max(nextColumn, nextRow) >= BLOCKS_ACROSS) continue;
    if (terrain.isKnown[nextRow * BLOCKS_ACROSS + nextColumn] !== 1) continue;
    const half = BLOCK_UNITS / 2;
    const [width, height] = dx === 0 ? [BLOCK_UNITS, 2 * line] : [2 * line, BLOCK_UNITS];
    layer.put(atlas.square, x + dx * half, y + dy * half, 0, width, height, EDGE);
  }
}
