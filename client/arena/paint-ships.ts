import { cssColour, Palette } from "./palette.ts";
import { trace } from "./paint-rocks.ts";
import { mirrored, outlineOf } from "./ship-shape.ts";
import type { ShipShape } from "./ship-shape.ts";

/** A dark hull with a bright rim of `rimUnits`. */
export function paintShip(context: CanvasRenderingContext2D, shape: ShipShape, rim: number, rimUnits: number): void {
  const outline = outlineOf(shape);
  context.lineJoin = "miter";
  const hull = context.createLinearGradient(-14, 0, 18, 0);
  hull.addColorStop(0, cssColour(Palette.hull));
  hull.addColorStop(1, "#1d2942");
  trace(context, outline);
  context.fillStyle = hull;
  context.fill();
  context.lineWidth = rimUnits * 0.5;
  context.strokeStyle = cssColour(rim, 0.5);
  for (const seam of shape.seams) {
    for (const line of [seam, mirrored(seam)]) {
      context.beginPath();
      for (const { x, y } of line) context.lineTo(x, y);
      context.stroke();
    }
  }
  trace(context, outline);
  context.lineWidth = rimUnits;
  context.strokeStyle = cssColour(rim);
  context.stroke();
}

/** The light that the rim throws around itself; drawn additively. `pixelsPerUnit` because blur knows no scale. */
export function paintShipGlow(
  context: CanvasRenderingContext2D,
  shape: ShipShape,
  rim: number,
  pixelsPerUnit: number,
): void {
  context.lineJoin = "round";
  for (const [units, alpha] of [
    [9, 0.5],
    [3.5, 0.7],
  ] as const) {
    context.shadowBlur = units * pixelsPerUnit;
    context.shadowColor = cssColour(rim, alpha);
    trace(context, outlineOf(shape));
    context.lineWidth = 1.2;
    context.strokeStyle = cssColour(rim, alpha * 0.5);
    context.stroke();
  }
}

/** The outline alone, filled with white: what a hit lights up. */
export function paintShipFlash(context: CanvasRenderingContext2D, shape: ShipShape): void {
  trace(context, outlineOf(shape));
  context.fillStyle = cssColour(Palette.white);
  context.fill();
}
