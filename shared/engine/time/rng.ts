/**
 * Random numbers from a seed: the same seed gives the same numbers on every machine.
 * The generator is Tommy Ettinger's Mulberry32: 32 bits of state, enough for a game, not for secrets.
 */
export class Rng {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 ≤ value < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** min ≤ value < max. */
  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** A whole number, 0 ≤ value < end. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }
}
