import type { EntityRef } from "#engine/shared";

/** A correction fades to a twentieth within three of these: about 100 ms. */
const FADE_MS = 33;
/** What is left of one is forgotten, in units. */
const LEAST_UNITS = 1 / 64;

interface Offset {
  dx: number;
  dy: number;
}

/** Hides corrections: what jumped is drawn where it was, and flows to where it is within about 100 ms. */
export class Smoothing {
  private readonly offsets = new Map<number, Offset>();

  /** An entity is by so much, in units, not where it was. */
  add({ kind, slot, dx, dy }: EntityRef & { readonly dx: number; readonly dy: number }): void {
    const offset = this.offsets.get(keyOf(kind, slot)) ?? { dx: 0, dy: 0 };
    offset.dx -= dx;
    offset.dy -= dy;
    this.offsets.set(keyOf(kind, slot), offset);
  }

  advance(passedMs: number): void {
    const left = Math.exp(-passedMs / FADE_MS);
    for (const [key, offset] of this.offsets) {
      offset.dx *= left;
      offset.dy *= left;
      if (Math.abs(offset.dx) + Math.abs(offset.dy) < LEAST_UNITS) this.offsets.delete(key);
    }
  }

  /** By how much an entity is drawn beside where it is. */
  offsetOf(kind: number, slot: number): Readonly<Offset> {
    return this.offsets.get(keyOf(kind, slot)) ?? NONE;
  }
}

const NONE: Offset = { dx: 0, dy: 0 };

function keyOf(kind: number, slot: number): number {
  return kind * 65_536 + slot;
}
