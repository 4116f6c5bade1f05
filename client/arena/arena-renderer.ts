import { Container, WebGLRenderer } from "pixi.js";
import { SHIP_RADIUS } from "../../shared/arena/tuning.ts";
import { SHIP_HEADING_STEPS } from "../../shared/schema/generated/arena.ts";
import { CELL_UNITS } from "../../shared/arena/terrain.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Crater } from "../../shared/schema/generated/arena.ts";
import { atlasPixelsPerUnit, createAtlas } from "./atlas.ts";
import type { Atlas } from "./atlas.ts";
import { BattleLights } from "./battle-lights.ts";
import { BeamLights } from "./beam-lights.ts";
import type { Camera } from "./camera.ts";
import { drawRocks } from "./draw-rocks.ts";
import { drawShots } from "./draw-shots.ts";
import { drawUnknown } from "./draw-unknown.ts";
import { drawFoeMarkers } from "./foe-markers.ts";
import { Palette } from "./palette.ts";
import { ShipPainter } from "./ship-painter.ts";
import { Space } from "./space.ts";
import { Sparks } from "./sparks.ts";
import { SpritePool } from "./sprite-pool.ts";
import { TerrainPainter } from "./terrain-painter.ts";

/** Device pixels for each CSS pixel at most: beyond, nobody sees the difference, and every phone feels it. */
const RESOLUTION_MAX = 2;
/** The sky and the sparks are the same for everyone and every time. */
const SCENE_SEED = 7;
/** A ship's radius on the screen in CSS pixels: no less than this, as far as the largest scale goes. */
const SHIP_PIXELS_MIN = 8;
const SHIP_SCALE_MAX = 1.6;
const RADIANS_PER_STEP = (2 * Math.PI) / SHIP_HEADING_STEPS;

/** One display frame of the scene. */
export interface Scene {
  readonly world: ArenaWorld;
  readonly ownId: number | undefined;
  readonly nowMs: number;
  readonly elapsedMs: number;
  /** Nothing was drawn for a while, in a hidden tab say. */
  readonly hasPaused: boolean;
  /** The player asked the system for less motion: no parallax, no flashes. */
  readonly prefersReducedMotion: boolean;
}

/**
 * Draws what a player sees of a world, with a handful of draw calls.
 *
 * Everything is a sprite of one atlas, in layers of one blend mode each; the atlas is painted anew only when the
 * screen's scale changes by a step.
 */
export class ArenaRenderer {
  private readonly renderer: WebGLRenderer;
  private readonly canvas: HTMLCanvasElement;
  private readonly camera: Camera;
  private readonly stage = new Container();
  private readonly space: Space;
  private readonly terrain = new TerrainPainter();
  private readonly unknown = new SpritePool("normal");
  private readonly rocks = new SpritePool("normal");
  private readonly rockLights = new SpritePool("add");
  private readonly below = new SpritePool("add");
  private readonly hulls = new SpritePool("normal");
  private readonly above = new SpritePool("add");
  private readonly pools: readonly SpritePool[];
  private readonly sparks = new Sparks(SCENE_SEED);
  private readonly lights: BattleLights;
  private readonly beams = new BeamLights(this.sparks);
  private readonly ships: ShipPainter;
  private atlas: Atlas | undefined;
  private paintedPixelsPerUnit = 0;

  private constructor(renderer: WebGLRenderer, canvas: HTMLCanvasElement, camera: Camera, world: ArenaWorld) {
    this.renderer = renderer;
    this.canvas = canvas;
    this.camera = camera;
    this.space = new Space(canvas.ownerDocument, SCENE_SEED);
    this.lights = new BattleLights(world, this.sparks);
    this.ships = new ShipPainter(world.ships.capacity);
    this.pools = [this.unknown, this.rocks, this.rockLights, this.below, this.hulls, this.above];
    this.stage.addChild(this.space.container, this.terrain.container, ...this.pools.map((pool) => pool.container));
    this.fit();
  }

  /** `world`: any of the worlds that will be drawn, for their capacities. Throws where there is no WebGL. */
  static async create(canvas: HTMLCanvasElement, camera: Camera, world: ArenaWorld): Promise<ArenaRenderer> {
    const renderer = new WebGLRenderer();
    await renderer.init({
      canvas,
      width: canvas.clientWidth,
      height: canvas.clientHeight,
      resolution: 1,
      background: Palette.space,
      powerPreference: "high-performance",
      // Events and accessibility are the page's own: the canvas is one labelled control.
      skipExtensionImports: true,
    });
    const created = new ArenaRenderer(renderer, canvas, camera, world);
    new ResizeObserver(() => {
      created.fit();
    }).observe(canvas);
    return created;
  }

  /** Rock broke just now. What is far away is not seen to do so. */
  rockHasBroken(craters: readonly Crater[], nowMs: number): void {
    this.terrain.hasBroken(craters, nowMs);
    for (const { x, y } of craters) {
      const [placeX, placeY] = [(x + 0.5) * CELL_UNITS, (y + 0.5) * CELL_UNITS];
      if (this.camera.clarityAt(placeX, placeY) > 0) this.sparks.rockBreaks(placeX, placeY);
    }
  }

  draw(scene: Scene): void {
    const { world, ownId } = scene;
    const { camera, below, hulls, above } = this;
    const hasFlashes = !scene.prefersReducedMotion;
    for (const slot of this.lights.observe(world, camera, ownId, scene)) this.ships.forget(world, slot);
    this.sparks.advance(scene.elapsedMs);
    this.beams.observe(world, ownId, scene.elapsedMs);
    const outgrown = this.atlas;
    const atlas = this.currentAtlas();
    for (const pool of this.pools) pool.begin(atlas.glow.texture);
    this.space.draw(camera, atlas, !scene.prefersReducedMotion);
    this.terrain.draw(world.terrain, camera, camera.pixelsPerUnit * this.renderer.resolution, scene.nowMs);
    drawUnknown(world.terrain, atlas, camera, this.unknown);
    drawRocks(world, atlas, camera, RADIANS_PER_STEP, { bodies: this.rocks, lights: this.rockLights });
    const radiansPerStep = RADIANS_PER_STEP;
    const scale = shipScale(camera.pixelsPerUnit);
    this.ships.draw(world, atlas, { below, hulls, above }, { ...scene, radiansPerStep, scale, hasFlashes });
    drawShots(world, atlas, ownId, above);
    this.beams.draw(above, atlas, hasFlashes);
    if (hasFlashes) this.sparks.draw(above, atlas);
    drawFoeMarkers(world, atlas, camera, above);
    for (const pool of this.pools) pool.end();
    this.placeStage();
    this.renderer.render(this.stage);
    // Not before: until it has drawn from the new sheet, Pixi holds on to the old one.
    if (outgrown !== atlas) outgrown?.source.destroy();
  }

  private placeStage(): void {
    const { camera, stage } = this;
    stage.scale.set(camera.pixelsPerUnit);
    stage.position.set(camera.screenX(0), camera.screenY(0));
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.renderer.resize(clientWidth, clientHeight, this.resolution());
    this.camera.resize(clientWidth, clientHeight);
  }

  private resolution(): number {
    return Math.min(RESOLUTION_MAX, this.canvas.ownerDocument.defaultView?.devicePixelRatio ?? 1);
  }

  private currentAtlas(): Atlas {
    const wanted = atlasPixelsPerUnit(this.camera.pixelsPerUnit * this.renderer.resolution);
    if (this.atlas !== undefined && wanted === this.paintedPixelsPerUnit) return this.atlas;
    this.atlas = createAtlas(this.canvas.ownerDocument, wanted, this.camera.pixelsPerUnit);
    this.paintedPixelsPerUnit = wanted;
    return this.atlas;
  }
}

/** On small screens ships are drawn larger than they are, so that one still sees where they point. */
function shipScale(pixelsPerUnit: number): number {
  return Math.min(SHIP_SCALE_MAX, Math.max(1, SHIP_PIXELS_MIN / (SHIP_RADIUS * pixelsPerUnit)));
}
