import type { AnyEntityTable } from "#engine/shared";
import type { Correction } from "./prediction.ts";

/** A correction fades to a twentieth within three of these: about 100 ms. */
const FADE_MS = 33;
/** What is left of one is forgotten, in units. */
const LEAST_UNITS = 1 / 64;

interface Offset {
  readonly generation: number;
  dx: number;
  dy: number;
}

/** Hides corrections: what jumped is drawn where it was, and flows to where it is within about 100 ms. */
export class Smoothing {
  private readonly offsets = new Map<number, Offset>();

  /** An entity is by so much, in units, not where it was. Named as it is drawn. */
  add({ kind, slot, generation, dx, dy }: Correction): void {
    const key = keyOf(kind, slot);
    const { dx: left, dy: above } = this.offsetOf(kind, slot, generation);
    this.offsets.set(key, { generation, dx: left - dx, dy: above - dy });
  }

  advance(passedMs: number): void {
    const left = Math.exp(-passedMs / FADE_MS);
    for (const [key, offset] of this.offsets) {
      offset.dx *= left;
      offset.dy *= left;
      if (Math.abs(offset.dx) + Math.abs(offset.dy) < LEAST_UNITS) this.offsets.delete(key);
    }
  }

  /** Moves an entity in the tables that it is drawn from, which are given anew each frame, by that. */
  apply(kind: number, slot: number, table: AnyEntityTable): void {
    if (table.position === undefined) return;
    const { dx, dy } = this.offsetOf(kind, slot, table.generationOf(slot));
    table.position.x[slot]! += dx;
    table.position.y[slot]! += dy;
  }

  /** By how much an entity is drawn beside where it is: another one in its slot, or it renewed, is where it is. */
  offsetOf(kind: number, slot: number, generation: number): Readonly<Offset> {
    const offset = this.offsets.get(keyOf(kind, slot));
    return offset?.generation === generation ? offset : NONE;
  }
}

const NONE: Offset = { generation: -1, dx: 0, dy: 0 };

function keyOf(kind: number, slot: number): number {
  return kind * 65_536 + slot;
}
