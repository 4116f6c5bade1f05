import { Rng } from "#engine/shared";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A flat piece of a rock's surface, with its unit normal: x and y in the picture, z towards the eye. */
export interface Facet {
  readonly corners: readonly Point[];
  readonly normal: { readonly x: number; readonly y: number; readonly z: number };
  /** How dark its stone is, 0 to 1. */
  readonly stain: number;
}

/** A rock, around its centre. */
export interface RockShape {
  readonly outline: readonly Point[];
  readonly facets: readonly Facet[];
}

interface Corner extends Point {
  readonly z: number;
}

/** The outline stays between these shares of the radius that collides. */
const OUTLINE_MIN = 0.86;
const OUTLINE_MAX = 1.06;

/** Grows the same rock from the same seed: `corners` around, a ridge inside, a peak a little off the middle. */
export function growRock(seed: number, radius: number, corners: number): RockShape {
  const rng = new Rng(seed);
  const outer = ring(rng, corners, radius, OUTLINE_MIN, OUTLINE_MAX, 0);
  const ridge = ring(rng, corners, radius, 0.46, 0.72, radius * 0.5);
  const peak = { x: rng.between(-0.18, 0.18) * radius, y: rng.between(-0.18, 0.18) * radius, z: radius * 0.72 };
  const facets: Facet[] = [];
  for (let index = 0; index < corners; index++) {
    const next = (index + 1) % corners;
    facets.push(
      facet(rng, outer[index]!, outer[next]!, ridge[index]!),
      facet(rng, outer[next]!, ridge[next]!, ridge[index]!),
      facet(rng, ridge[index]!, ridge[next]!, peak),
    );
  }
  return { outline: outer, facets };
}

function ring(rng: Rng, corners: number, radius: number, min: number, max: number, z: number): Corner[] {
  const turn = rng.between(0, Math.PI);
  return Array.from({ length: corners }, (_, index) => {
    const angle = turn * Number(z === 0) + ((index + rng.between(-0.28, 0.28)) / corners) * 2 * Math.PI;
    const distance = radius * rng.between(min, max);
    return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance, z: z * rng.between(0.8, 1.2) };
  });
}

function facet(rng: Rng, a: Corner, b: Corner, c: Corner): Facet {
  const [ux, uy, uz] = [b.x - a.x, b.y - a.y, b.z - a.z];
  const [vx, vy, vz] = [c.x - a.x, c.y - a.y, c.z - a.z];
  const x = uy * vz - uz * vy;
  const y = uz * vx - ux * vz;
  const z = ux * vy - uy * vx;
  const length = Math.hypot(x, y, z) * (z < 0 ? -1 : 1);
  return { corners: [a, b, c], normal: { x: x / length, y: y / length, z: z / length }, stain: rng.next() };
}
