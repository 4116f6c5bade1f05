import type { Point } from "./rock-shape.ts";

/** A ship that flies towards +x, in units around its centre; it fits the circle that collides, more or less. */
export interface ShipShape {
  /** One side of the hull from nose to tail (y ≥ 0); the other is its mirror image. */
  readonly side: readonly Point[];
  /** Lines on the hull, likewise one side. */
  readonly seams: readonly (readonly Point[])[];
  /** Where engines burn. */
  readonly engines: readonly Point[];
}

const at = (x: number, y: number): Point => ({ x, y });

/** The player's own: a long dart, which no other ship is. */
export const OWN_SHIP: ShipShape = {
  side: [at(19, 0), at(7, 3.6), at(1, 5.2), at(-9, 14.5), at(-13, 14), at(-9.5, 6), at(-12, 3.5), at(-10, 0)],
  seams: [
    [at(9, 0), at(3, 2.6), at(-4, 2.2), at(-6, 0)],
    [at(-1, 5.4), at(-9.5, 6)],
  ],
  engines: [at(-11, 2.6), at(-11, -2.6)],
};

/** Others: a claw, a hammer and a crescent, all blunter than the dart. */
export const FOE_SHIPS: readonly ShipShape[] = [
  {
    side: [at(7, 0), at(8, 4), at(16, 8.5), at(5, 13), at(-7, 12.5), at(-12, 6.5), at(-9, 4), at(-9, 0)],
    seams: [
      [at(5, 0), at(1, 4.5), at(-6, 4.5)],
      [at(8, 4), at(3, 10)],
    ],
    engines: [at(-10.5, 6), at(-10.5, -6)],
  },
  {
    side: [at(15, 0), at(14, 5.5), at(6, 6.5), at(3, 13.5), at(-9, 14), at(-7, 7), at(-13, 4.5), at(-13, 0)],
    seams: [
      [at(11, 0), at(8, 3.4), at(-3, 3.4), at(-5, 0)],
      [at(2, 8), at(-7, 8)],
    ],
    engines: [at(-13, 0)],
  },
  {
    side: [at(11, 0), at(9, 6), at(1, 13.5), at(-13, 14), at(-5, 8.5), at(-4, 4), at(-8, 0)],
    seams: [
      [at(7, 0), at(4, 4), at(-1, 3.2)],
      [at(5, 8), at(-5, 12)],
    ],
    engines: [at(-6.5, 2.4), at(-6.5, -2.4)],
  },
];

/** The whole outline: the side and its mirror image. */
export function outlineOf(shape: ShipShape): Point[] {
  return [...shape.side, ...mirrored(shape.side).reverse()];
}

export function mirrored(side: readonly Point[]): Point[] {
  return side.map(({ x, y }) => ({ x, y: -y }));
}
