/** The largest seed: all that `Rng` tells apart. */
export const SEED_MAX = 4_294_967_295;

/** Throws a RangeError that names the option where `value` is no whole number from `min` to `max`. */
export function checkWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} is ${value}, but must be a whole number from ${min} to ${max}`);
}
