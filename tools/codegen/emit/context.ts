import type { FieldType, RecordLayout, SchemaLayout, UnionLayout } from "../layout.ts";
import { isFixed } from "../layout.ts";
import * as naming from "../naming.ts";
import { Locals } from "./place.ts";

/** What the emitters need to know of the whole schema. */
export interface EmitContext {
  readonly layout: SchemaLayout;
  /** Every name of the module: no variable inside a function may hide one. */
  readonly taken: ReadonlySet<string>;
  /** Names of the enums, structs and unions that some field is made of. */
  readonly used: ReadonlySet<string>;
  /** Names of the structs that arrays and lists hold. */
  readonly rows: ReadonlySet<string>;
  /** Names of the constants that are found while printing. */
  readonly constants: Locals;
  /** What the stores of each struct, union and message need. */
  readonly stores: Map<string, StoreNeeds>;
}

/** Whether the stores of a value use its bytes one by one, a DataView of them, or both. */
export interface StoreNeeds {
  readonly bytes: boolean;
  readonly view: boolean;
}

export function contextOf(layout: SchemaLayout): EmitContext {
  const records = [...layout.structs, ...layout.messages, ...layout.entities];
  const fields = records.flatMap((record) => record.fields.map(({ type }) => type));
  const variants = layout.unions.flatMap((union) => union.variants.map(({ type }) => type));
  const types = [...fields, ...variants];
  const taken = moduleNames(layout);
  return {
    layout,
    taken,
    constants: new Locals(taken),
    used: new Set(types.flatMap(typeNames)),
    rows: new Set(types.flatMap(rowNames)),
    stores: new Map(),
  };
}

/** Whether the decoder of a struct or union has to say where it ended. */
export function leavesItsEnd(record: RecordLayout | UnionLayout, { used }: EmitContext): boolean {
  return record.kind !== "message" && !isFixed(record) && used.has(record.name);
}

/** The name of a record's size. */
export function sizeNameOf(record: RecordLayout | UnionLayout): string {
  return isFixed(record) ? naming.bytesOf(record.name) : naming.bytesMaxOf(record.name);
}

function typeNames(type: FieldType): string[] {
  switch (type.kind) {
    case "enum":
    case "struct":
    case "union":
      return [type.of.name];
    case "array":
    case "list":
      return typeNames(type.element);
    case "optional":
      return typeNames(type.of);
    case "bits":
      return type.meaning.kind === "enum" ? [type.meaning.of.name] : [];
    case "bool":
    case "int":
    case "float":
    case "string":
    case "bytes":
    case "chars":
      return [];
  }
}

function rowNames(type: FieldType): string[] {
  if (type.kind === "optional") return rowNames(type.of);
  return type.kind === "array" || type.kind === "list" ? typeNames(type.element) : [];
}

function moduleNames(layout: SchemaLayout): Set<string> {
  const records = [...layout.structs, ...layout.unions, ...layout.messages].flatMap(({ name }) => [
    naming.encodeOf(name),
    naming.encodeIntoOf(name),
    naming.storeOf(name),
    naming.decodeOf(name),
    naming.decodeIntoOf(name),
    naming.decodeListOf(name),
    naming.checkOf(name),
    naming.readerOf(name),
    naming.opcodeOf(name),
    naming.bytesOf(name),
    naming.bytesMaxOf(name),
  ]);
  return new Set([
    ...naming.GLOBALS_USED,
    ...naming.RUNTIME_VALUES,
    ...naming.MODULE_NAMES,
    ...layout.enums.flatMap(({ name }) => [name, naming.guardOf(name)]),
    ...layout.constants.map(({ name }) => name),
    ...layout.entities.map(({ name }) => name),
    ...records,
  ]);
}
