import { cssColour } from "./palette.ts";

/** A round light of radius 1, white in the middle and gone at the rim. */
export function paintGlow(context: CanvasRenderingContext2D): void {
  const light = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  for (const [at, alpha] of [
    [0, 1],
    [0.12, 0.72],
    [0.3, 0.32],
    [0.55, 0.1],
    [0.8, 0.022],
    [1, 0],
  ] as const) {
    light.addColorStop(at, cssColour(0xffffff, alpha));
  }
  context.fillStyle = light;
  context.fillRect(-1, -1, 2, 2);
}

/** A small hard light of radius 1 with a short halo: a star, a spark. */
export function paintPoint(context: CanvasRenderingContext2D): void {
  const light = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  light.addColorStop(0, cssColour(0xffffff, 1));
  light.addColorStop(0.35, cssColour(0xffffff, 0.95));
  light.addColorStop(0.55, cssColour(0xffffff, 0.25));
  light.addColorStop(1, cssColour(0xffffff, 0));
  context.fillStyle = light;
  context.fillRect(-1, -1, 2, 2);
}

/** A flame from (0, 0) to (-1, 0), half as thick, brightest near the engine. */
export function paintFlame(context: CanvasRenderingContext2D): void {
  context.save();
  context.beginPath();
  context.moveTo(0, -0.11);
  context.bezierCurveTo(-0.25, -0.25, -0.6, -0.1, -1, 0);
  context.bezierCurveTo(-0.6, 0.1, -0.25, 0.25, 0, 0.11);
  context.closePath();
  const light = context.createLinearGradient(0, 0, -1, 0);
  light.addColorStop(0, cssColour(0xffffff, 1));
  light.addColorStop(0.35, cssColour(0xffffff, 0.65));
  light.addColorStop(1, cssColour(0xffffff, 0));
  context.fillStyle = light;
  context.fill();
  context.restore();
}

/** A capsule along x of length 2 and thickness 0.5, with its glow: nose at +1, tail fading towards -1. */
export function paintShotGlow(context: CanvasRenderingContext2D): void {
  context.save();
  context.scale(1, 0.3);
  const light = context.createRadialGradient(0.35, 0, 0, 0.1, 0, 0.9);
  light.addColorStop(0, cssColour(0xffffff, 0.85));
  light.addColorStop(0.4, cssColour(0xffffff, 0.28));
  light.addColorStop(1, cssColour(0xffffff, 0));
  context.fillStyle = light;
  context.fillRect(-1, -1, 2, 2);
  context.restore();
}

/** The hard core of a shot: a capsule of length 2 and thickness 0.4. */
export function paintShotCore(context: CanvasRenderingContext2D): void {
  const light = context.createLinearGradient(-1, 0, 1, 0);
  light.addColorStop(0, cssColour(0xffffff, 0));
  light.addColorStop(0.5, cssColour(0xffffff, 0.85));
  light.addColorStop(1, cssColour(0xffffff, 1));
  context.lineCap = "round";
  context.lineWidth = 0.34;
  context.strokeStyle = light;
  context.beginPath();
  context.moveTo(-0.82, 0);
  context.lineTo(0.82, 0);
  context.stroke();
}

/** A ring of radius 0.9 with light on both sides of its line. */
export function paintRing(context: CanvasRenderingContext2D): void {
  const light = context.createRadialGradient(0, 0, 0.6, 0, 0, 1);
  light.addColorStop(0, cssColour(0xffffff, 0));
  light.addColorStop(0.6, cssColour(0xffffff, 0.22));
  light.addColorStop(0.74, cssColour(0xffffff, 0.95));
  light.addColorStop(0.84, cssColour(0xffffff, 0.3));
  light.addColorStop(1, cssColour(0xffffff, 0));
  context.fillStyle = light;
  context.fillRect(-1, -1, 2, 2);
}

/** The part `from` to `to` (radians) of a thin circle of radius 1. */
export function paintArc(context: CanvasRenderingContext2D, from: number, to: number, width: number): void {
  context.lineCap = "round";
  context.lineWidth = width;
  context.strokeStyle = cssColour(0xffffff, 1);
  context.beginPath();
  context.arc(0, 0, 1, from, to);
  context.stroke();
}

/** An arrowhead towards +x, of radius 1. */
export function paintChevron(context: CanvasRenderingContext2D): void {
  context.lineJoin = "miter";
  context.lineWidth = 0.34;
  context.strokeStyle = cssColour(0xffffff, 1);
  context.beginPath();
  context.moveTo(-0.4, -0.75);
  context.lineTo(0.45, 0);
  context.lineTo(-0.4, 0.75);
  context.stroke();
}

/** A band of light along y, of half width 1, brightest in its middle. */
export function paintBand(context: CanvasRenderingContext2D): void {
  context.fillStyle = acrossBand(context, 1);
  context.fillRect(-1, -1, 2, 2);
}

const RAY_STRIPS = 32;

/** Such a band, whole at y = -1, that has faded at y = 1. */
export function paintRay(context: CanvasRenderingContext2D): void {
  for (let strip = 0; strip < RAY_STRIPS; strip++) {
    const left = 1 - (strip + 0.5) / RAY_STRIPS;
    context.fillStyle = acrossBand(context, left * left);
    context.fillRect(-1, -1 + (2 * strip) / RAY_STRIPS, 2, 2 / RAY_STRIPS);
  }
}

function acrossBand(context: CanvasRenderingContext2D, brightness: number): CanvasGradient {
  const light = context.createLinearGradient(-1, 0, 1, 0);
  for (const [at, alpha] of [
    [0, 0],
    [0.25, 0.12],
    [0.42, 0.45],
    [0.5, 1],
    [0.58, 0.45],
    [0.75, 0.12],
    [1, 0],
  ] as const) {
    light.addColorStop(at, cssColour(0xffffff, alpha * brightness));
  }
  return light;
}
