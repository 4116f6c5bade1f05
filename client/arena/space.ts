import { Rng } from "#engine/shared";
import { Container, Texture } from "pixi.js";
import { WORLD_SIZE } from "../../shared/schema/generated/arena.ts";
import type { Atlas, AtlasShape } from "./atlas.ts";
import type { Camera } from "./camera.ts";
import { paintNebula } from "./paint-nebula.ts";
import { packColour, Palette } from "./palette.ts";
import { SpritePool } from "./sprite-pool.ts";

interface Star {
  /** 0 to 1 across the screen. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colour: number;
}

interface StarLayer {
  /** Share of the camera's way that the layer moves. */
  readonly depth: number;
  readonly stars: readonly Star[];
}

/** The world's four sides, each with the angle at which a strip along y lies along it. */
const SIDES = [
  { dx: 1, dy: 0, angle: 0 },
  { dx: 0, dy: 1, angle: Math.PI / 2 },
  { dx: -1, dy: 0, angle: Math.PI },
  { dx: 0, dy: -1, angle: -Math.PI / 2 },
] as const;
const HALF_WORLD = WORLD_SIZE / 2;
const LINE_PIXELS = 2;
const GLOW_UNITS = 70;
const VOID = packColour(Palette.space, 0.86);
const BORDER = packColour(Palette.border, 0.85);
const BORDER_GLOW = packColour(Palette.border, 0.24);
const SOLID = packColour(Palette.white, 1);
const GRID_UNITS = 256;
/** How much of the screen the nebula may wander over the whole world. */
const NEBULA_WANDERS = 0.25;
/** Stars leave the screen this far beyond its edge before they come in on the other side, in units. */
const STAR_MARGIN = 8;

/** What lies behind everything: a nebula, stars at three depths, a faint grid, and the border of the world. */
export class Space {
  readonly container = new Container();
  private readonly nebula: AtlasShape;
  private readonly backdrop = new SpritePool("normal");
  private readonly sprites = new SpritePool("add");
  private readonly voids = new SpritePool("normal");
  private readonly layers: readonly StarLayer[];

  constructor(page: Document, seed: number) {
    const rng = new Rng(seed);
    const texture = Texture.from(paintNebula(page, rng));
    this.nebula = { texture, scale: 1 / texture.width };
    this.layers = [
      createLayer(rng, 0.1, 190, 1.5, 0.62),
      createLayer(rng, 0.3, 90, 2, 0.8),
      createLayer(rng, 0.6, 36, 2.7, 1),
    ];
    this.container.addChild(this.backdrop.container, this.sprites.container, this.voids.container);
  }

  /** Everything in world units, the camera's middle being wherever the world's container puts it. */
  draw(camera: Camera, atlas: Atlas, hasParallax: boolean): void {
    this.putNebula(camera, hasParallax);
    this.sprites.begin(atlas.glow.texture);
    this.voids.begin(atlas.glow.texture);
    this.putStars(camera, atlas, hasParallax);
    this.putGrid(camera, atlas);
    this.putBorder(camera, atlas);
    this.sprites.end();
    this.voids.end();
  }

  private putNebula(camera: Camera, hasParallax: boolean): void {
    const size = 2 * Math.max(camera.halfWidth, camera.halfHeight) * (1 + NEBULA_WANDERS);
    const way = hasParallax ? (size * NEBULA_WANDERS) / (1 + NEBULA_WANDERS) / WORLD_SIZE : 0;
    const x = camera.x + (WORLD_SIZE / 2 - camera.x) * way;
    const y = camera.y + (WORLD_SIZE / 2 - camera.y) * way;
    this.backdrop.begin(this.nebula.texture);
    this.backdrop.put(this.nebula, x, y, 0, size, size, SOLID);
    this.backdrop.end();
  }

  private putStars(camera: Camera, atlas: Atlas, hasParallax: boolean): void {
    const width = 2 * (camera.halfWidth + STAR_MARGIN);
    const height = 2 * (camera.halfHeight + STAR_MARGIN);
    const onePixel = 1 / camera.pixelsPerUnit;
    for (const { depth, stars } of this.layers) {
      const moved = hasParallax ? depth : 0;
      for (const star of stars) {
        const x = wrap(star.x * width - camera.x * moved, width) - width / 2 + camera.x;
        const y = wrap(star.y * height - camera.y * moved, height) - height / 2 + camera.y;
        const size = star.size * onePixel;
        this.sprites.put(atlas.point, x, y, 0, size, size, star.colour);
      }
    }
  }

  private putGrid(camera: Camera, atlas: Atlas): void {
    const colour = packColour(Palette.grid, 0.085);
    const thickness = 1 / camera.pixelsPerUnit;
    const [left, right] = clampedSpan(camera.x, camera.halfWidth);
    const [top, bottom] = clampedSpan(camera.y, camera.halfHeight);
    for (let x = firstLine(left); x < right; x += GRID_UNITS) {
      this.sprites.put(atlas.square, x, (top + bottom) / 2, 0, thickness, bottom - top, colour);
    }
    for (let y = firstLine(top); y < bottom; y += GRID_UNITS) {
      this.sprites.put(atlas.square, (left + right) / 2, y, 0, right - left, thickness, colour);
    }
  }

  /** A line of light around the world, and darkness beyond it. */
  private putBorder(camera: Camera, atlas: Atlas): void {
    const line = LINE_PIXELS / camera.pixelsPerUnit;
    const far = 2 * Math.max(camera.halfWidth, camera.halfHeight);
    for (const { dx, dy, angle } of SIDES) {
      const x = HALF_WORLD * (1 + dx);
      const y = HALF_WORLD * (1 + dy);
      if (!isNear(camera, x, y, dx)) continue;
      const length = WORLD_SIZE + Math.abs(dy) * 2 * far;
      this.voids.put(atlas.square, x + (dx * far) / 2, y + (dy * far) / 2, angle, far, length, VOID);
      this.sprites.put(atlas.band, x, y, angle, GLOW_UNITS, 2 * WORLD_SIZE, BORDER_GLOW);
      this.voids.put(atlas.square, x, y, angle, line, WORLD_SIZE + line, BORDER);
    }
  }
}

function createLayer(rng: Rng, depth: number, count: number, size: number, brightness: number): StarLayer {
  const stars = Array.from({ length: count }, () => {
    const tone = rng.next();
    const rgb = tone < 0.14 ? Palette.starWarm : tone < 0.36 ? Palette.starCool : Palette.white;
    const light = brightness * rng.between(0.25, 1);
    return { x: rng.next(), y: rng.next(), size: size * rng.between(0.7, 1.25), colour: packColour(rgb, light) };
  });
  return { depth, stars };
}

function wrap(value: number, size: number): number {
  return value - Math.floor(value / size) * size;
}

/** The part of the world that the screen shows along one axis. */
function clampedSpan(middle: number, half: number): [number, number] {
  return [Math.max(0, middle - half), Math.min(WORLD_SIZE, middle + half)];
}

function firstLine(from: number): number {
  return Math.max(GRID_UNITS, Math.ceil(from / GRID_UNITS) * GRID_UNITS);
}

/** Whether the border through (x, y) may be on the screen. */
function isNear(camera: Camera, x: number, y: number, dx: number): boolean {
  const margin = 80;
  return dx === 0
    ? Math.abs(camera.y - y) < camera.halfHeight + margin
    : Math.abs(camera.x - x) < camera.halfWidth + margin;
}
