import type { FieldLayout, Part, PresentType, RecordLayout, RestType } from "../layout.ts";
import { isFixed, isRest, sinceOf, sizeOfPart, sizeOfType, takesRest } from "../layout.ts";
import * as naming from "../naming.ts";
import { boolOf, emitRunWords, emitSliceRead } from "./bit-run.ts";
import type { EmitContext } from "./context.ts";
import { leavesItsEnd } from "./context.ts";
import { defaultOf } from "./defaults.ts";
import { typeText } from "./elements.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Parameter, Printer } from "./printer.ts";
import type { Behind, DecodeMode } from "./read-values.ts";
import { ValueReader } from "./read-values.ts";

const FRESH: DecodeMode = { isInto: false, fail: "return undefined;" };
const INTO: DecodeMode = { isInto: true, fail: "return -1;" };

const BYTES: Parameter = { name: "bytes", type: "Uint8Array" };
const START: Place = { base: "offset", shift: 0 };

/** What a message's decoder asks about its peer. */
export const PEER_VERSION: Parameter = { name: "peerVersion", type: "number", byDefault: "PROTOCOL_VERSION" };

/** Whoever takes the rest of a message takes the same of every peer. */
const UNUSED_PEER_VERSION: Parameter = { ...PEER_VERSION, name: "_peerVersion" };

function peerParameters(record: RecordLayout): Parameter[] {
  if (record.kind !== "message") return [];
  return [takesRest(record) ? UNUSED_PEER_VERSION : PEER_VERSION];
}

/**
 * Prints `decodeX`: a fresh value. Each stretch of fixed size is checked against the length once, at its start.
 * A struct of variable size that others are made of tells its caller in `decodedEnd` where it ended.
 */
export function emitDecode(printer: Printer, record: RecordLayout, context: EmitContext): void {
  const { name } = record;
  const offset: Parameter = { name: "offset", type: "number", byDefault: "0" };
  const signature = {
    name: naming.decodeOf(name),
    parameters: [BYTES, offset, ...peerParameters(record)],
    returns: `${name} | undefined`,
  };
  printer.exportedFunction(signature, "", () => {
    const locals = new Locals(context.taken, ["bytes", "offset", "peerVersion"]);
    const body = new DecodePrinter(printer, record, context, locals, FRESH);
    const place = body.printParts(START, record.kind === "message" || leavesItsEnd(record, context));
    if (leavesItsEnd(record, context)) printer.line(`decodedEnd = ${at(place)};`);
    printer.list("return ", propertiesOf(record, body), ["{", "}"], ";");
  });
}

/** Whether arrays or lists hold the struct, and its size varies. */
export function isListed(record: RecordLayout, { rows }: EmitContext): boolean {
  return record.kind === "struct" && rows.has(record.name) && !isFixed(record);
}

/**
 * Prints the private `decodeXList`: `count` structs of variable size, one behind the other; it leaves their end in
 * `decodedEnd`. To read them in a loop of their own is some percent faster than to call `decodeX` for each.
 */
export function emitDecodeList(printer: Printer, record: RecordLayout, context: EmitContext): void {
  const { name } = record;
  const signature = {
    name: naming.decodeListOf(name),
    parameters: [BYTES, { name: "offset", type: "number" }, { name: "count", type: "number" }],
    returns: `${name}[] | undefined`,
  };
  printer.privateFunction(signature, "", () => {
    const locals = new Locals(context.taken, ["bytes", "offset", "count", "peerVersion"]);
    const [list, start, index] = [locals.take("list"), locals.take("at"), locals.takeInner("index")];
    printer.line(`const ${list} = new Array<${name}>(count);`);
    printer.line(`let ${start} = offset;`);
    printer.block(`for (let ${index} = 0; ${index} < count; ${index}++)`, () => {
      const body = new DecodePrinter(printer, record, context, locals, FRESH);
      const place = body.printParts({ base: start, shift: 0 });
      printer.list(`${list}[${index}] = `, propertiesOf(record, body), ["{", "}"], ";");
      printer.line(`${start} = ${at(place)};`);
    });
    printer.line(`decodedEnd = ${start};`);
    printer.line(`return ${list};`);
  });
}

function propertiesOf(record: RecordLayout, { values }: DecodePrinter): string[] {
  return record.fields.map(({ name }) => {
    const value = values.get(name)!;
    return value === name ? name : `${name}: ${value}`;
  });
}

/** Prints `decodeXInto`: fills a value that the caller owns, arrays and nested structs included. */
export function emitDecodeInto(printer: Printer, record: RecordLayout, context: EmitContext): void {
  const { name } = record;
  const parameters: Parameter[] = [
    BYTES,
    { name: "offset", type: "number" },
    { name: record.fields.length === 0 ? "_target" : "target", type: name },
  ];
  const signature = {
    name: naming.decodeIntoOf(name),
    parameters: [...parameters, ...peerParameters(record)],
    returns: "number",
  };
  printer.exportedFunction(signature, "", () => {
    const locals = new Locals(context.taken, ["bytes", "offset", "target", "peerVersion"]);
    const body = new DecodePrinter(printer, record, context, locals, INTO);
    const place = body.printParts(START);
    for (const field of record.fields) {
      const value = body.values.get(field.name);
      if (value !== undefined) printer.assign(`target.${field.name}`, value);
    }
    printer.line(`return ${at(place)};`);
  });
}

/** Prints the checks and reads of one decoder, part by part. */
class DecodePrinter {
  /** What each field is worth at the end; those that are filled where they stand are not in it. */
  readonly values = new Map<string, string>();
  private readonly printer: Printer;
  private readonly record: RecordLayout;
  private readonly context: EmitContext;
  private readonly locals: Locals;
  private readonly mode: DecodeMode;
  private readonly reader: ValueReader;
  /** The variables that say whether an optional field is there. */
  private readonly presences = new Map<string, string>();

  constructor(printer: Printer, record: RecordLayout, context: EmitContext, locals: Locals, mode: DecodeMode) {
    this.printer = printer;
    this.record = record;
    this.context = context;
    this.locals = locals;
    this.mode = mode;
    this.reader = new ValueReader(printer, locals, mode);
  }

  /** The place behind the record that begins at `start`; `isEndUsed`: somebody asks for it. */
  printParts(start: Place, isEndUsed = true): Place {
    const { record } = this;
    const { versionMin } = this.context.layout;
    const isGated = (part: Part): boolean => record.kind === "message" && sinceOf(part) > versionMin;
    const old = record.parts.filter((part) => !isGated(part));
    const gated = record.parts.filter(isGated);
    const isOpen = record.kind === "message" && gated.length === 0 && !takesRest(record);
    let place = this.printStretches(old, start, { isOpen, isEndUsed });
    for (const since of new Set(gated.map(sinceOf))) {
      place = this.printNewer(
        gated.filter((part) => sinceOf(part) === since),
        since,
        place,
      );
    }
    if (gated.length > 0) this.refuseIf(tailBehind(at(place)));
    return place;
  }

  /** Parts that peers of older versions do not send. */
  private printNewer(parts: readonly Part[], since: number, start: Place): Place {
    const fields = parts.flatMap(fieldsOf);
    const variables = fields.map((field) => ({ field, variable: this.locals.take(field.name) }));
    for (const { field, variable } of variables) {
      const isOptional = field.type.kind === "optional";
      this.printer.variable(
        variable,
        isOptional ? `${typeText(field.type)} | undefined` : typeText(field.type),
        isOptional ? "" : defaultOf(field.type),
      );
    }
    const end = this.locals.take("end");
    this.printer.line(`let ${end} = ${at(start)};`);
    this.printer.block(`if (peerVersion >= ${since})`, () => {
      const fresh = new DecodePrinter(this.printer, this.record, this.context, this.locals, {
        isInto: false,
        fail: this.mode.fail,
      });
      const place = fresh.printStretches(parts, { base: end, shift: 0 }, { isOpen: false, isEndUsed: true }, 0);
      for (const { field, variable } of variables) {
        this.printer.assign(variable, fresh.values.get(field.name)!);
        this.values.set(field.name, variable);
      }
      this.printer.line(place.base === end ? `${end} += ${place.shift};` : `${end} = ${at(place)};`);
    });
    return { base: end, shift: 0 };
  }

  /** `isOpen`: the message ends behind these parts, and its end is checked here. */
  private printStretches(
    parts: readonly Part[],
    start: Place,
    { isOpen, isEndUsed }: { readonly isOpen: boolean; readonly isEndUsed: boolean },
    headBytes = this.record.kind === "message" ? 1 : 0,
  ): Place {
    let place = start;
    let rest = parts;
    this.printStretchCheck(rest, place, headBytes, isOpen);
    place = after(place, headBytes);
    while (rest.length > 0) {
      const [part, ...others] = rest;
      rest = others;
      const isText = isTextPart(part!);
      const behind: Behind = { bytes: isText ? stretchOf(rest) : 0, isEndUsed: isEndUsed || rest.length > 0 };
      place = this.printPart(part!, place, behind);
      if (!hasFixedSize(part!)) this.printStretchCheck(rest, place, 0, isOpen, isText);
    }
    return place;
  }

  /**
   * Checks the bytes up to the next length prefix, or to the end; `isThere`: those are known to be there. What takes the
   * rest of the message has its bound checked with the bytes in front of it.
   */
  private printStretchCheck(
    parts: readonly Part[],
    place: Place,
    headBytes: number,
    isOpen: boolean,
    isThere = false,
  ): void {
    const bytes = headBytes + stretchOf(parts);
    const endsHere = parts.every(hasFixedSize) && isOpen;
    const end = at(place, bytes);
    const next = parts.find((part) => !hasFixedSize(part));
    const bound = next === undefined ? undefined : restBoundOf(next);
    const conditions = [
      ...(bytes > 0 && !isThere ? [`${end} > bytes.length`] : []),
      ...(bound === undefined ? [] : [`bytes.length > ${at(place, bytes + bound)}`]),
      ...(endsHere ? [tailBehind(end)] : []),
      ...(headBytes > 0 ? [`bytes[offset] !== ${naming.opcodeOf(this.record.name)}`] : []),
    ];
    if (conditions.length === 0) return;
    this.refuseIf(conditions.length === 1 ? conditions[0]! : conditions.map(wrapped).join(" || "));
  }

  private printPart(part: Part, place: Place, around: Behind): Place {
    if (part.kind === "run") {
      const words = emitRunWords(this.printer, part, place, this.locals);
      for (const slice of part.slices) {
        if (slice.kind === "presence") {
          const presence = this.locals.take(`has${naming.upperFirst(slice.field.name)}`);
          this.printer.line(`const ${presence} = ${boolOf(slice, words)};`);
          this.presences.set(slice.field.name, presence);
        } else {
          const value = emitSliceRead(this.printer, slice, words, "boolean", this.mode.fail, this.locals);
          this.values.set(slice.field.name, value);
        }
      }
      return after(place, part.bytes);
    }
    const { field } = part;
    if (field.type.kind === "optional") return this.printOptional(field, field.type.of, place);
    const { value, place: behind } = this.reader.read(field.name, field.type, place, around);
    if (value !== undefined) this.values.set(field.name, value);
    return behind;
  }

  private printOptional(field: FieldLayout, type: PresentType, place: Place): Place {
    const variable = this.locals.take(field.name);
    const end = this.locals.take(`${field.name}End`);
    this.printer.variable(variable, `${typeText(type)} | undefined`);
    this.printer.line(`let ${end} = ${at(place)};`);
    this.printer.block(`if (${this.presences.get(field.name)!})`, () => {
      const start: Place = { base: end, shift: 0 };
      const { min, max } = sizeOfType(type);
      const head = min === max ? max : prefixOfType(type);
      if (head > 0) this.refuseIf(`${at(start, head)} > bytes.length`);
      const fresh = new ValueReader(this.printer, this.locals, { isInto: false, fail: this.mode.fail });
      const { value, place: behind } = fresh.read(field.name, type, start);
      this.printer.assign(variable, value!);
      this.printer.line(behind.base === end ? `${end} += ${behind.shift};` : `${end} = ${at(behind)};`);
    });
    this.values.set(field.name, variable);
    return { base: end, shift: 0 };
  }

  private refuseIf(condition: string): void {
    this.printer.guard(condition, this.mode.fail.slice(0, -1));
  }
}

/** Bytes behind the end belong to fields that only newer peers know. */
function tailBehind(end: string): string {
  return `${end} < bytes.length && peerVersion <= PROTOCOL_VERSION`;
}

function wrapped(condition: string): string {
  return condition.includes(" && ") ? `(${condition})` : condition;
}

function fieldsOf(part: Part): FieldLayout[] {
  if (part.kind === "whole") return part.field.type.kind === "optional" ? [] : [part.field];
  return part.slices.map(({ field }) => field);
}

function hasFixedSize(part: Part): boolean {
  const { min, max } = sizeOfPart(part);
  return min === max;
}

/** A text or bytes, whose own check can ask for what follows as well. */
function isTextPart(part: Part): boolean {
  return part.kind === "whole" && (part.field.type.kind === "string" || part.field.type.kind === "bytes");
}

/** Bytes up to the next length prefix, that included, or to the end. */
function stretchOf(parts: readonly Part[]): number {
  const variable = parts.findIndex((part) => !hasFixedSize(part));
  const fixed = variable === -1 ? parts : parts.slice(0, variable);
  const next = variable === -1 ? 0 : prefixOf(parts[variable]!);
  return fixed.reduce((sum, part) => sum + sizeOfPart(part).min, 0) + next;
}

/** Bytes of the length or count in front of a variable part; 0 for those that check themselves. */
function prefixOf(part: Part): number {
  return part.kind === "run" || part.field.type.kind === "optional" ? 0 : prefixOfType(part.field.type);
}

function prefixOfType(type: PresentType | RestType): number {
  return type.kind === "string" || type.kind === "bytes" || type.kind === "list" ? type.prefixBytes : 0;
}

/** How many bytes at most a part takes that takes the rest of the message; undefined for every other. */
function restBoundOf(part: Part): number | undefined {
  return part.kind === "whole" && isRest(part.field.type) ? part.field.type.bound : undefined;
}
