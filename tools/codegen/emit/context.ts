import type { FieldType, RecordLayout, SchemaLayout } from "../layout.ts";
import { isFixed } from "../layout.ts";
import * as naming from "../naming.ts";

/** What the emitters need to know of the whole schema. */
export interface EmitContext {
  readonly layout: SchemaLayout;
  /** Every name of the module: no variable inside a function may hide one. */
  readonly taken: ReadonlySet<string>;
  /** Names of the enums and structs that some field is made of. */
  readonly used: ReadonlySet<string>;
}

export function contextOf(layout: SchemaLayout): EmitContext {
  return { layout, taken: moduleNames(layout), used: usedTypes(layout) };
}

/** Whether a struct's decoder has to say where the struct ended. */
export function leavesItsEnd(record: RecordLayout, { used }: EmitContext): boolean {
  return record.kind === "struct" && !isFixed(record) && used.has(record.name);
}

/** The name of a record's size, or undefined where a constant of the schema has it. */
export function sizeNameOf(record: RecordLayout, { layout }: EmitContext): string | undefined {
  const name = isFixed(record) ? naming.bytesOf(record.name) : naming.bytesMaxOf(record.name);
  return layout.constants.some((constant) => constant.name === name) ? undefined : name;
}

function usedTypes(layout: SchemaLayout): Set<string> {
  const records = [...layout.structs, ...layout.messages, ...layout.entities];
  return new Set(records.flatMap(({ fields }) => fields.flatMap(({ type }) => typeNames(type))));
}

function typeNames(type: FieldType): string[] {
  switch (type.kind) {
    case "enum":
    case "struct":
      return [type.of.name];
    case "array":
    case "list":
      return typeNames(type.element);
    case "bits":
      return type.meaning.kind === "enum" ? [type.meaning.of.name] : [];
    case "bool":
    case "int":
    case "float":
    case "string":
    case "bytes":
      return [];
  }
}

function moduleNames(layout: SchemaLayout): Set<string> {
  const records = [...layout.structs, ...layout.messages].flatMap(({ name }) => [
    naming.encodeOf(name),
    naming.encodeIntoOf(name),
    naming.decodeOf(name),
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
