/** Throws a RangeError that names the option where `value` is no number from `min` to `max`, or no whole one. */
export function checkWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} is ${value}, but must be a whole number from ${min} to ${max}`);
}

/** What `Rng` tells apart. */
const SEED_MAX = 4_294_967_295;

export function checkSeed(seed: number): void {
  checkWhole("seed", seed, 0, SEED_MAX);
}
