/** Every colour of the scene, as 0xRRGGBB. Space is dark; what matters emits light. */
export const Palette = {
  space: 0x070a14,
  nebulaBlue: 0x0d1b3a,
  nebulaViolet: 0x1a0f2e,
  starWarm: 0xffd9b0,
  starCool: 0xb8d4ff,
  white: 0xffffff,
  hull: 0x0c1222,
  ownEngine: 0x59d8ff,
  ownShot: 0x9ff0ff,
  foe: 0xff5d73,
  foeEngine: 0xff8a4c,
  foeShot: 0xff6478,
  grid: 0x6f8fd0,
  border: 0x3dd6f5,
  shield: 0x8fd8ff,
  healthGood: 0x7df0c0,
  healthLow: 0xffb02e,
  healthCritical: 0xff5d73,
  rockDark: 0x2a3550,
  rockLight: 0x5b6b8c,
  rockEdge: 0xa9bbe0,
  rockFresh: 0xc9d6f2,
  rockOre: 0x6fb3c9,
  unknown: 0x05070e,
  fire: 0xffb36b,
  dust: 0x8292b5,
} as const;

/** 0 to 255 each. */
export function channelsOf(rgb: number): [red: number, green: number, blue: number] {
  return [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
}

/** A colour as the canvas takes it. `alpha` is 0 to 1. */
export function cssColour(rgb: number, alpha = 1): string {
  return `rgba(${channelsOf(rgb).join(", ")}, ${alpha})`;
}

/** A colour as a sprite takes it: alpha, blue, green, red from the highest byte down. `alpha` is clamped to 0 to 1. */
export function packColour(rgb: number, alpha: number): number {
  const opacity = Math.round(255 * Math.min(1, Math.max(0, alpha)));
  return (((opacity << 24) >>> 0) + ((rgb & 255) << 16) + (rgb & 0xff00) + (rgb >> 16)) >>> 0;
}
