import { bigRangeOf, intRangeOf } from "../check/scalars.ts";
import type { BitsType, ElementType, FieldType, IntType, RecordLayout } from "../layout.ts";
import * as naming from "../naming.ts";
import { bigLiteral, literal } from "./numbers.ts";
import type { Printer } from "./printer.ts";

/** Prints what development builds check before they encode a record; false when every value of it fits. */
export function emitChecks(printer: Printer, record: RecordLayout): boolean {
  const checks = record.fields.flatMap((field) => {
    const lines = checksOf(field.type, `value.${field.name}`, `"${record.name}.${field.name}"`);
    if (field.type.kind !== "optional" || lines.length === 0) return lines;
    return [`if (value.${field.name} !== undefined) ${lines[0]!}`];
  });
  if (checks.length === 0) return false;
  const signature = {
    name: naming.checkOf(record.name),
    parameters: [{ name: "value", type: record.name }],
    returns: "void",
  };
  printer.privateFunction(signature, "Throws unless every value fits; for development builds.", () => {
    for (const check of checks) printer.line(check);
  });
  return true;
}

/** `value` is an operand, `field` the text that names it. */
function checksOf(type: FieldType, value: string, field: string): string[] {
  switch (type.kind) {
    case "optional":
      return checksOf(type.of, value, field);
    case "string":
      return [`expectText(${value}, ${type.bound}, ${field});`];
    case "chars":
      return [`expectChars(${value}, ${type.count}, ${field});`];
    case "bits":
      return bitsChecks(type, value, field);
    case "array":
    case "list":
      return elementsChecks(type.element, value, field);
    case "int":
      return [intCheck(type, value, field)];
    case "enum":
      return [memberCheck(type.of.name, value, field)];
    case "bool":
    case "float":
    case "bytes":
    case "struct":
    case "union":
      return [];
  }
}

function elementsChecks(element: ElementType, values: string, field: string): string[] {
  switch (element.kind) {
    case "int":
      return [intCheck(element, values, field, "s")];
    case "enum":
      return [`for (const each of ${values}) ${memberCheck(element.of.name, "each", field)}`];
    case "bool":
    case "float":
    case "struct":
    case "union":
      return [];
  }
}

function intCheck({ bits, isSigned }: IntType, value: string, field: string, plural = ""): string {
  const type = `"${isSigned ? "i" : "u"}${bits}"`;
  if (bits === 64) {
    const { min, max } = bigRangeOf(bits, isSigned);
    return `expectBigInteger${plural}(${[value, bigLiteral(min), bigLiteral(max), field, type].join(", ")});`;
  }
  const { min, max } = intRangeOf(bits, isSigned);
  return `expectInteger${plural}(${[value, min, max, field, type].join(", ")});`;
}

function bitsChecks({ meaning, width }: BitsType, value: string, field: string): string[] {
  switch (meaning.kind) {
    case "bool":
      return [];
    case "angle":
      return [`expectInteger(${value}, -Infinity, Infinity, ${field}, "angle");`];
    case "enum":
      return [memberCheck(meaning.of.name, value, field)];
    case "quantized":
      return [`expectRange(${value}, ${literal(meaning.min)}, ${literal(meaning.max)}, ${field});`];
    case "int": {
      const { min, max } = intRangeOf(width, meaning.isSigned);
      const type = `"${meaning.isSigned ? "i" : "u"}${width <= 8 ? 8 : width <= 16 ? 16 : 32} : ${width}"`;
      return [`expectInteger(${[value, min, max, field, type].join(", ")});`];
    }
  }
}

function memberCheck(name: string, value: string, field: string): string {
  return `expectMember(${naming.guardOf(name)}(${value}), ${value}, ${field}, "${name}");`;
}
