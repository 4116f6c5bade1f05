import { BufferImageSource, Container, Geometry, Mesh } from "pixi.js";
import type { Shader } from "pixi.js";
import { BLOCK_CELLS_ACROSS, BLOCK_UNITS, BLOCKS, BLOCKS_ACROSS } from "../../shared/arena/terrain.ts";
import type { Terrain } from "../../shared/arena/terrain.ts";
import type { Crater } from "../../shared/schema/generated/arena.ts";
import type { Camera } from "./camera.ts";
import { facetsOf } from "./terrain-facets.ts";
import { FIELD_BYTES, FIELD_MARGIN, FIELD_SIDE, TerrainField } from "./terrain-field.ts";
import type { FreshCrater } from "./terrain-field.ts";
import { TerrainShaders } from "./terrain-shader.ts";

/** Blocks whose picture is made in one display frame at most. The first frame of a scene makes all it shows. */
const PICTURES_PER_FRAME_MAX = 3;
/** How long a broken edge is lighter, and how often its picture is made anew meanwhile. */
const FRESH_MS = 1000;
const FRESH_PERIOD_MS = 90;
/** Craters that are remembered as fresh; the oldest go first. */
const FRESH_MAX = 128;

interface BlockPicture {
  readonly bytes: Uint8Array;
  readonly source: BufferImageSource;
  readonly mesh: Mesh<Geometry, Shader>;
  hasRock: boolean;
  version: number;
  madeAtMs: number;
  isFresh: boolean;
}

interface Break {
  readonly crater: Crater;
  readonly brokeAtMs: number;
}

/**
 * Draws the blocks of rock that are on the screen.
 *
 * A block's facets are made once. What changes when somebody digs is a small picture of its cells, which the shader
 * cuts the contour from; only so many of them are made in a display frame, the longest outdated first.
 */
export class TerrainPainter {
  readonly container = new Container();
  private readonly shaders = new TerrainShaders();
  private readonly field = new TerrainField();
  private readonly pictures: (BlockPicture | undefined)[] = [];
  private readonly shown: number[] = [];
  private readonly outdated: number[] = [];
  private breaks: Break[] = [];

  /** Rock broke just now. */
  hasBroken(craters: readonly Crater[], nowMs: number): void {
    this.breaks.push(...craters.map((crater) => ({ crater, brokeAtMs: nowMs })));
    this.breaks = this.breaks.filter(({ brokeAtMs }) => nowMs - brokeAtMs < FRESH_MS).slice(-FRESH_MAX);
  }

  /** Once a display frame. `pixelsPerUnit`: device pixels. */
  draw(terrain: Terrain, camera: Camera, pixelsPerUnit: number, nowMs: number): void {
    this.shaders.scaleTo(pixelsPerUnit);
    this.breaks = this.breaks.filter(({ brokeAtMs }) => nowMs - brokeAtMs < FRESH_MS);
    for (const block of this.shown) this.show(block, false);
    this.shown.length = 0;
    this.outdated.length = 0;
    for (const block of blocksInView(camera)) {
      if (terrain.isKnown[block] !== 1) continue;
      if (this.isOutdated(terrain, block, nowMs)) this.outdated.push(block);
      this.shown.push(block);
    }
    this.update(terrain, nowMs);
    for (const block of this.shown) this.show(block, true);
  }

  private show(block: number, isInView: boolean): void {
    const picture = this.pictures[block];
    if (picture !== undefined) picture.mesh.visible = isInView && picture.hasRock;
  }

  private create(block: number): BlockPicture {
    const bytes = new Uint8Array(FIELD_BYTES);
    const source = new BufferImageSource({
      resource: bytes,
      width: FIELD_SIDE,
      height: FIELD_SIDE,
      format: "rgba8unorm",
      alphaMode: "no-premultiply-alpha",
      scaleMode: "linear",
      addressMode: "clamp-to-edge",
    });
    const { positions, lights } = facetsOf(block);
    const geometry = new Geometry({
      attributes: {
        aPosition: { buffer: positions, format: "float32x2" },
        aLight: { buffer: lights, format: "float32" },
      },
    });
    const mesh = new Mesh({ geometry, shader: this.shaders.shaderOf(source) });
    mesh.position.set((block % BLOCKS_ACROSS) * BLOCK_UNITS, Math.floor(block / BLOCKS_ACROSS) * BLOCK_UNITS);
    mesh.visible = false;
    this.container.addChild(mesh);
    return { bytes, source, mesh, hasRock: false, version: -1, madeAtMs: 0, isFresh: false };
  }

  private isOutdated(terrain: Terrain, block: number, nowMs: number): boolean {
    const picture = this.pictures[block];
    if (picture === undefined || terrain.versions[block] !== picture.version) return true;
    return picture.isFresh && nowMs - picture.madeAtMs > FRESH_PERIOD_MS;
  }

  /** A block that was never made comes first: it is a hole until it is. */
  private update(terrain: Terrain, nowMs: number): void {
    const age = (block: number): number => this.pictures[block]?.madeAtMs ?? 0;
    this.outdated.sort((a, b) => age(a) - age(b) || a - b);
    const isFirst = this.outdated.length === this.shown.length;
    const count = isFirst ? this.outdated.length : Math.min(PICTURES_PER_FRAME_MAX, this.outdated.length);
    for (let index = 0; index < count; index++) this.make(terrain, this.outdated[index]!, nowMs);
  }

  private make(terrain: Terrain, block: number, nowMs: number): void {
    const picture = (this.pictures[block] ??= this.create(block));
    const fresh = this.freshIn(block, nowMs);
    picture.version = terrain.versions[block]!;
    picture.madeAtMs = nowMs;
    picture.isFresh = fresh.length > 0;
    picture.hasRock = this.field.fill(terrain, block, fresh, picture.bytes);
    if (picture.hasRock) picture.source.update();
  }

  private freshIn(block: number, nowMs: number): FreshCrater[] {
    const left = (block % BLOCKS_ACROSS) * BLOCK_CELLS_ACROSS - FIELD_MARGIN;
    const top = Math.floor(block / BLOCKS_ACROSS) * BLOCK_CELLS_ACROSS - FIELD_MARGIN;
    return this.breaks
      .filter(({ crater: { x, y, radius } }) => {
        const reach = radius + FIELD_MARGIN;
        return x > left - reach && x < left + FIELD_SIDE + reach && y > top - reach && y < top + FIELD_SIDE + reach;
      })
      .map(({ crater, brokeAtMs }) => ({ crater, freshness: Math.max(0, 1 - (nowMs - brokeAtMs) / FRESH_MS) }));
  }
}

/** The blocks that the screen shows some of, row by row. */
export function blocksInView(camera: Camera): number[] {
  const along = (place: number): number => Math.floor(place / BLOCK_UNITS);
  const left = Math.max(0, along(camera.x - camera.halfWidth));
  const right = Math.min(BLOCKS_ACROSS - 1, along(camera.x + camera.halfWidth));
  const top = Math.max(0, along(camera.y - camera.halfHeight));
  const bottom = Math.min(BLOCKS / BLOCKS_ACROSS - 1, along(camera.y + camera.halfHeight));
  const blocks: number[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) blocks.push(row * BLOCKS_ACROSS + column);
  }
  return blocks;
}
