import { CanvasSource, Rectangle, Texture } from "pixi.js";
import { AsteroidSize } from "../../shared/schema/generated/arena.ts";
import { ASTEROID_RADII } from "../../shared/arena/tuning.ts";
import { packShelves } from "./atlas-packer.ts";
import {
  paintArc,
  paintBand,
  paintChevron,
  paintFlame,
  paintGlow,
  paintPoint,
  paintRay,
  paintRing,
  paintShotCore,
  paintShotGlow,
} from "./paint-lights.ts";
import { LIGHT_AXES, paintRockBody, paintRockLight } from "./paint-rocks.ts";
import { paintShip, paintShipFlash, paintShipGlow } from "./paint-ships.ts";
import { Palette } from "./palette.ts";
import { growRock } from "./rock-shape.ts";
import { FOE_SHIPS, OWN_SHIP } from "./ship-shape.ts";
import type { ShipShape } from "./ship-shape.ts";

/** A picture on the sheet, with its centre at (0, 0). */
export interface AtlasShape {
  readonly texture: Texture;
  /** Sprite scale at which the picture has the size it was painted for. */
  readonly scale: number;
}

export interface ShipPictures {
  readonly hull: AtlasShape;
  readonly glow: AtlasShape;
  readonly flash: AtlasShape;
  readonly shape: ShipShape;
}

export interface RockPictures {
  readonly body: AtlasShape;
  /** One for each of `LIGHT_AXES`. */
  readonly lights: readonly AtlasShape[];
}

/** Every picture of the scene, on one texture. Lights are white, of radius 1 unit, and take their sprite's colour. */
export interface Atlas {
  readonly source: CanvasSource;
  readonly ownShip: ShipPictures;
  readonly foeShips: readonly ShipPictures[];
  /** By AsteroidSize, then by outline. */
  readonly rocks: readonly (readonly RockPictures[])[];
  readonly glow: AtlasShape;
  readonly point: AtlasShape;
  readonly flame: AtlasShape;
  readonly shotGlow: AtlasShape;
  readonly shotCore: AtlasShape;
  readonly ring: AtlasShape;
  /** Parts of a circle over a ship, by health: 0 is empty, the last one whole. */
  readonly healthArcs: readonly AtlasShape[];
  /** Parts of a short arc above a ship, by how ready its beam is. */
  readonly beamArcs: readonly AtlasShape[];
  readonly chevron: AtlasShape;
  readonly band: AtlasShape;
  /** A band that begins whole at -y and has faded at +y. */
  readonly ray: AtlasShape;
  /** A white square of side 1 unit. */
  readonly square: AtlasShape;
  /** The same, painted so finely that its edges are sharp however large it is drawn. */
  readonly tile: AtlasShape;
}

/** Outlines of each size of rock: few enough to stay on one sheet, enough that no two neighbours look alike. */
export const OUTLINES_PER_SIZE = 5;
/** Steps of the health arc. */
export const HEALTH_STEPS = 20;
/** Steps of the beam's arc. */
export const BEAM_STEPS = 15;
/** Pictures for each unit: below, lines vanish; above, the sheet outgrows what every device can hold. */
const PIXELS_PER_UNIT_MIN = 0.5;
const PIXELS_PER_UNIT_MAX = 3;
const SHEET_WIDTH = 2048;
/** Pixels of the lights' radius: they are soft, and drawn at any size. */
const LIGHT_PIXELS = 64;
/** The rim of a ship: 2 pixels on the screen, within these bounds in units. */
const RIM_UNITS_MIN = 1.1;
const RIM_UNITS_MAX = 2.6;

/** How finely an atlas is painted for a screen with so many device pixels for each unit: in quarter steps. */
export function atlasPixelsPerUnit(devicePixelsPerUnit: number): number {
  const quarterSteps = Math.ceil(devicePixelsPerUnit * 4 - 0.2) / 4;
  return Math.min(PIXELS_PER_UNIT_MAX, Math.max(PIXELS_PER_UNIT_MIN, quarterSteps));
}

/**
 * Paints every picture onto one sheet.
 *
 * `pixelsPerUnit` from `atlasPixelsPerUnit`; `cssPixelsPerUnit` decides how thick a rim of two pixels is.
 */
export function createAtlas(page: Document, pixelsPerUnit: number, cssPixelsPerUnit: number): Atlas {
  const sheet = new Sheet(pixelsPerUnit);
  const rimUnits = Math.min(RIM_UNITS_MAX, Math.max(RIM_UNITS_MIN, 2 / cssPixelsPerUnit));
  const takeOwn = addShip(sheet, OWN_SHIP, Palette.white, rimUnits);
  const takeFoes = FOE_SHIPS.map((shape) => addShip(sheet, shape, Palette.foe, rimUnits));
  const takeRocks = ASTEROID_RADII.map((radius, size) => addRocks(sheet, radius, size));
  const lights = addLights(sheet);
  const { source, shapes } = sheet.paint(page);
  return {
    source,
    ownShip: takeOwn(shapes),
    foeShips: takeFoes.map((take) => take(shapes)),
    rocks: takeRocks.map((rocks) => rocks.map((take) => take(shapes))),
    ...lights(shapes),
  };
}

/** Pictures by the number that `Sheet.add` gave them. */
type Shapes = readonly AtlasShape[];
type Paint = (context: CanvasRenderingContext2D) => void;

interface Picture {
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly pixelsPerUnit: number;
  readonly paint: Paint;
}

/** Pictures that wait for their place, and then for their paint. */
class Sheet {
  readonly pixelsPerUnit: number;
  private readonly pictures: Picture[] = [];

  constructor(pixelsPerUnit: number) {
    this.pixelsPerUnit = pixelsPerUnit;
  }

  /** Half sizes in units around the centre. Returns the picture's number. */
  add(halfWidth: number, halfHeight: number, paint: Paint, pixelsPerUnit = this.pixelsPerUnit): number {
    return this.pictures.push({ halfWidth, halfHeight, paint, pixelsPerUnit }) - 1;
  }

  paint(page: Document): { source: CanvasSource; shapes: Shapes } {
    const sizes = this.pictures.map(({ halfWidth, halfHeight, pixelsPerUnit }) => ({
      width: 2 * Math.ceil(halfWidth * pixelsPerUnit),
      height: 2 * Math.ceil(halfHeight * pixelsPerUnit),
    }));
    const { places, height } = packShelves(sizes, SHEET_WIDTH);
    const canvas = page.createElement("canvas");
    canvas.width = SHEET_WIDTH;
    canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("this browser draws on no canvas");
    const source = new CanvasSource({ resource: canvas, scaleMode: "linear" });
    const shapes = this.pictures.map(({ pixelsPerUnit, paint }, index) => {
      const { x, y } = places[index]!;
      const { width, height: rows } = sizes[index]!;
      context.save();
      context.beginPath();
      context.rect(x, y, width, rows);
      context.clip();
      context.translate(x + width / 2, y + rows / 2);
      context.scale(pixelsPerUnit, pixelsPerUnit);
      paint(context);
      context.restore();
      return { texture: new Texture({ source, frame: new Rectangle(x, y, width, rows) }), scale: 1 / pixelsPerUnit };
    });
    return { source, shapes };
  }
}

function addShip(sheet: Sheet, shape: ShipShape, rim: number, rimUnits: number): (shapes: Shapes) => ShipPictures {
  const hull = sheet.add(24, 20, (context) => {
    paintShip(context, shape, rim, rimUnits);
  });
  const glow = sheet.add(40, 36, (context) => {
    paintShipGlow(context, shape, rim, sheet.pixelsPerUnit);
  });
  const flash = sheet.add(24, 20, (context) => {
    paintShipFlash(context, shape);
  });
  return (shapes) => ({ hull: shapes[hull]!, glow: shapes[glow]!, flash: shapes[flash]!, shape });
}

function addRocks(sheet: Sheet, radius: number, size: number): ((shapes: Shapes) => RockPictures)[] {
  const corners = size === AsteroidSize.LARGE ? 11 : size === AsteroidSize.MEDIUM ? 9 : 7;
  return Array.from({ length: OUTLINES_PER_SIZE }, (_, outline) => {
    const rock = growRock(1 + size * OUTLINES_PER_SIZE + outline, radius, corners);
    const half = radius * 1.06 + 2;
    const body = sheet.add(half, half, (context) => {
      paintRockBody(context, rock);
    });
    const lights = LIGHT_AXES.map((axis) =>
      sheet.add(half, half, (context) => {
        paintRockLight(context, rock, axis);
      }),
    );
    return (shapes) => ({ body: shapes[body]!, lights: lights.map((light) => shapes[light]!) });
  });
}

type Lights = Omit<Atlas, "source" | "ownShip" | "foeShips" | "rocks">;

function addLights(sheet: Sheet): (shapes: Shapes) => Lights {
  const light = (paint: Paint, pixels = LIGHT_PIXELS): number => sheet.add(1, 1, paint, pixels);
  const glow = light(paintGlow);
  const point = light(paintPoint, 8);
  const flame = light(paintFlame);
  const shotGlow = sheet.add(1, 0.3, paintShotGlow, LIGHT_PIXELS);
  const shotCore = sheet.add(1, 0.22, paintShotCore, LIGHT_PIXELS / 2);
  const ring = light(paintRing);
  const chevron = light(paintChevron, 16);
  const band = sheet.add(1, 0.25, paintBand, LIGHT_PIXELS);
  const ray = sheet.add(1, 1, paintRay, LIGHT_PIXELS);
  const square = sheet.add(0.5, 0.5, paintWhite, 4);
  const tile = sheet.add(0.5, 0.5, paintWhite, LIGHT_PIXELS);
  const arcs = Array.from({ length: HEALTH_STEPS + 1 }, (_, step) =>
    sheet.add(26, 26, arcPart(HEALTH_ARC, step / HEALTH_STEPS), sheet.pixelsPerUnit),
  );
  const beamArcs = Array.from({ length: BEAM_STEPS + 1 }, (_, step) =>
    sheet.add(26, 26, arcPart(BEAM_ARC, step / BEAM_STEPS), sheet.pixelsPerUnit),
  );
  return (shapes) => ({
    glow: shapes[glow]!,
    point: shapes[point]!,
    flame: shapes[flame]!,
    shotGlow: shapes[shotGlow]!,
    shotCore: shapes[shotCore]!,
    ring: shapes[ring]!,
    chevron: shapes[chevron]!,
    band: shapes[band]!,
    ray: shapes[ray]!,
    square: shapes[square]!,
    tile: shapes[tile]!,
    healthArcs: arcs.map((arc) => shapes[arc]!),
    beamArcs: beamArcs.map((arc) => shapes[arc]!),
  });
}

function paintWhite(context: CanvasRenderingContext2D): void {
  context.fillStyle = "#fff";
  context.fillRect(-1, -1, 2, 2);
}

/** Where arcs around a ship are empty and where they are whole, in radians: health below it, the beam above. */
const HEALTH_ARC = { empty: 0.8 * Math.PI, whole: 0.2 * Math.PI };
const BEAM_ARC = { empty: -0.64 * Math.PI, whole: -0.36 * Math.PI };
const ARC_RADIUS = 24;

/** `share` of an arc, 0 to 1. */
function arcPart({ empty, whole }: typeof HEALTH_ARC, share: number): Paint {
  return (context) => {
    if (share === 0) return;
    context.scale(ARC_RADIUS, ARC_RADIUS);
    const end = empty + (whole - empty) * share;
    paintArc(context, Math.min(empty, end), Math.max(empty, end), 1.8 / ARC_RADIUS);
  };
}
