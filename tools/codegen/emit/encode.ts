import type { BoundedType, ElementType, Part, PresentType, RecordLayout, UnionLayout, WholePart } from "../layout.ts";
import { isFixed, sizeOfPart, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import type { EmitContext } from "./context.ts";
import { sizeNameOf } from "./context.ts";
import { emitElementWrite, isNested } from "./elements.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Printer, Signature } from "./printer.ts";
import type { FieldReader } from "./stores.ts";
import { emitGathered, gatheredCount } from "./stores.ts";

/** Arrays up to this long are written out in full; longer ones in loops of as many statements. */
const UNROLLED_MAX = 8;
/** Records up to this long reserve their longest size; others work out what they need. */
const RESERVED_PLAINLY_MAX = 1024;

export const VALUE_READER: FieldReader = {
  read: (field) => `value.${field.name}`,
  readBool: (field) => `value.${field.name} ? 1 : 0`,
};

/** Prints `encodeX`: owned bytes. */
export function emitEncode(printer: Printer, record: RecordLayout | UnionLayout, { taken }: EmitContext): void {
  const { name } = record;
  const locals = new Locals(taken, ["value"]);
  const offset = locals.take("offset");
  const signature: Signature = {
    name: naming.encodeOf(name),
    parameters: [{ name: "value", type: name }],
    returns: "Uint8Array",
  };
  printer.exportedFunction(signature, "", () => {
    const terms = bytesNeeded(record);
    const needed = terms.length === 1 ? terms[0]! : locals.take("bytesNeeded");
    if (terms.length > 1) printer.joined(`const ${needed}`, terms, "+");
    printer.line(`const ${offset} = slab.reserve(${needed});`);
    printer.line(`return slab.take(${offset}, ${naming.encodeIntoOf(name)}(value, slab.bytes, ${offset}));`);
  });
}

export function encodeIntoSignature(name: string, isUsed = true): Signature {
  return {
    name: naming.encodeIntoOf(name),
    parameters: [
      { name: isUsed ? "value" : "_value", type: name },
      { name: "bytes", type: "Uint8Array" },
      { name: "offset", type: "number" },
    ],
    returns: "number",
  };
}

/** Prints `encodeXInto`: the caller's bytes. */
export function emitEncodeInto(
  printer: Printer,
  record: RecordLayout,
  taken: Iterable<string>,
  isChecked: boolean,
): void {
  const { name } = record;
  const locals = new Locals(taken, ["value", "bytes", "offset", "view"]);
  printer.exportedFunction(encodeIntoSignature(name, record.fields.length > 0), "", () => {
    if (isChecked) printer.line(`if (CHECKS) ${naming.checkOf(name)}(value);`);
    emitWithView(printer, () => {
      let place: Place = { base: "offset", shift: 0 };
      if (record.kind === "message") {
        printer.line(`bytes[offset] = ${naming.opcodeOf(name)};`);
        place = after(place, 1);
      }
      place = new PartWriter(printer, record, VALUE_READER, locals).parts(record.parts, place);
      printer.line(`return ${at(place)};`);
    });
  });
}

/** Prints `body`, and in front of it the view of the bytes when it uses one. */
export function emitWithView(printer: Printer, body: () => void): void {
  printer.withPrelude("const view = viewOf(bytes);", /\bview\./, body);
}

/** Prints the stores of the parts of one record. */
export class PartWriter {
  private readonly printer: Printer;
  private readonly record: RecordLayout;
  private readonly reader: FieldReader;
  private readonly locals: Locals;

  constructor(printer: Printer, record: RecordLayout, reader: FieldReader, locals: Locals) {
    this.printer = printer;
    this.record = record;
    this.reader = reader;
    this.locals = locals;
  }

  /** The place behind the parts. */
  parts(parts: readonly Part[], start: Place): Place {
    let place = start;
    for (let index = 0; index < parts.length;) {
      const count = gatheredCount(parts.slice(index));
      const isAlone = count < 2 && parts[index]!.kind === "whole";
      const gathered = parts.slice(index, index + Math.max(count, 1));
      place = isAlone
        ? this.part(parts[index]!, place)
        : emitGathered(this.printer, gathered, place, this.reader, this.locals);
      index += gathered.length;
    }
    return place;
  }

  /** The place behind the part. */
  private part(part: Part, place: Place): Place {
    if (part.kind === "run") return emitGathered(this.printer, [part], place, this.reader, this.locals);
    const { field } = part;
    if (field.type.kind === "bool") {
      this.printer.line(`bytes[${at(place)}] = ${this.reader.readBool(field)};`);
      return after(place, 1);
    }
    if (field.type.kind === "optional") return this.optional(field.name, field.type.of, place);
    return this.present(field.name, field.type, this.reader.read(field), place);
  }

  /** `source` is an operand. */
  private present(name: string, type: PresentType, source: string, place: Place): Place {
    switch (type.kind) {
      case "array":
        return this.array(name, type, source, place);
      case "chars":
        this.printer.line(`writeChars(${source}, bytes, ${at(place)}, ${type.count});`);
        return after(place, type.count);
      case "string":
        return this.text(name, type, source, place);
      case "bytes":
      case "list":
        return this.list(name, type, source, place);
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "struct":
      case "union":
        return this.single(name, type, source, place);
    }
  }

  private optional(name: string, type: PresentType, place: Place): Place {
    const value = this.locals.take(name);
    const end = this.locals.take(`${name}End`);
    this.printer.line(`const ${value} = value.${name};`);
    this.printer.line(`let ${end} = ${at(place)};`);
    this.printer.block(`if (${value} !== undefined)`, () => {
      const behind = this.present(name, type, value, { base: end, shift: 0 });
      this.printer.line(behind.base === end ? `${end} += ${behind.shift};` : `${end} = ${at(behind)};`);
    });
    return { base: end, shift: 0 };
  }

  private single(name: string, type: ElementType, source: string, place: Place): Place {
    const size = sizeOfType(type);
    if (size.min === size.max || !isNested(type)) {
      emitElementWrite(this.printer, type, source, place);
      return after(place, size.min);
    }
    const end = this.locals.take(`${name}End`);
    this.printer.line(`const ${end} = ${naming.encodeIntoOf(type.of.name)}(${source}, bytes, ${at(place)});`);
    return { base: end, shift: 0 };
  }

  private array(name: string, type: PresentType & { kind: "array" }, source: string, place: Place): Place {
    const { element, count } = type;
    const array = this.named(name, source);
    this.lengthCheck(`${array}.length !== ${count}`, name, array, `elements, and has to have ${count}`);
    const { min: stride, max } = sizeOfType(element);
    if (!isNested(element)) {
      emitUnrolled(this.printer, count, stride, place, this.locals, (index, elementPlace) => {
        emitElementWrite(this.printer, element, `${array}[${index}]!`, elementPlace);
      });
      return after(place, stride * count);
    }
    const end = this.locals.take(`${name}End`);
    this.nestedLoop(array, element.of.name, end, place);
    return stride === max ? after(place, stride * count) : { base: end, shift: 0 };
  }

  private text(name: string, { bound, prefixBytes }: BoundedType, source: string, place: Place): Place {
    const text = after(place, prefixBytes);
    const end = this.locals.take(`${name}End`);
    this.printer.line(`const ${end} = writeText(${source}, bytes, ${at(text)}, ${bound});`);
    const length = `${end} - ${text.base}${text.shift === 0 ? "" : ` - ${text.shift}`}`;
    this.prefix(prefixBytes, length, place);
    return { base: end, shift: 0 };
  }

  private list(name: string, type: BoundedType & { kind: "bytes" | "list" }, source: string, place: Place): Place {
    const list = this.named(name, source);
    const end = this.locals.take(`${name}End`);
    const first = after(place, type.prefixBytes);
    const what = type.kind === "bytes" ? "bytes" : "elements";
    this.lengthCheck(`${list}.length > ${type.bound}`, name, list, `${what}, and its bound is ${type.bound}`);
    this.prefix(type.prefixBytes, `${list}.length`, place);
    if (type.kind === "bytes") {
      this.printer.line(`bytes.set(${list}, ${at(first)});`);
      this.printer.line(`const ${end} = ${at(first)} + ${list}.length;`);
    } else if (isNested(type.element)) {
      this.nestedLoop(list, type.element.of.name, end, first);
    } else {
      const { element } = type;
      const index = this.locals.takeInner("index");
      this.printer.line(`let ${end} = ${at(first)};`);
      this.printer.block(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++)`, () => {
        emitElementWrite(this.printer, element, `${list}[${index}]!`, { base: end, shift: 0 });
        this.printer.line(`${end} += ${sizeOfType(element).min};`);
      });
    }
    return { base: end, shift: 0 };
  }

  private nestedLoop(array: string, nested: string, end: string, first: Place): void {
    const index = this.locals.takeInner("index");
    this.printer.line(`let ${end} = ${at(first)};`);
    this.printer.block(`for (let ${index} = 0; ${index} < ${array}.length; ${index}++)`, () => {
      this.printer.line(`${end} = ${naming.encodeIntoOf(nested)}(${array}[${index}]!, bytes, ${end});`);
    });
  }

  /** A variable that holds `source`, unless it is one. */
  private named(wish: string, source: string): string {
    if (!source.includes(".")) return source;
    const name = this.locals.take(wish);
    this.printer.line(`const ${name} = ${source};`);
    return name;
  }

  /** Prints the refusal of a length that the schema does not allow: our own mistake, so it throws. */
  private lengthCheck(condition: string, field: string, array: string, rule: string): void {
    const message = `\`${this.record.name}.${field} has \${${array}.length} ${rule}\``;
    this.printer.guard(condition, `throw new RangeError(${message})`);
  }

  private prefix(bytes: 1 | 2 | 4, length: string, place: Place): void {
    if (bytes === 1) this.printer.line(`bytes[${at(place)}] = ${length};`);
    else this.printer.line(`view.setUint${bytes * 8}(${at(place)}, ${length}, true);`);
  }
}

/** Prints `each` for every element: whole blocks of eight in a loop, the others one by one. */
export function emitUnrolled(
  printer: Printer,
  count: number,
  stride: number,
  place: Place,
  locals: Locals,
  each: (index: string, place: Place) => void,
): void {
  const looped = count <= UNROLLED_MAX ? 0 : count - (count % UNROLLED_MAX);
  if (looped > 0) {
    const index = locals.takeInner("index");
    const start = locals.takeInner("at");
    printer.block(`for (let ${index} = 0; ${index} < ${looped}; ${index} += ${UNROLLED_MAX})`, () => {
      printer.line(`const ${start} = ${at(place)} + ${index}${stride === 1 ? "" : ` * ${stride}`};`);
      for (let step = 0; step < UNROLLED_MAX; step++) {
        each(step === 0 ? index : `${index} + ${step}`, { base: start, shift: step * stride });
      }
    });
  }
  for (let index = looped; index < count; index++) each(String(index), after(place, index * stride));
}

/** At least the bytes that a value takes: terms of a sum. */
function bytesNeeded(record: RecordLayout | UnionLayout): string[] {
  if (record.kind === "union" || isFixed(record) || record.bytesMax <= RESERVED_PLAINLY_MAX) {
    return [sizeNameOf(record)];
  }
  const terms = record.parts.flatMap((part) => (part.kind === "whole" ? variableNeed(part) : []));
  const fixed = record.parts.reduce((sum, part) => sum + fixedNeed(part), record.kind === "message" ? 1 : 0);
  return [String(fixed), ...terms];
}

function fixedNeed(part: Part): number {
  const { min, max } = sizeOfPart(part);
  if (min === max || part.kind === "run") return max;
  const { type } = part.field;
  return type.kind === "string" || type.kind === "bytes" || type.kind === "list" ? type.prefixBytes : max;
}

function variableNeed({ field }: WholePart): string[] {
  const { type } = field;
  switch (type.kind) {
    case "string":
      return [`Math.min(value.${field.name}.length * 3, ${type.bound})`];
    case "bytes":
      return [`value.${field.name}.length`];
    case "list": {
      const { max } = sizeOfType(type.element);
      return [`value.${field.name}.length${max === 1 ? "" : ` * ${max}`}`];
    }
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
    case "chars":
    case "array":
    case "optional":
      return [];
  }
}
