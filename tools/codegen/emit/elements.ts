import type { ElementType, EnumLayout } from "../layout.ts";
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
    case "float":
      return "number";
    case "enum":
    case "struct":
      return type.of.name;
  }
}

/** Whether an element is a number or bool of known bytes; structs are not. */
export function isPlain(type: ElementType): boolean {
  return type.kind !== "struct";
}

/** Prints the stores of one value of fixed size; `value` is an operand. */
export function emitElementWrite(printer: Printer, type: ElementType, value: string, place: Place): void {
  switch (type.kind) {
    case "bool":
      printer.line(`bytes[${at(place)}] = ${value} ? 1 : 0;`);
      return;
    case "int":
      emitIntWrite(printer, type.bits / 8, value, place);
      return;
    case "enum":
      emitIntWrite(printer, type.of.base.bits / 8, value, place);
      return;
    case "float":
      printer.line(`writeF${type.bits}(bytes, ${at(place)}, ${value});`);
      return;
    case "struct":
      printer.line(`${naming.encodeIntoOf(type.of.name)}(${value}, bytes, ${at(place)});`);
  }
}

/** The value at `place` before any check: a number for bools and enums; a struct or undefined for structs. */
export function rawRead(type: ElementType, place: Place): string {
  switch (type.kind) {
    case "bool":
      return `bytes[${at(place)}]!`;
    case "int":
      return intRead(type.bits, type.isSigned, place);
    case "enum":
      return intRead(type.of.base.bits, type.of.base.isSigned, place);
    case "float":
      return `readF${type.bits}(bytes, ${at(place)})`;
    case "struct":
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

/** How the offset moves on behind an element: a number, or the variable-size struct's own end. */
export function advance(type: ElementType, offset: string): string {
  if (type.kind === "struct" && !isFixed(type.of)) return `${offset} = decodedEnd;`;
  return `${offset} += ${sizeOfType(type).min};`;
}

/** Prints the private check that a number is a member. */
export function emitGuard(printer: Printer, { name, base, members }: EnumLayout): void {
  const values = members.map(({ value }) => value).sort((a, b) => a - b);
  const [first, last] = [values[0]!, values.at(-1)!];
  const isDense = last - first === values.length - 1;
  const unsignedTest = first === 0 && !base.isSigned ? `raw <= ${last}` : `raw >= ${first} && raw <= ${last}`;
  const test = isDense ? unsignedTest : values.map((value) => `raw === ${value}`).join(" || ");
  printer.line(`/** Whether a whole number from the wire is a member. */`);
  printer.block(`function ${naming.guardOf(name)}(raw: number): raw is ${name}`, () => {
    printer.line(`return ${test};`);
  });
}

function emitIntWrite(printer: Printer, bytes: number, value: string, place: Place): void {
  for (let byte = 0; byte < bytes; byte++) {
    printer.line(`bytes[${at(place, byte)}] = ${value}${byte === 0 ? "" : ` >>> ${byte * 8}`};`);
  }
}

function intRead(bits: 8 | 16 | 32, isSigned: boolean, place: Place): string {
  const loads = Array.from({ length: bits / 8 }, (_, byte) => {
    const load = `bytes[${at(place, byte)}]!`;
    return byte === 0 ? load : `(${load} << ${byte * 8})`;
  });
  const joined = loads.join(" | ");
  if (bits === 32) return isSigned ? joined : `(${joined}) >>> 0`;
  if (!isSigned) return joined;
  return `(${bits === 8 ? joined : `(${joined})`} << ${32 - bits}) >> ${32 - bits}`;
}
