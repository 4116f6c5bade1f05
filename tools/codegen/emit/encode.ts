import type {
  BoundedType,
  ElementType,
  Part,
  PrefixBytes,
  PresentType,
  RecordLayout,
  RestType,
  UnionLayout,
  WholePart,
} from "../layout.ts";
import { isFixed, sizeOfPart, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import type { EmitContext } from "./context.ts";
import { sizeNameOf } from "./context.ts";
import { emitElementWrite, isNested } from "./elements.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Parameter, Signature } from "./printer.ts";
import { Printer } from "./printer.ts";
import { emitGathered, flagOf, gatheredCount, valueOf } from "./stores.ts";

/** Arrays up to this long are written out in full; longer ones in loops of as many statements. */
const UNROLLED_MAX = 8;
/** Records up to this long reserve their longest size; others work out what they need. */
const RESERVED_PLAINLY_MAX = 1024;

const BYTES: Parameter = { name: "bytes", type: "Uint8Array" };
const VIEW: Parameter = { name: "view", type: "DataView" };
const OFFSET: Parameter = { name: "offset", type: "number" };

type Encoded = RecordLayout | UnionLayout;

/** Prints the body of what stores a value. */
export type StoreBody = (printer: Printer) => void;

/** Prints `encodeX`, owned bytes, and `encodeXInto`, the caller's; `body` is what both of them do. */
export function emitEncoders(printer: Printer, encoded: Encoded, context: EmitContext, body: StoreBody): void {
  const { name } = encoded;
  const isUsed = encoded.kind === "union" || encoded.fields.length > 0;
  const value: Parameter = { name: isUsed ? "value" : "_value", type: name };
  const into = { name: naming.encodeIntoOf(name), parameters: [value, BYTES, OFFSET], returns: "number" };
  emitOwned(printer, encoded, context);
  const needs = context.stores.get(name)!;
  printer.exportedFunction(into, "", () => {
    if (needs.view) printer.line(`return ${storeCall(encoded, "value", "offset", context, "viewOf(bytes)")};`);
    else body(printer);
  });
  if (!needs.view) return;
  const parameters = [value, ...(needs.bytes ? [BYTES] : []), VIEW, OFFSET];
  printer.privateFunction({ name: naming.storeOf(name), parameters, returns: "number" }, "", () => {
    body(printer);
  });
}

function emitOwned(printer: Printer, encoded: Encoded, context: EmitContext): void {
  const { name } = encoded;
  const locals = new Locals(context.taken, ["value"]);
  const offset = locals.take("offset");
  const signature: Signature = {
    name: naming.encodeOf(name),
    parameters: [{ name: "value", type: name }],
    returns: "Uint8Array",
  };
  printer.exportedFunction(signature, "", () => {
    const terms = bytesNeeded(encoded);
    const needed = terms.length === 1 ? terms[0]! : locals.take("bytesNeeded");
    if (terms.length > 1) printer.joined(`const ${needed}`, terms, "+");
    printer.line(`const ${offset} = slab.reserve(${needed});`);
    const end = storeCall(encoded, "value", offset, context, "slab.view", "slab.bytes");
    printer.line(`return slab.take(${offset}, ${end});`);
  });
}

/** Finds out what the stores of a value need: its body is printed on trial. Whether that is news. */
export function planStores(name: string, { stores }: EmitContext, body: StoreBody): boolean {
  const trial = new Printer("ts");
  body(trial);
  const text = trial.text();
  const needs = { bytes: /\bbytes\b/.test(text), view: /\bview\b/.test(text) };
  const known = stores.get(name);
  stores.set(name, needs);
  return known?.bytes !== needs.bytes || known.view !== needs.view;
}

/** Prints what stores a record. */
export function storeBodyOf(record: RecordLayout, context: EmitContext, isChecked: boolean): StoreBody {
  return (printer) => {
    const locals = new Locals(context.taken, ["value", "bytes", "offset", "view"]);
    if (isChecked) {
      printer.line(`if (CHECKS && process.env.NODE_ENV !== "production") ${naming.checkOf(record.name)}(value);`);
    }
    let place: Place = { base: "offset", shift: 0 };
    if (record.kind === "message") {
      printer.line(`bytes[offset] = ${naming.opcodeOf(record.name)};`);
      place = after(place, 1);
    }
    place = new PartWriter(printer, record, locals, context).parts(record.parts, place);
    printer.line(`return ${at(place)};`);
  };
}

/** What stores a value at `offset`, an expression; it returns the offset behind it. */
export function storeCall(
  of: Encoded,
  value: string,
  offset: string,
  { stores }: EmitContext,
  view = "view",
  bytes = "bytes",
): string {
  const needs = stores.get(of.name);
  if (needs?.view !== true) return `${naming.encodeIntoOf(of.name)}(${value}, ${bytes}, ${offset})`;
  return `${naming.storeOf(of.name)}(${[value, ...(needs.bytes ? [bytes] : []), view, offset].join(", ")})`;
}

/** Prints the stores of the parts of one record. */
class PartWriter {
  private readonly printer: Printer;
  private readonly record: RecordLayout;
  private readonly locals: Locals;
  private readonly context: EmitContext;

  constructor(printer: Printer, record: RecordLayout, locals: Locals, context: EmitContext) {
    this.printer = printer;
    this.record = record;
    this.locals = locals;
    this.context = context;
  }

  /** The place behind the parts. */
  parts(parts: readonly Part[], start: Place): Place {
    let place = start;
    for (let index = 0; index < parts.length;) {
      const count = gatheredCount(parts.slice(index));
      const isAlone = count < 2 && parts[index]!.kind === "whole";
      const gathered = parts.slice(index, index + Math.max(count, 1));
      place = isAlone ? this.part(parts[index]!, place) : emitGathered(this.printer, gathered, place, this.locals);
      index += gathered.length;
    }
    return place;
  }

  /** The place behind the part. */
  private part(part: Part, place: Place): Place {
    if (part.kind === "run") return emitGathered(this.printer, [part], place, this.locals);
    const { field } = part;
    if (field.type.kind === "bool") {
      this.printer.line(`bytes[${at(place)}] = ${flagOf(field)};`);
      return after(place, 1);
    }
    if (field.type.kind === "optional") return this.optional(field.name, field.type.of, place);
    return this.present(field.name, field.type, valueOf(field), place);
  }

  /** `source` is an operand. */
  private present(name: string, type: PresentType | RestType, source: string, place: Place): Place {
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
    if (!isNested(type)) {
      emitElementWrite(this.printer, type, source, place);
      return after(place, size.min);
    }
    const call = storeCall(type.of, source, at(place), this.context);
    if (size.min === size.max) {
      this.printer.line(`${call};`);
      return after(place, size.min);
    }
    const end = this.locals.take(`${name}End`);
    this.printer.line(`const ${end} = ${call};`);
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
    this.nestedLoop(array, element.of, end, place);
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

  private list(
    name: string,
    type: (BoundedType & { kind: "bytes" | "list" }) | RestType,
    source: string,
    place: Place,
  ): Place {
    const list = this.named(name, source);
    const end = this.locals.take(`${name}End`);
    const first = after(place, type.prefixBytes);
    const what = type.kind === "bytes" ? "bytes" : "elements";
    this.lengthCheck(`${list}.length > ${type.bound}`, name, list, `${what}, and its bound is ${type.bound}`);
    if (type.prefixBytes !== 0) this.prefix(type.prefixBytes, `${list}.length`, place);
    if (type.kind === "bytes") {
      this.printer.line(`bytes.set(${list}, ${at(first)});`);
      this.printer.line(`const ${end} = ${at(first)} + ${list}.length;`);
    } else if (isNested(type.element)) {
      this.nestedLoop(list, type.element.of, end, first);
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

  private nestedLoop(array: string, nested: Encoded, end: string, first: Place): void {
    const index = this.locals.takeInner("index");
    this.printer.line(`let ${end} = ${at(first)};`);
    this.printer.block(`for (let ${index} = 0; ${index} < ${array}.length; ${index}++)`, () => {
      this.printer.line(`${end} = ${storeCall(nested, `${array}[${index}]!`, end, this.context)};`);
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

  private prefix(bytes: PrefixBytes, length: string, place: Place): void {
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
function bytesNeeded(record: Encoded): string[] {
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
