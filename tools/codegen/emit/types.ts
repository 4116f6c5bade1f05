import type { ConstantLayout, EnumLayout, FieldLayout, FieldType, MessageLayout, RecordLayout } from "../layout.ts";
import { isFixed, isRest, placedParts } from "../layout.ts";
import * as naming from "../naming.ts";
import { sizeNameOf } from "./context.ts";
import { typeText } from "./elements.ts";
import { bigLiteral, literal, rangeDoc } from "./numbers.ts";
import type { Printer } from "./printer.ts";

export function emitConstant(printer: Printer, { name, doc, value, isBig }: ConstantLayout): void {
  printer.doc(doc);
  const text = isBig ? bigLiteral(value.numerator) : literal(value);
  printer.exportedConstant(name, text, text.includes("/") ? "number" : text);
}

/** Prints an enum as a constant object and a type of the same name. */
export function emitEnum(printer: Printer, { name, doc, members }: EnumLayout): void {
  const isDeclared = printer.dialect === "dts";
  printer.line();
  printer.doc(doc);
  const body = (): void => {
    for (const member of members) {
      printer.doc(member.doc);
      printer.line(isDeclared ? `readonly ${member.name}: ${member.value};` : `${member.name}: ${member.value},`);
    }
  };
  if (isDeclared) printer.block(`export declare const ${name}:`, body, ";");
  else printer.block(`export const ${name} =`, body, " as const;");
  printer.types(() => {
    printer.line(`export type ${name} = (typeof ${name})[keyof typeof ${name}];`);
  });
}

/** Prints the type of a struct or message. */
export function emitInterface(printer: Printer, record: RecordLayout): void {
  printer.line();
  printer.doc(record.doc);
  if (record.fields.length === 0) {
    printer.line(`export type ${record.name} = Readonly<Record<string, never>>;`);
    return;
  }
  printer.block(`export interface ${record.name}`, () => {
    for (const field of record.fields) {
      printer.doc(docOf(field));
      const isOptional = field.type.kind === "optional";
      printer.line(
        `${field.name}${isOptional ? "?" : ""}: ${typeText(field.type)}${isOptional ? " | undefined" : ""};`,
      );
    }
  });
}

/** Prints the opcode of a message, its size or the size of a struct, its offsets, and the steps of angles. */
export function emitSizes(printer: Printer, record: RecordLayout | MessageLayout): void {
  if ("opcode" in record) printer.exportedConstant(naming.opcodeOf(record.name), String(record.opcode));
  printer.exportedConstant(sizeNameOf(record), String(record.bytesMax));
  emitOffsets(printer, record);
  emitSteps(printer, record);
}

/** Prints where the fields of a record of fixed size start; a bit field in the byte that holds its first bit. */
function emitOffsets(printer: Printer, record: RecordLayout): void {
  if (!isFixed(record) || record.fields.length === 0) return;
  const entries = placedParts(record).flatMap(({ part, offset }) =>
    part.kind === "whole"
      ? [`${part.field.name}: ${offset}`]
      : part.slices.map(({ field, bitOffset }) => `${field.name}: ${offset + Math.floor(bitOffset / 8)}`),
  );
  const name = naming.offsetsOf(record.name);
  if (printer.dialect === "dts") {
    printer.block(
      `export declare const ${name}:`,
      () => {
        for (const entry of entries) printer.line(`readonly ${entry};`);
      },
      ";",
    );
  } else {
    printer.list(`export const ${name} = `, entries, ["{", "}"], " as const;");
  }
}

/** Prints how many steps a full turn has, for each angle. */
export function emitSteps(printer: Printer, record: RecordLayout): void {
  for (const { name, type } of record.fields) {
    if (type.kind !== "bits" || type.meaning.kind !== "angle") continue;
    printer.exportedConstant(naming.stepsOf(record.name, name), String(2 ** type.width));
  }
}

/** The schema's words, and the range where neither they nor the type say it. */
export function docOf(field: FieldLayout): string {
  const saysItself = field.doc !== "" && field.type.kind === "bits" && field.type.meaning.kind === "int";
  return [field.doc, saysItself ? "" : rangeOf(field.type)].filter((text) => text !== "").join("\n");
}

function rangeOf(type: FieldType): string {
  if (isRest(type)) {
    return `What is left of the message, up to ${type.bound} bytes. Decoded, a view of the bytes decoded from.`;
  }
  if (type.kind === "bytes") return `Up to ${type.bound} bytes. Decoded, a view of the bytes decoded from.`;
  if (type.kind === "string") return `Up to ${type.bound} bytes of UTF-8.`;
  if (type.kind === "list") return `Up to ${type.bound} elements.`;
  if (type.kind === "chars") return `Up to ${type.count} bytes of UTF-8, without a NUL.`;
  if (type.kind === "optional") return rangeOf(type.of);
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
