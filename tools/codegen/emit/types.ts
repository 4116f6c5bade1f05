import type { ConstantLayout, EnumLayout, FieldLayout, FieldType, MessageLayout, RecordLayout } from "../layout.ts";
import * as naming from "../naming.ts";
import type { EmitContext } from "./context.ts";
import { sizeNameOf } from "./context.ts";
import { elementTypeText } from "./elements.ts";
import { literal, rangeDoc } from "./numbers.ts";
import type { Printer } from "./printer.ts";

export function emitConstant(printer: Printer, { name, doc, value }: ConstantLayout): void {
  printer.doc(doc);
  printer.line(`export const ${name} = ${literal(value)};`);
}

/** Prints an enum as a constant object and a type of the same name. */
export function emitEnum(printer: Printer, { name, doc, members }: EnumLayout): void {
  printer.doc(doc);
  printer.block(
    `export const ${name} =`,
    () => {
      for (const member of members) {
        printer.doc(member.doc);
        printer.line(`${member.name}: ${member.value},`);
      }
    },
    " as const;",
  );
  printer.line(`export type ${name} = (typeof ${name})[keyof typeof ${name}];`);
}

/** Prints the type of a struct or message. */
export function emitInterface(printer: Printer, record: RecordLayout): void {
  printer.doc(record.doc);
  if (record.fields.length === 0) {
    printer.line(`export type ${record.name} = Readonly<Record<string, never>>;`);
    return;
  }
  printer.block(`export interface ${record.name}`, () => {
    for (const field of record.fields) {
      printer.doc(docOf(field));
      printer.line(`${field.name}: ${typeText(field.type)};`);
    }
  });
}

/** Prints the opcode of a message, its size or the size of a struct, and the steps of angles. */
export function emitSizes(printer: Printer, record: RecordLayout | MessageLayout, context: EmitContext): void {
  if ("opcode" in record) printer.line(`export const ${naming.opcodeOf(record.name)} = ${record.opcode};`);
  const name = sizeNameOf(record, context);
  if (name !== undefined) printer.line(`export const ${name} = ${record.bytesMax};`);
  emitSteps(printer, record);
}

/** Prints how many steps a full turn has, for each angle. */
export function emitSteps(printer: Printer, record: RecordLayout): void {
  for (const { name, type } of record.fields) {
    if (type.kind !== "bits" || type.meaning.kind !== "angle") continue;
    printer.line(`export const ${naming.stepsOf(record.name, name)} = ${2 ** type.width};`);
  }
}

/** The schema's words, and the range where neither they nor the type say it. */
export function docOf(field: FieldLayout): string {
  const saysItself = field.doc !== "" && field.type.kind === "bits" && field.type.meaning.kind === "int";
  return [field.doc, saysItself ? "" : rangeOf(field.type)].filter((text) => text !== "").join("\n");
}

function rangeOf(type: FieldType): string {
  if (type.kind === "bytes") return `Up to ${type.bound} bytes. Decoded, a view of the bytes decoded from.`;
  if (type.kind === "string") return `Up to ${type.bound} bytes of UTF-8.`;
  if (type.kind === "list") return `Up to ${type.bound} elements.`;
  if (type.kind === "array") return `Exactly ${type.count} elements.`;
  if (type.kind !== "bits") return "";
  const { meaning, width } = type;
  switch (meaning.kind) {
    case "quantized":
      return rangeDoc(meaning);
    case "angle":
      return `0 to ${2 ** width - 1}: steps of a full turn.`;
    case "int":
      return meaning.isSigned ? `${-(2 ** (width - 1))} to ${2 ** (width - 1) - 1}.` : `0 to ${2 ** width - 1}.`;
    case "bool":
    case "enum":
      return "";
  }
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case "string":
      return "string";
    case "bytes":
      return "Uint8Array";
    case "array":
    case "list":
      return `${elementTypeText(type.element)}[]`;
    case "bits":
      return type.meaning.kind === "bool" ? "boolean" : type.meaning.kind === "enum" ? type.meaning.of.name : "number";
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
      return elementTypeText(type);
  }
}
