import type { MoverCodec } from "./mover.ts";
import { FIELDS, type Field, type Rows } from "./row.ts";

/** Where a field stands in the schema's rows, and what stands for 0 in it. */
export type Place = readonly [field: Field, place: number, zero: number];

/** Velocities are counted from -512 steps. */
const ZERO: Partial<Record<Field, number>> = { vx: 512, vy: 512 };

export function placesOf({ fields }: Pick<MoverCodec, "fields">): Place[] {
  return FIELDS.map((field) => [field, fields.findIndex(({ name }) => name === field), ZERO[field] ?? 0]);
}

/** Puts rows into `into`, from `at` on by id, as snapping the columns of a table would. */
export function putRows(rows: Rows, places: readonly Place[], into: Int32Array, at: number): void {
  for (const [field, place, zero] of places) {
    const column = rows[field];
    for (let id = 0; id < column.length; id++) into[at + id * places.length + place] = column[id]! + zero;
  }
}
