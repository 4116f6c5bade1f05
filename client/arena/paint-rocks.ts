import { channelsOf, cssColour, Palette } from "./palette.ts";
import type { Facet, Point, RockShape } from "./rock-shape.ts";

/** Where the light comes from, as a unit vector: from the upper left and in front of the scene. */
export const LIGHT = { x: -0.56, y: -0.62, z: 0.55 };

/** Directions in a rock's own frame for each of which a picture is painted: +x, -x, +y, -y. */
export const LIGHT_AXES: readonly Point[] = [
  { x: 1, y: 0 },
  { x: -1, y: 0 },
  { x: 0, y: 1 },
  { x: 0, y: -1 },
];

const DARK = channelsOf(Palette.rockDark);
const LIGHT_STONE = channelsOf(Palette.rockLight);
/** Share of the way from dark to light that the flat light gives, and the light from the side at most. */
const FLAT_SHARE = 0.5;
const SIDE_SHARE = 1;

/**
 * The part of a rock's brightness that stays as it turns.
 *
 * A facet's brightness follows from the light's direction almost linearly, so that a turning rock is the sum of a
 * few fixed pictures: this one, and one of `paintRockLight` for each axis, weighted by how much light comes from it.
 */
export function paintRockBody(context: CanvasRenderingContext2D, rock: RockShape): void {
  trace(context, rock.outline);
  context.fillStyle = cssColour(Palette.rockDark);
  context.fill();
  for (const facet of rock.facets) {
    const share = FLAT_SHARE * Math.max(0, facet.normal.z) * LIGHT.z - 0.4 - 0.14 * facet.stain;
    paintFacet(context, facet, mixed(share));
  }
  trace(context, rock.outline);
  context.lineWidth = 1.4;
  context.strokeStyle = cssColour(Palette.rockLight, 0.3);
  context.stroke();
}

/** What light from `axis` adds. Drawn additively with a weight of 0 to 1. */
export function paintRockLight(context: CanvasRenderingContext2D, rock: RockShape, axis: Point): void {
  for (const facet of rock.facets) {
    const facing = facet.normal.x * axis.x + facet.normal.y * axis.y;
    const share = SIDE_SHARE * facing * (1 - 0.3 * facet.stain);
    if (share > 0) paintFacet(context, facet, scaled(share));
  }
  context.lineWidth = 1.6;
  context.lineCap = "round";
  for (let index = 0; index < rock.outline.length; index++) {
    const from = rock.outline[index]!;
    const to = rock.outline[(index + 1) % rock.outline.length]!;
    const facing = facingOf(from, to, axis);
    if (facing <= 0) continue;
    context.strokeStyle = cssColour(Palette.rockEdge, 0.75 * facing);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  }
}

/** How much the edge's outer side looks towards the axis, -1 to 1. The outline runs from +x towards +y. */
function facingOf(from: Point, to: Point, axis: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return (dy * axis.x - dx * axis.y) / Math.hypot(dx, dy);
}

/** Fills a facet and its edges, so that no gap shows between neighbours. */
function paintFacet(context: CanvasRenderingContext2D, facet: Facet, colour: string): void {
  trace(context, facet.corners);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 0.5;
  context.lineJoin = "round";
  context.strokeStyle = colour;
  context.stroke();
}

export function trace(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  context.closePath();
}

/** The stone's colour at a share of the way from dark to light. */
function mixed(share: number): string {
  const [r, g, b] = DARK.map((dark, index) => Math.round(dark + (LIGHT_STONE[index]! - dark) * share));
  return `rgb(${r!}, ${g!}, ${b!})`;
}

/** What a share of the way from dark to light adds. */
function scaled(share: number): string {
  const [r, g, b] = DARK.map((dark, index) => Math.round((LIGHT_STONE[index]! - dark) * 2 * share));
  return `rgb(${r!}, ${g!}, ${b!})`;
}
