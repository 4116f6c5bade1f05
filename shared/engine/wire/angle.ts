/**
 * Sine and cosine of wire angles.
 *
 * `Math.sin` may differ in its last bits between JavaScript engines; a simulation that both sides run takes its
 * directions from these tables, whose entries are rounded far above that difference.
 */
export interface AngleTable {
  /** Steps in a full turn: 2 to the power of the angle's bits. */
  readonly steps: number;
  /** Indexed by angle. Angle 0 points along +x; angles grow from +x towards +y. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

const ROUNDING = 2 ** 30;

/** The table of an `angle` field of `bits` bits, 2 to 16. */
export function createAngleTable(bits: number): AngleTable {
  if (!Number.isInteger(bits) || bits < 2 || bits > 16) throw new RangeError(`an angle has 2 to 16 bits, not ${bits}`);
  const steps = 2 ** bits;
  const cos = new Float64Array(steps);
  const sin = new Float64Array(steps);
  for (let angle = 0; angle < steps; angle++) {
    const radians = (angle / steps) * 2 * Math.PI;
    cos[angle] = Math.round(Math.cos(radians) * ROUNDING) / ROUNDING;
    sin[angle] = Math.round(Math.sin(radians) * ROUNDING) / ROUNDING;
  }
  return { steps, cos, sin };
}

/** The wire angle nearest to the direction (dx, dy). Not for simulations: its last bit may differ between engines. */
export function angleOf(dx: number, dy: number, steps: number): number {
  const turns = Math.atan2(dy, dx) / (2 * Math.PI);
  return Math.round((turns - Math.floor(turns)) * steps) % steps;
}

/** The signed shortest way from one angle to another: -steps/2 to steps/2 - 1. */
export function angleBetween(from: number, to: number, steps: number): number {
  const half = steps / 2;
  return ((to - from + half + steps) % steps) - half;
}
