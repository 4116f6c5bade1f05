/** What an entity's row says, in the order of the wire. */
export const FIELDS = ["kind", "x", "y", "vx", "vy", "angle", "hp"] as const;
export type Field = (typeof FIELDS)[number];

/**
 * One whole number for each entity in each field: an entity's id is its place in every column.
 *
 * kind 0 to 7 · x, y 0 to 65,535 steps · vx, vy −512 to 511 steps a tick · angle 0 to 255 in 1/256 turn, wraps ·
 * hp 0 to 127.
 */
export type Rows = Readonly<Record<Field, Int32Array>>;

export function createRows(entities: number): Rows {
  const column = (): Int32Array => new Int32Array(entities);
  return { kind: column(), x: column(), y: column(), vx: column(), vy: column(), angle: column(), hp: column() };
}

export function copyRows(from: Rows, to: Rows): void {
  for (const field of FIELDS) to[field].set(from[field]);
}
