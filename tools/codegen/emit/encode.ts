import type { BitsType, ElementType, FieldLayout, FieldType, Part, RecordLayout, WholePart } from "../layout.ts";
import { isFixed, sizeOfPart, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import type { FieldReader } from "./bit-run.ts";
import { emitRunWrite } from "./bit-run.ts";
import type { EmitContext } from "./context.ts";
import { sizeNameOf } from "./context.ts";
import { elementTypeText, emitElementWrite, isPlain } from "./elements.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Printer } from "./printer.ts";

/** Arrays up to this long are written out in full; longer ones in loops of as many statements. */
const UNROLLED_MAX = 8;
/** Records up to this long reserve their longest size; others work out what they need. */
const RESERVED_PLAINLY_MAX = 1024;

type WholeType = Exclude<FieldType, BitsType>;

const VALUE_READER: FieldReader = {
  read: (field) => `value.${field.name}`,
  readBool: (field) => `value.${field.name} ? 1 : 0`,
};

/** Prints `encodeX`: owned bytes. */
export function emitEncode(printer: Printer, record: RecordLayout, context: EmitContext): void {
  const { name } = record;
  const locals = new Locals(context.taken, ["value"]);
  const offset = locals.take("offset");
  printer.block(`export function ${naming.encodeOf(name)}(value: ${name}): Uint8Array`, () => {
    const terms = bytesNeeded(record, context);
    const needed = terms.length === 1 ? terms[0]! : locals.take("bytesNeeded");
    if (terms.length > 1) printer.joined(`const ${needed}`, terms, "+");
    printer.line(`const ${offset} = slab.reserve(${needed});`);
    printer.line(`return slab.take(${offset}, ${naming.encodeIntoOf(name)}(value, slab.bytes, ${offset}));`);
  });
}

/** Prints `encodeXInto`: the caller's bytes. */
export function emitEncodeInto(printer: Printer, record: RecordLayout, taken: Iterable<string>): void {
  const { name } = record;
  const locals = new Locals(taken, ["value", "bytes", "offset"]);
  const value = record.fields.length === 0 ? "_value" : "value";
  const head = `export function ${naming.encodeIntoOf(name)}(${value}: ${name}, bytes: Uint8Array, offset: number): number`;
  printer.block(head, () => {
    let place: Place = { base: "offset", shift: 0 };
    if (record.kind === "message") {
      printer.line(`bytes[offset] = ${naming.opcodeOf(name)};`);
      place = after(place, 1);
    }
    for (const part of record.parts) place = emitPartWrite(printer, record, part, place, VALUE_READER, locals);
    printer.line(`return ${at(place)};`);
  });
}

/** Prints the stores of one part; the place behind it. */
export function emitPartWrite(
  printer: Printer,
  record: RecordLayout,
  part: Part,
  place: Place,
  reader: FieldReader,
  locals: Locals,
): Place {
  const size = sizeOfPart(part);
  if (part.kind === "run") {
    emitRunWrite(printer, part, place, reader, locals);
    return after(place, size.min);
  }
  const { type } = part.field;
  switch (type.kind) {
    case "array":
      return emitArrayWrite(printer, record, part, place, locals);
    case "string":
      return emitStringWrite(printer, part.field, type, place, locals);
    case "bytes":
    case "list":
      return emitListWrite(printer, record, part.field, type, place, locals);
    case "bool":
      printer.line(`bytes[${at(place)}] = ${reader.readBool(part.field)};`);
      return after(place, size.min);
    case "int":
    case "float":
    case "enum":
    case "struct":
      return emitSingleWrite(printer, part.field, type, place, reader, locals);
  }
}

function emitSingleWrite(
  printer: Printer,
  field: FieldLayout,
  type: ElementType,
  place: Place,
  reader: FieldReader,
  locals: Locals,
): Place {
  const size = sizeOfType(type);
  if (size.min === size.max) {
    emitElementWrite(printer, type, reader.read(field), place);
    return after(place, size.min);
  }
  const end = locals.take(`${field.name}End`);
  printer.line(
    `const ${end} = ${naming.encodeIntoOf(elementTypeText(type))}(${reader.read(field)}, bytes, ${at(place)});`,
  );
  return { base: end, shift: 0 };
}

function emitArrayWrite(printer: Printer, record: RecordLayout, part: WholePart, place: Place, locals: Locals): Place {
  const type = part.field.type as WholeType & { kind: "array" };
  const { element, count } = type;
  const array = locals.take(part.field.name);
  printer.line(`const ${array} = value.${part.field.name};`);
  emitLengthCheck(
    printer,
    `${array}.length !== ${count}`,
    `${record.name}.${part.field.name}`,
    array,
    `elements, and has to have ${count}`,
  );
  const { min: stride, max } = sizeOfType(element);
  if (isPlain(element)) {
    emitUnrolled(printer, count, stride, place, locals, (index, elementPlace) => {
      emitElementWrite(printer, element, `${array}[${index}]!`, elementPlace);
    });
    return after(place, stride * count);
  }
  const end = locals.take(`${part.field.name}End`);
  emitStructLoop(printer, array, elementTypeText(element), end, place, locals);
  return stride === max ? after(place, stride * count) : { base: end, shift: 0 };
}

function emitStringWrite(
  printer: Printer,
  field: FieldLayout,
  { bound, prefixBytes }: WholeType & { kind: "string" },
  place: Place,
  locals: Locals,
): Place {
  const text = after(place, prefixBytes);
  const end = locals.take(`${field.name}End`);
  printer.line(`const ${end} = writeText(value.${field.name}, bytes, ${at(text)}, ${bound});`);
  const length = `${end} - ${text.base}${text.shift === 0 ? "" : ` - ${text.shift}`}`;
  emitPrefixWrite(printer, prefixBytes, length, place);
  return { base: end, shift: 0 };
}

function emitListWrite(
  printer: Printer,
  record: RecordLayout,
  field: FieldLayout,
  type: WholeType & { kind: "bytes" | "list" },
  place: Place,
  locals: Locals,
): Place {
  const list = locals.take(field.name);
  const end = locals.take(`${field.name}End`);
  const first = after(place, type.prefixBytes);
  printer.line(`const ${list} = value.${field.name};`);
  emitLengthCheck(
    printer,
    `${list}.length > ${type.bound}`,
    `${record.name}.${field.name}`,
    list,
    `${type.kind === "bytes" ? "bytes" : "elements"}, and its bound is ${type.bound}`,
  );
  emitPrefixWrite(printer, type.prefixBytes, `${list}.length`, place);
  if (type.kind === "bytes") {
    printer.line(`bytes.set(${list}, ${at(first)});`);
    printer.line(`const ${end} = ${at(first)} + ${list}.length;`);
  } else if (type.element.kind === "struct") {
    emitStructLoop(printer, list, type.element.of.name, end, first, locals);
  } else {
    const { element } = type;
    const index = locals.takeInner("index");
    printer.line(`let ${end} = ${at(first)};`);
    printer.block(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++)`, () => {
      emitElementWrite(printer, element, `${list}[${index}]!`, { base: end, shift: 0 });
      printer.line(`${end} += ${sizeOfType(element).min};`);
    });
  }
  return { base: end, shift: 0 };
}

function emitStructLoop(
  printer: Printer,
  array: string,
  struct: string,
  end: string,
  first: Place,
  locals: Locals,
): void {
  const index = locals.takeInner("index");
  printer.line(`let ${end} = ${at(first)};`);
  printer.block(`for (let ${index} = 0; ${index} < ${array}.length; ${index}++)`, () => {
    printer.line(`${end} = ${naming.encodeIntoOf(struct)}(${array}[${index}]!, bytes, ${end});`);
  });
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

/** Prints the refusal of a length that the schema does not allow: our own mistake, so it throws. */
function emitLengthCheck(printer: Printer, condition: string, field: string, array: string, rule: string): void {
  const message = `\`${field} has \${${array}.length} ${rule}\``;
  printer.guard(condition, `throw new RangeError(${message})`);
}

function emitPrefixWrite(printer: Printer, bytes: number, length: string, place: Place): void {
  const operand = length.includes(" ") && bytes > 1 ? `(${length})` : length;
  for (let byte = 0; byte < bytes; byte++) {
    printer.line(`bytes[${at(place, byte)}] = ${byte === 0 ? length : `${operand} >>> ${byte * 8}`};`);
  }
}

/** At least the bytes that a value takes: terms of a sum. */
function bytesNeeded(record: RecordLayout, context: EmitContext): string[] {
  if (isFixed(record) || record.bytesMax <= RESERVED_PLAINLY_MAX) {
    return [sizeNameOf(record, context) ?? String(record.bytesMax)];
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
    case "array":
      return [];
  }
}
