import type { BoundedType, ElementType, PresentType, RestType } from "../layout.ts";
import { isFixed, isRest, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import { advance, checkedValue, elementTypeText, intRead, isNested, rawRead, refusal } from "./elements.ts";
import { emitUnrolled } from "./encode.ts";
import type { Locals, Place } from "./place.ts";
import { after, at } from "./place.ts";
import type { Printer } from "./printer.ts";

/** As many as the runtime aligns at once. */
const ALIGNED_FLOATS_MAX = 256;

/** Fresh values, or those of `target` filled again; and what a decoder does with bytes that it refuses. */
export interface DecodeMode {
  readonly isInto: boolean;
  readonly fail: string;
}

/** A value that was read: as an expression, unless it was filled where it stands. */
export interface ReadValue {
  readonly value: string | undefined;
  /** Behind it. */
  readonly place: Place;
}

/** What stands behind a value. */
export interface Behind {
  /** Bytes that have to be there, up to the next length prefix: a text's own check asks for them too. */
  readonly bytes: number;
  /** False: nobody asks where the value ended. */
  readonly isEndUsed: boolean;
}

const BEHIND: Behind = { bytes: 0, isEndUsed: true };

/** Prints the reads of values with bytes of their own. Those of fixed size have been found to be there. */
export class ValueReader {
  private readonly printer: Printer;
  private readonly locals: Locals;
  private readonly mode: DecodeMode;

  constructor(printer: Printer, locals: Locals, mode: DecodeMode) {
    this.printer = printer;
    this.locals = locals;
    this.mode = mode;
  }

  read(name: string, type: PresentType | RestType, place: Place, behind = BEHIND): ReadValue {
    if (isRest(type)) return { value: `bytes.subarray(${at(place)})`, place: { base: "bytes.length", shift: 0 } };
    switch (type.kind) {
      case "string":
      case "bytes":
        return this.text(name, type, place, behind);
      case "chars":
        return this.chars(name, type.count, place);
      case "list":
        return this.list(name, type, place, behind);
      case "array":
        return this.array(name, type, place, behind);
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "struct":
      case "union":
        return this.single(name, type, place, behind);
    }
  }

  private single(name: string, type: ElementType, place: Place, behind: Behind): ReadValue {
    if (type.kind === "struct" && this.mode.isInto) return this.structInto(name, type.of.name, place);
    const raw = rawRead(type, place);
    if (type.kind === "int" || type.kind === "float") return { value: raw, place: after(place, sizeOfType(type).min) };
    const variable = this.locals.take(name);
    this.printer.assign(`const ${variable}`, raw);
    this.refuseIf(refusal(type, variable)!);
    const value = checkedValue(type, variable);
    const isCounted = !isNested(type) || isFixed(type.of);
    return { value, place: isCounted ? after(place, sizeOfType(type).min) : this.nestedEnd(name, behind) };
  }

  private structInto(name: string, struct: string, place: Place): ReadValue {
    const end = this.locals.take(`${name}End`);
    this.printer.line(`const ${end} = ${naming.decodeIntoOf(struct)}(bytes, ${at(place)}, target.${name});`);
    this.refuseIf(`${end} === -1`);
    return { value: undefined, place: { base: end, shift: 0 } };
  }

  private chars(name: string, count: number, place: Place): ReadValue {
    const variable = this.locals.take(name);
    this.printer.line(`const ${variable} = readChars(bytes, ${at(place)}, ${count});`);
    this.refuseIf(`${variable} === undefined`);
    return { value: variable, place: after(place, count) };
  }

  private text(
    name: string,
    type: BoundedType & { kind: "string" | "bytes" },
    place: Place,
    { bytes }: Behind,
  ): ReadValue {
    const start = after(place, type.prefixBytes);
    const end = this.locals.take(`${name}End`);
    const length = this.prefix(`${name}Length`, type, place);
    this.printer.line(`const ${end} = ${at(start)} + ${length};`);
    const behind: Place = { base: end, shift: 0 };
    this.refuseIf(`${overBound(length, type)}${at(behind, bytes)} > bytes.length`);
    if (type.kind === "bytes") return { value: `bytes.subarray(${at(start)}, ${end})`, place: behind };
    const variable = this.locals.take(name);
    this.printer.line(`const ${variable} = readText(bytes, ${at(start)}, ${end});`);
    this.refuseIf(`${variable} === undefined`);
    return { value: variable, place: behind };
  }

  private list(name: string, type: BoundedType & { kind: "list" }, place: Place, behind: Behind): ReadValue {
    const first = after(place, type.prefixBytes);
    const { min } = sizeOfType(type.element);
    const count = this.prefix(`${name}Count`, type, place);
    const bytesNeeded = `${at(first)} + ${count}${min === 1 ? "" : ` * ${min}`}`;
    this.refuseIf(`${overBound(count, type)}${bytesNeeded} > bytes.length`);
    return this.elements(name, type.element, count, first, behind);
  }

  private array(name: string, type: PresentType & { kind: "array" }, place: Place, around: Behind): ReadValue {
    const { element, count } = type;
    const { min: stride, max } = sizeOfType(element);
    if (element.kind !== "int" && element.kind !== "float") {
      if (stride !== max) this.refuseIf(`${at(place, stride * count)} > bytes.length`);
      const read = this.elements(name, element, String(count), place, around);
      return stride === max ? { value: read.value, place: after(place, stride * count) } : read;
    }
    const behind = after(place, stride * count);
    const isAligned = element.kind === "float" && element.bits === 32 && count > 4 && count <= ALIGNED_FLOATS_MAX;
    if (isAligned) return this.alignedFloats(name, count, place);
    if (count <= 8 && !this.mode.isInto) {
      const reads = Array.from({ length: count }, (_, index) => rawRead(element, after(place, index * stride)));
      if (stride === 1) return { value: `[${reads.join(", ")}]`, place: behind };
      const variable = this.locals.take(name);
      this.printer.list(`const ${variable} = `, reads, ["[", "]"], ";");
      return { value: variable, place: behind };
    }
    const array = this.arrayOf(name, element, String(count));
    emitUnrolled(this.printer, count, stride, place, this.locals, (index, elementPlace) => {
      this.printer.assign(`${array}[${index}]`, rawRead(element, elementPlace));
    });
    return { value: this.mode.isInto ? undefined : array, place: behind };
  }

  /** Floats that are copied to a whole word first, and then read as floats. */
  private alignedFloats(name: string, count: number, place: Place): ReadValue {
    const aligned = `alignFloats(bytes, ${at(place)}, ${count})`;
    const behind = after(place, 4 * count);
    if (!this.mode.isInto && count <= naming.LITERAL_FLOATS_MAX) {
      return { value: this.kept(name, `${naming.floatsOf(count)}(${aligned})`), place: behind };
    }
    const floats = this.kept(`${name}Floats`, aligned);
    const array = this.arrayOf(name, { kind: "float", bits: 32 }, String(count));
    const index = this.locals.takeInner("index");
    this.printer.block(`for (let ${index} = 0; ${index} < ${count}; ${index}++)`, () => {
      this.printer.line(`${array}[${index}] = ${floats}[${index}]!;`);
    });
    return { value: this.mode.isInto ? undefined : array, place: behind };
  }

  /** A variable of this value. */
  private kept(wish: string, value: string): string {
    const variable = this.locals.take(wish);
    this.printer.assign(`const ${variable}`, value);
    return variable;
  }

  /** Elements one behind the other, in a loop. */
  private elements(name: string, element: ElementType, count: string, first: Place, behind: Behind): ReadValue {
    if (element.kind === "struct" && !isFixed(element.of) && !this.mode.isInto) {
      const list = this.kept(name, `${naming.decodeListOf(element.of.name)}(bytes, ${at(first)}, ${count})`);
      this.refuseIf(`${list} === undefined`);
      return { value: list, place: this.nestedEnd(name, behind) };
    }
    const array = this.arrayOf(name, element, count);
    const end = this.locals.take(`${name}End`);
    const index = this.locals.takeInner("index");
    this.printer.line(`let ${end} = ${at(first)};`);
    this.printer.block(`for (let ${index} = 0; ${index} < ${count}; ${index}++)`, () => {
      if (element.kind === "struct" && this.mode.isInto) this.elementInto(element, array, index, end);
      else this.element(element, array, index, end);
    });
    return { value: this.mode.isInto ? undefined : array, place: { base: end, shift: 0 } };
  }

  private element(element: ElementType, array: string, index: string, end: string): void {
    const raw = rawRead(element, { base: end, shift: 0 });
    const name = this.locals.takeInner("element");
    const refused = refusal(element, name);
    if (refused === undefined) {
      this.printer.assign(`${array}[${index}]`, raw);
    } else {
      this.printer.assign(`const ${name}`, raw);
      this.refuseIf(refused);
      this.printer.line(`${array}[${index}] = ${checkedValue(element, name)};`);
    }
    this.printer.line(advance(element, end));
  }

  /** Fills the object that stands at `index`, or puts a new one there. */
  private elementInto(element: ElementType & { kind: "struct" }, array: string, index: string, end: string): void {
    const name = this.locals.takeInner("element");
    const fresh = this.locals.takeInner("fresh");
    const struct = element.of.name;
    this.printer.line(`const ${name} = ${array}[${index}];`);
    this.printer.line(`if (${name} === undefined) {`);
    this.printer.indented(() => {
      this.printer.line(`const ${fresh} = ${naming.decodeOf(struct)}(bytes, ${end});`);
      this.refuseIf(`${fresh} === undefined`);
      this.printer.line(`${array}[${index}] = ${fresh};`);
      this.printer.line(advance(element, end));
    });
    this.printer.line("} else {");
    this.printer.indented(() => {
      this.printer.line(`${end} = ${naming.decodeIntoOf(struct)}(bytes, ${end}, ${name});`);
      this.refuseIf(`${end} === -1`);
    });
    this.printer.line("}");
  }

  /** Prints the variable that holds the array to fill; its name. */
  private arrayOf(name: string, element: ElementType, count: string): string {
    const array = this.locals.take(name);
    if (!this.mode.isInto) {
      this.printer.line(`const ${array} = new Array<${elementTypeText(element)}>(${count});`);
      return array;
    }
    this.printer.line(`const ${array} = target.${name};`);
    this.printer.line(`if (${array}.length !== ${count}) ${array}.length = ${count};`);
    return array;
  }

  /** Prints the variable that holds a length or count; its name. */
  private prefix(wish: string, { prefixBytes }: { prefixBytes: 1 | 2 | 4 }, place: Place): string {
    const name = this.locals.take(wish);
    const bits = prefixBytes === 1 ? 8 : prefixBytes === 2 ? 16 : 32;
    this.printer.line(`const ${name} = ${intRead({ kind: "int", bits, isSigned: false }, place)};`);
    return name;
  }

  /** Prints the variable that keeps the end of the nested value read last. */
  private nestedEnd(name: string, { isEndUsed }: Behind): Place {
    if (!isEndUsed) return { base: "decodedEnd", shift: 0 };
    const end = this.locals.take(`${name}End`);
    this.printer.line(`const ${end} = decodedEnd;`);
    return { base: end, shift: 0 };
  }

  private refuseIf(condition: string): void {
    this.printer.guard(condition, this.mode.fail.slice(0, -1));
  }
}

/** The condition that a length is over its bound, unless its prefix cannot say so. */
function overBound(length: string, { bound, prefixBytes }: { bound: number; prefixBytes: number }): string {
  return bound === 256 ** prefixBytes - 1 ? "" : `${length} > ${bound} || `;
}
