import type { ElementType, EnumLayout, FieldType, IntType } from "../layout.ts";
import { isFixed, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import type { Place } from "./place.ts";
import { at } from "./place.ts";
import type { Printer } from "./printer.ts";

/** The TypeScript type of one value. */
export function elementTypeText(type: ElementType): string {
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "int":
      return type.bits === 64 ? "bigint" : "number";
    case "float":
      return "number";
    case "enum":
    case "struct":
    case "union":
      return type.of.name;
  }
}

/** The TypeScript type of a field's value; of an optional one, of what it holds when it is there. */
export function typeText(type: FieldType): string {
  switch (type.kind) {
    case "string":
    case "chars":
      return "string";
    case "bytes":
      return "Uint8Array";
    case "array":
    case "list":
      return `${elementTypeText(type.element)}[]`;
    case "optional":
      return typeText(type.of);
    case "bits":
      return type.meaning.kind === "bool" ? "boolean" : type.meaning.kind === "enum" ? type.meaning.of.name : "number";
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return elementTypeText(type);
  }
}

/** Whether a value has functions of its own: a struct or a union. */
export function isNested(type: ElementType): type is ElementType & { kind: "struct" | "union" } {
  return type.kind === "struct" || type.kind === "union";
}

/** Prints the stores of a number or a bool; `value` is an operand. */
export function emitElementWrite(printer: Printer, type: ElementType, value: string, place: Place): void {
  switch (type.kind) {
    case "bool":
      printer.line(`bytes[${at(place)}] = ${value} ? 1 : 0;`);
      return;
    case "int":
      emitIntWrite(printer, type, value, place);
      return;
    case "enum":
      emitIntWrite(printer, type.of.base, value, place);
      return;
    case "float":
      printer.line(`view.setFloat${type.bits}(${at(place)}, ${value}, true);`);
      return;
    case "struct":
    case "union":
      throw new TypeError("structs and unions are stored by functions of their own");
  }
}

/** The value at `place` before any check: a number for bools and enums; a value or undefined for structs and unions. */
export function rawRead(type: ElementType, place: Place): string {
  switch (type.kind) {
    case "bool":
      return `bytes[${at(place)}]!`;
    case "int":
      return intRead(type, place);
    case "enum":
      return intRead(type.of.base, place);
    case "float":
      return `readF${type.bits}(bytes, ${at(place)})`;
    case "struct":
    case "union":
      return `${naming.decodeOf(type.of.name)}(bytes, ${at(place)})`;
  }
}

/** The condition under which a value that was read is refused, or undefined when every value is good. */
export function refusal(type: ElementType, name: string): string | undefined {
  switch (type.kind) {
    case "bool":
      return `${name} > 1`;
    case "enum":
      return `!${naming.guardOf(type.of.name)}(${name})`;
    case "struct":
    case "union":
      return `${name} === undefined`;
    case "int":
    case "float":
      return undefined;
  }
}

/** What a checked value becomes. */
export function checkedValue(type: ElementType, name: string): string {
  return type.kind === "bool" ? `${name} === 1` : name;
}

/** How the offset moves on behind an element: a number, or the nested value's own end. */
export function advance(type: ElementType, offset: string): string {
  if (isNested(type) && !isFixed(type.of)) return `${offset} = decodedEnd;`;
  return `${offset} += ${sizeOfType(type).min};`;
}

/** Prints the private check that a number is a member. */
export function emitGuard(printer: Printer, { name, base, members }: EnumLayout): void {
  const values = members.map(({ value }) => value).sort((a, b) => a - b);
  const [first, last] = [values[0]!, values.at(-1)!];
  const isDense = last - first === values.length - 1;
  const unsignedTest = first === 0 && !base.isSigned ? `raw <= ${last}` : `raw >= ${first} && raw <= ${last}`;
  const test = isDense ? unsignedTest : values.map((value) => `raw === ${value}`).join(" || ");
  const signature = {
    name: naming.guardOf(name),
    parameters: [{ name: "raw", type: "number" }],
    returns: `raw is ${name}`,
  };
  printer.privateFunction(signature, "Whether a whole number from the wire is a member.", () => {
    printer.line(`return ${test};`);
  });
}

function emitIntWrite(printer: Printer, { bits, isSigned }: IntType, value: string, place: Place): void {
  if (bits === 8) printer.line(`bytes[${at(place)}] = ${value};`);
  else
    printer.line(
      `view.set${bits === 64 ? "Big" : ""}${isSigned ? "Int" : "Uint"}${bits}(${at(place)}, ${value}, true);`,
    );
}

/** A whole number, byte by byte: no view is made of bytes that are decoded. */
export function intRead({ bits, isSigned }: IntType, place: Place): string {
  if (bits === 64) return `read${isSigned ? "I" : "U"}64(bytes, ${at(place)})`;
  const loads = Array.from({ length: bits / 8 }, (_, byte) => {
    const load = `bytes[${at(place, byte)}]!`;
    return byte === 0 ? load : `(${load} << ${byte * 8})`;
  });
  const joined = loads.join(" | ");
  if (bits === 32) return isSigned ? joined : `(${joined}) >>> 0`;
  if (!isSigned) return joined;
  return `(${bits === 8 ? joined : `(${joined})`} << ${32 - bits}) >> ${32 - bits}`;
}
