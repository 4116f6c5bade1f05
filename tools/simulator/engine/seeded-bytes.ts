import { Rng } from "#engine/shared";

/** Bytes for tokens that are the same in every run: nobody has to be kept from guessing them in a simulation. */
export function seededBytes(seed: number): (count: number) => Uint8Array {
  const rng = new Rng(seed);
  return (count) => Uint8Array.from({ length: count }, () => rng.below(256));
}
