import type { EntityLayout } from "../layout.ts";
import * as naming from "../naming.ts";
import { booksOf, jointBook, maskBook, memberBook } from "../snapshot/books.ts";
import type { FieldGroup, Member, SnapshotModel } from "../snapshot/model.ts";
import { intName, snapshotModel } from "../snapshot/model.ts";
import type { RowInt } from "../snapshot/row.ts";
import { rowInts, scalarOf } from "../snapshot/row.ts";
import { layoutAt, versionsOf } from "../version.ts";
import type { EmitContext } from "./context.ts";
import type { Parameter } from "./printer.ts";

/** A model, and what its parts are called in the printed module. */
export interface PrintedModel extends SnapshotModel {
  /** The name of the constant that holds a book, by its label. */
  bookOf(label: string): string;
  /** The integers of the row that only newer versions know. */
  readonly laterInts: readonly RowInt[];
}

export const WRITER: Parameter = { name: "writer", type: "BitWriter" };
export const READER: Parameter = { name: "reader", type: "BitReader" };
export const ROWS: Parameter = { name: "rows", type: "Int32Array" };
export const NUMBERS = (...names: readonly string[]): Parameter[] => names.map((name) => ({ name, type: "number" }));
export const STATES: Parameter = { name: "states", type: "Int32Array" };

/** The models of an entity, one for each version that has other fields or other tables, newest first. */
export function printedModels(record: EntityLayout, { layout, constants }: EmitContext): PrintedModel[] {
  const versions = versionsOf(layout).filter((version) => version >= record.since);
  const models = versions.map((version) => {
    const entity = layoutAt(layout, version).entities.find(({ name }) => name === record.name)!;
    const trained = layout.trained.get(version)?.[record.name];
    return { version, model: snapshotModel(entity, trained) };
  });
  // A version that changed nothing speaks as the one before it.
  const changed = models.filter(({ model }, index) => {
    const older = models[index + 1]?.model;
    return older?.ints.length !== model.ints.length || older.trained !== model.trained;
  });
  return changed.map(({ version, model }, index): PrintedModel => {
    const since = index === changed.length - 1 ? Math.min(version, record.since) : version;
    const names = new Map(
      booksOf(model).map(({ label }) => [label, constants.take(naming.codesOf(record.name, label))]),
    );
    const laterInts = rowInts(record).slice(model.ints.length);
    const bookOf = (label: string): string => names.get(label)!;
    return { ...model, entity: { ...model.entity, since }, laterInts, bookOf };
  });
}

/** An expression that is false where an integer is none that its field can have. */
export function validity(ints: readonly RowInt[], valueOf: (int: RowInt) => string, { used }: EmitContext): string {
  const checks = ints.flatMap((int): string[] => {
    const type = scalarOf(int.field);
    if (int.values !== undefined)
      return [`${int.width === 32 ? `(${valueOf(int)} >>> 0)` : valueOf(int)} < ${int.values}`];
    const of =
      type.kind === "enum"
        ? type.of
        : type.kind === "bits" && type.meaning.kind === "enum"
          ? type.meaning.of
          : undefined;
    return of === undefined || !used.has(of.name) ? [] : [`${naming.guardOf(of.name)}(${valueOf(int)})`];
  });
  return checks.length === 0 ? "true" : checks.join(" && ");
}

/** The book that the residuals of a member are coded with. */
export function memberBookName(model: PrintedModel, { int }: Member): string {
  return model.bookOf(intName(int));
}

export function jointBookOf(model: PrintedModel, group: FieldGroup) {
  const { label, contexts } = jointBook(group, model);
  return { name: model.bookOf(label), contexts };
}

/** How many tables of a member's book have history in front of those without. */
export function contextsOf(model: SnapshotModel, group: FieldGroup, member: Member): number {
  return memberBook(member, group, model).contexts;
}

export function maskBookOf(model: PrintedModel) {
  const { label, contexts } = maskBook(model);
  return { name: model.bookOf(label), contexts };
}

/** `base + index`. */
export function place(base: string, index: number): string {
  return index === 0 ? base : `${base} + ${index}`;
}
