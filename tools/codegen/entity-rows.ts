import { readFileSync } from "node:fs";
import type { EntityLayout, SchemaLayout } from "./layout.ts";
import { load } from "./load.ts";
import type { Draw } from "./sample-values.ts";
import type { RowInt } from "./snapshot/row.ts";
import { rowInts, scalarOf } from "./snapshot/row.ts";

/** Columns as tests see them: bigints where a field has 64 bits. */
export type Columns = Record<string, Record<number, number | bigint>>;

/** An entity of a schema, and the codec that was printed for it. */
export interface EntityUnderTest<Codec> {
  readonly name: string;
  readonly record: EntityLayout;
  readonly codec: Codec;
}

/** The entities of a schema and of the module that was printed for it. */
export function entitiesOf<Codec>(
  layout: SchemaLayout,
  module: Readonly<Record<string, unknown>>,
): EntityUnderTest<Codec>[] {
  return layout.entities.map((record) => ({
    name: `${layout.name}.${record.name}`,
    record,
    codec: module[record.name] as Codec,
  }));
}

/** The layout of a schema text without mistakes. */
export function layoutOfText(text: string): SchemaLayout {
  const { layout, diagnostics } = load("p.wire", (path) => (path === "p.wire" ? text : readFileSync(path, "utf8")));
  if (layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return layout;
}

/** Any integer that its field can have; the ends of the range come often. */
export function anyInt(int: RowInt, draw: Draw): number {
  const members = membersOf(int);
  if (members !== undefined) return members[draw(members.length)]!;
  const count = int.values ?? 2 ** int.width;
  const raw = [0, count - 1, draw(count), draw(count)][draw(4)]!;
  return wrappedInt(raw, int);
}

export function anyRow(record: EntityLayout, draw: Draw): Int32Array {
  return Int32Array.from(rowInts(record), (int) => anyInt(int, draw));
}

/**
 * A row as it may be `ticks` later: velocities change a little, what they move goes along, or almost, and whatever
 * else there is stays, goes on or jumps.
 */
export function rowAfter(row: Int32Array, record: EntityLayout, ticks: number, draw: Draw): Int32Array {
  const ints = rowInts(record);
  const next = row.slice();
  for (const int of ints) {
    if (int.field.isConst) continue;
    const { prediction } = int.field;
    const kind = draw(10);
    if (kind === 0) next[int.index] = anyInt(int, draw);
    else if (membersOf(int) !== undefined) continue;
    else if (prediction.kind === "velocity") {
      const velocity = ints.find(({ field }) => field.name === prediction.field)!;
      next[int.index] = stepped(row[int.index]!, next[velocity.index]! * ticks + draw(3) - 1, int);
    } else if (kind < 4) next[int.index] = stepped(row[int.index]!, draw(9) - 4, int);
  }
  return next;
}

/** Whether every one of the first `count` integers is one that its field can have. */
export function isValidRow(record: EntityLayout, row: Int32Array, count = row.length): boolean {
  return rowInts(record)
    .slice(0, count)
    .every((int) => isValid(int, row[int.index]!));
}

function isValid(int: RowInt, value: number): boolean {
  const members = membersOf(int);
  if (members !== undefined) return members.includes(value);
  if (int.width === 32) return int.values === undefined || value >>> 0 < int.values;
  return wrappedInt(value, int) === value && (int.values === undefined || value < int.values);
}

function stepped(value: number, step: number, int: RowInt): number {
  const next = wrappedInt(value + step, int);
  return isValid(int, next) ? next : value;
}

function wrappedInt(value: number, { width, isSigned }: RowInt): number {
  if (width === 32) return value | 0;
  return isSigned ? (value << (32 - width)) >> (32 - width) : value & (2 ** width - 1);
}

function membersOf({ field }: RowInt): number[] | undefined {
  const type = scalarOf(field);
  const of =
    type.kind === "enum" ? type.of : type.kind === "bits" && type.meaning.kind === "enum" ? type.meaning.of : undefined;
  return of?.members.map(({ value }) => value);
}
