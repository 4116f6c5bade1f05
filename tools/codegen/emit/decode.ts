import type { BoundedType, ElementType, FieldLayout, FieldType, Part, RecordLayout } from "../layout.ts";
import { sizeOfPart, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import { emitRunWords, emitSliceRead } from "./bit-run.ts";
import { advance, checkedValue, elementTypeText, rawRead, refusal } from "./elements.ts";
import { emitUnrolled } from "./encode.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Printer } from "./printer.ts";

const UNDEFINED = "return undefined;";

/**
 * Prints `decodeX`. Each stretch of fixed size is checked against the length once, at its start.
 * With `leavesItsEnd` a record of variable size tells its caller in `decodedEnd` where it ended.
 */
export function emitDecode(
  printer: Printer,
  record: RecordLayout,
  taken: Iterable<string>,
  leavesItsEnd: boolean,
): void {
  const { name } = record;
  printer.block(`export function ${naming.decodeOf(name)}(bytes: Uint8Array, offset = 0): ${name} | undefined`, () => {
    new DecodePrinter(printer, record, new Locals(taken, ["bytes", "offset"]), leavesItsEnd).print();
  });
}

/** Prints the body of one `decodeX`. */
class DecodePrinter {
  private readonly printer: Printer;
  private readonly record: RecordLayout;
  private readonly locals: Locals;
  private readonly leavesItsEnd: boolean;
  /** What each field is in the object literal at the end. */
  private readonly values = new Map<string, string>();

  constructor(printer: Printer, record: RecordLayout, locals: Locals, leavesItsEnd: boolean) {
    this.printer = printer;
    this.record = record;
    this.locals = locals;
    this.leavesItsEnd = leavesItsEnd;
  }

  print(): void {
    const { record } = this;
    let place: Place = { base: "offset", shift: 0 };
    let rest = record.parts;
    this.printStretchCheck(rest, place, record.kind === "message" ? 1 : 0);
    if (record.kind === "message") place = after(place, 1);
    while (rest.length > 0) {
      const [part, ...others] = rest;
      rest = others;
      const isLast = rest.length === 0 && record.kind === "message";
      place = this.printPart(part!, place, isLast);
      if (!hasFixedSize(part!) && !(isLast && hasKnownEnd(part!))) this.printStretchCheck(rest, place, 0);
    }
    if (this.leavesItsEnd) this.printer.line(`decodedEnd = ${at(place)};`);
    const properties = record.fields.map(({ name }) => {
      const value = this.values.get(name)!;
      return value === name ? name : `${name}: ${value}`;
    });
    this.printer.list("return ", properties, ["{", "}"], ";");
  }

  /** Checks the bytes up to the next length prefix, or to the end. */
  private printStretchCheck(parts: readonly Part[], place: Place, headBytes: number): void {
    const variable = parts.findIndex((part) => !hasFixedSize(part));
    const fixed = variable === -1 ? parts : parts.slice(0, variable);
    const next = variable === -1 ? 0 : prefixOf(parts[variable]!);
    const bytes = headBytes + fixed.reduce((sum, part) => sum + sizeOfPart(part).min, 0) + next;
    const isMessage = this.record.kind === "message";
    const endsHere = variable === -1 && isMessage;
    if (bytes === 0 && !endsHere) return;
    const length = `${at(place, bytes)} ${endsHere ? "!==" : ">"} bytes.length`;
    const opcode = headBytes > 0 ? ` || bytes[offset] !== ${naming.opcodeOf(this.record.name)}` : "";
    this.printer.line(`if (${length}${opcode}) ${UNDEFINED}`);
  }

  /** `isLast`: nothing may stand behind the part. */
  private printPart(part: Part, place: Place, isLast: boolean): Place {
    if (part.kind === "run") {
      const words = emitRunWords(this.printer, part, place, this.locals);
      for (const slice of part.slices) {
        const value = emitSliceRead(this.printer, slice, words, "boolean", UNDEFINED, this.locals);
        this.values.set(slice.field.name, value);
      }
      return after(place, part.bytes);
    }
    const { type } = part.field;
    switch (type.kind) {
      case "string":
      case "bytes":
        return this.printText(part.field, type, place, isLast);
      case "list":
        return this.printList(part.field, type, place, isLast);
      case "array":
        return this.printArray(part.field, type, place);
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "struct":
        return this.printSingle(part.field, type, place);
    }
  }

  private printSingle(field: FieldLayout, type: ElementType, place: Place): Place {
    const raw = rawRead(type, place);
    if (type.kind === "int" || type.kind === "float") {
      this.values.set(field.name, raw);
      return after(place, sizeOfType(type).min);
    }
    const name = this.locals.take(field.name);
    this.printer.assign(`const ${name}`, raw);
    this.printer.line(`if (${refusal(type, name)!}) ${UNDEFINED}`);
    this.values.set(field.name, checkedValue(type, name));
    const { min, max } = sizeOfType(type);
    return min === max ? after(place, min) : this.printEnd(field);
  }

  private printText(
    field: FieldLayout,
    type: BoundedType & { kind: "string" | "bytes" },
    place: Place,
    isLast: boolean,
  ): Place {
    const start = after(place, type.prefixBytes);
    const end = this.locals.take(`${field.name}End`);
    const length = this.printPrefix(`${field.name}Length`, type, place);
    this.printer.line(`const ${end} = ${at(start)} + ${length};`);
    this.printer.line(`if (${this.overBound(length, type)}${end} ${isLast ? "!==" : ">"} bytes.length) ${UNDEFINED}`);
    if (type.kind === "bytes") {
      this.values.set(field.name, `bytes.subarray(${at(start)}, ${end})`);
    } else {
      const name = this.locals.take(field.name);
      this.printer.line(`const ${name} = readText(bytes, ${at(start)}, ${end});`);
      this.printer.line(`if (${name} === undefined) ${UNDEFINED}`);
      this.values.set(field.name, name);
    }
    return { base: end, shift: 0 };
  }

  private printList(field: FieldLayout, type: BoundedType & { kind: "list" }, place: Place, isLast: boolean): Place {
    const first = after(place, type.prefixBytes);
    const count = this.printPrefix(`${field.name}Count`, type, place);
    const { min, max } = sizeOfType(type.element);
    const isExact = isLast && min === max;
    const least = `${at(first)} + ${count}${min === 1 ? "" : ` * ${min}`}`;
    this.printer.line(`if (${this.overBound(count, type)}${least} ${isExact ? "!==" : ">"} bytes.length) ${UNDEFINED}`);
    return this.printElements(field, type.element, count, first);
  }

  private printArray(field: FieldLayout, type: FieldType & { kind: "array" }, place: Place): Place {
    const { element, count } = type;
    if (element.kind !== "int" && element.kind !== "float") {
      const { min, max } = sizeOfType(element);
      if (min !== max) this.printer.line(`if (${at(place, min * count)} > bytes.length) ${UNDEFINED}`);
      const end = this.printElements(field, element, String(count), place);
      return min === max ? after(place, min * count) : end;
    }
    const { min: stride } = sizeOfType(element);
    const places = Array.from({ length: count }, (_, index) => after(place, index * stride));
    if (count <= 8) {
      const reads = places.map((each) => rawRead(element, each));
      if (stride === 1) {
        this.values.set(field.name, `[${reads.join(", ")}]`);
      } else {
        const name = this.locals.take(field.name);
        this.printer.list(`const ${name} = `, reads, ["[", "]"], ";");
        this.values.set(field.name, name);
      }
      return after(place, stride * count);
    }
    const array = this.locals.take(field.name);
    this.printer.line(`const ${array} = new Array<number>(${count});`);
    emitUnrolled(this.printer, count, stride, place, this.locals, (index, elementPlace) => {
      this.printer.assign(`${array}[${index}]`, rawRead(element, elementPlace));
    });
    this.values.set(field.name, array);
    return after(place, stride * count);
  }

  /** Elements one behind the other, in a loop. */
  private printElements(field: FieldLayout, element: ElementType, count: string, first: Place): Place {
    const array = this.locals.take(field.name);
    const end = this.locals.take(`${field.name}End`);
    const index = this.locals.takeInner("index");
    this.printer.line(`const ${array} = new Array<${elementTypeText(element)}>(${count});`);
    this.printer.line(`let ${end} = ${at(first)};`);
    this.printer.block(`for (let ${index} = 0; ${index} < ${count}; ${index}++)`, () => {
      const raw = rawRead(element, { base: end, shift: 0 });
      const name = this.locals.takeInner("element");
      const refused = refusal(element, name);
      if (refused === undefined) {
        this.printer.assign(`${array}[${index}]`, raw);
      } else {
        this.printer.assign(`const ${name}`, raw);
        this.printer.line(`if (${refused}) ${UNDEFINED}`);
        this.printer.line(`${array}[${index}] = ${checkedValue(element, name)};`);
      }
      this.printer.line(advance(element, end));
    });
    this.values.set(field.name, array);
    return { base: end, shift: 0 };
  }

  /** Prints the variable that holds a length or count; its name. */
  private printPrefix(wish: string, { prefixBytes }: { prefixBytes: 1 | 2 | 4 }, place: Place): string {
    const name = this.locals.take(wish);
    const bits = prefixBytes === 1 ? 8 : prefixBytes === 2 ? 16 : 32;
    this.printer.line(`const ${name} = ${rawRead({ kind: "int", bits, isSigned: false }, place)};`);
    return name;
  }

  /** The condition that a length is over its bound, unless its prefix cannot say so. */
  private overBound(length: string, { bound, prefixBytes }: { bound: number; prefixBytes: number }): string {
    return bound === 256 ** prefixBytes - 1 ? "" : `${length} > ${bound} || `;
  }

  /** Prints the variable that keeps the end of the variable-size struct read last. */
  private printEnd(field: FieldLayout): Place {
    const end = this.locals.take(`${field.name}End`);
    this.printer.line(`const ${end} = decodedEnd;`);
    return { base: end, shift: 0 };
  }
}

function hasFixedSize(part: Part): boolean {
  const { min, max } = sizeOfPart(part);
  return min === max;
}

/** Whether a length or count in front says where the part ends. */
function hasKnownEnd(part: Part): boolean {
  if (part.kind === "run") return false;
  const { type } = part.field;
  if (type.kind === "list") return sizeOfType(type.element).min === sizeOfType(type.element).max;
  return type.kind === "string" || type.kind === "bytes";
}

/** Bytes of the length or count in front of a variable part; 0 for structs, which check themselves. */
function prefixOf(part: Part): number {
  if (part.kind === "run") return 0;
  const { type } = part.field;
  return type.kind === "string" || type.kind === "bytes" || type.kind === "list" ? type.prefixBytes : 0;
}
