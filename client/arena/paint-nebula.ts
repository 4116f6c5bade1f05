import type { Rng } from "#engine/shared";
import { channelsOf, Palette } from "./palette.ts";

/** The nebula is soft: a small picture, drawn large. */
const SIDE = 256;
const CLOUDS = 34;

/** A soft round patch of one tone, in pixels. */
interface Cloud {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** What its middle adds to each channel. */
  readonly tone: readonly [red: number, green: number, blue: number];
}

/** Two tones of cloud on the colour of space. */
export function paintNebula(page: Document, rng: Rng): HTMLCanvasElement {
  const canvas = page.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser draws on no canvas");
  const picture = context.createImageData(SIDE, SIDE);
  fillNebula(picture.data, rng);
  context.putImageData(picture, 0, 0);
  return canvas;
}

/**
 * Sums the clouds in fractions of a colour's step and rounds by chance: rounded to the nearest, or drawn by the
 * canvas on top of one another, gradients this dark show their steps.
 */
function fillNebula(bytes: Uint8ClampedArray, rng: Rng): void {
  const light = new Float32Array(SIDE * SIDE * 3);
  for (let index = 0; index < CLOUDS; index++) addCloud(light, drawCloud(rng, index));
  const space = channelsOf(Palette.space);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const chance = rng.next();
    for (let channel = 0; channel < 3; channel++) {
      bytes[pixel * 4 + channel] = Math.floor(space[channel]! + light[pixel * 3 + channel]! + chance);
    }
    bytes[pixel * 4 + 3] = 255;
  }
}

/** Clouds of a tone keep to their own side of a slanting band. */
function drawCloud(rng: Rng, index: number): Cloud {
  const isBlue = index % 2 === 0;
  const along = rng.next();
  const aside = rng.between(-0.3, 0.3) + (isBlue ? -0.14 : 0.16);
  const full = channelsOf(isBlue ? Palette.nebulaBlue : Palette.nebulaViolet);
  const strength = rng.between(0.1, 0.21);
  const [red, green, blue] = channelsOf(Palette.space).map((dark, channel) => (full[channel]! - dark) * strength);
  return {
    x: SIDE * (along * 0.85 + 0.08 + aside * 0.5),
    y: SIDE * (0.86 - along * 0.72 + aside * 0.6),
    radius: SIDE * rng.between(0.14, 0.36),
    tone: [red!, green!, blue!],
  };
}

function addCloud(light: Float32Array, { x, y, radius, tone }: Cloud): void {
  const [left, right] = [Math.max(0, Math.floor(x - radius)), Math.min(SIDE, Math.ceil(x + radius))];
  const [top, bottom] = [Math.max(0, Math.floor(y - radius)), Math.min(SIDE, Math.ceil(y + radius))];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const share = ((column - x) ** 2 + (row - y) ** 2) / radius ** 2;
      if (share >= 1) continue;
      const weight = (1 - share) ** 2;
      const offset = (row * SIDE + column) * 3;
      for (let channel = 0; channel < 3; channel++) light[offset + channel]! += tone[channel]! * weight;
    }
  }
}
