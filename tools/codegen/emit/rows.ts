import type { EntityLayout, FieldLayout } from "../layout.ts";
import type { RowInt, ScalarType } from "../snapshot/row.ts";
import { isWide, rowInts, scalarOf } from "../snapshot/row.ts";
import * as naming from "../naming.ts";
import type { EmitContext } from "./context.ts";
import { rawDefaultOf } from "./defaults.ts";
import { quantizedRaw, quantizedValue, wrapped } from "./numbers.ts";
import { Locals } from "./place.ts";
import type { Parameter, Printer } from "./printer.ts";

const SLOT: Parameter = { name: "slot", type: "number" };
const ROWS: Parameter = { name: "rows", type: "Int32Array" };
const AT: Parameter = { name: "at", type: "number" };
const TICKS: Parameter = { name: "ticks", type: "number" };

/** Prints how columns become rows, and rows columns. */
export function emitRows(printer: Printer, record: EntityLayout, columns: string, context: EmitContext): void {
  emitSnap(printer, record, columns, context);
  emitUnpack(printer, record, columns);
  emitAdvance(printer, record, columns);
}

/** Prints: a column to the row, and what the row says back into the column. */
function emitSnap(printer: Printer, record: EntityLayout, columns: string, context: EmitContext): void {
  const locals = new Locals(context.taken, ["columns", "slot", "rows", "at"]);
  const parameters = [{ name: "columns", type: columns }, SLOT, ROWS, AT];
  const [ints, { fields }] = [rowInts(record), record];
  printer.method(
    { name: "snap", parameters, returns: "" },
    () => {
      for (const field of fields) {
        const own = ints.filter((int) => int.field === field);
        snapField(printer, field, own, locals);
      }
    },
    ",",
  );
}

function snapField(printer: Printer, field: FieldLayout, ints: readonly RowInt[], locals: Locals): void {
  const type = scalarOf(field);
  const cell = `columns.${field.name}[slot]`;
  const [first, second] = ints.map(({ index }) => `rows[${placed("at", index)}]`);
  if (isWide(type)) {
    const words = type.kind === "float" ? ["lowOfFloat", "highOfFloat"] : ["lowOfBig", "highOfBig"];
    printer.line(`${first!} = ${words[0]!}(${cell}!);`);
    printer.line(`${second!} = ${words[1]!}(${cell}!);`);
  } else if (type.kind === "bits" && type.meaning.kind === "quantized") {
    const raw = locals.take(field.name);
    printer.assign(`const ${raw}`, quantizedRaw(`${cell}!`, type.meaning));
    printer.line(`${first!} = ${raw};`);
    printer.assign(cell, quantizedValue(raw, type.meaning));
  } else {
    const value = snapOf(type, field);
    if (value !== undefined) printer.line(`${cell} = ${value};`);
    printer.line(`${first!} = ${type.kind === "float" ? `bitsOfFloat(${cell}!)` : `${cell}!`};`);
  }
}

/** What a column's value becomes on the wire, or undefined when the column's own type sees to it. */
function snapOf(type: ScalarType, field: FieldLayout): string | undefined {
  const value = `columns.${field.name}[slot]!`;
  if (type.kind === "bool") return isSet(field);
  if (type.kind === "float") return type.bits === 32 ? `Math.fround(${value})` : undefined;
  // Snapshots can say members alone: what is none becomes what newcomers have.
  if (type.kind === "enum") return `${naming.guardOf(type.of.name)}(${value}) ? ${value} : ${rawDefaultOf(type)}`;
  if (type.kind !== "bits") return undefined;
  const { meaning, width } = type;
  switch (meaning.kind) {
    case "quantized":
      return undefined;
    case "bool":
      return isSet(field);
    case "angle":
      return width === 16 ? undefined : wrapped(value, width, false);
    case "int":
      return width === 8 || width === 16 || width === 32 ? undefined : wrapped(value, width, meaning.isSigned);
    case "enum":
      return `${naming.guardOf(meaning.of.name)}(${value}) ? ${value} : ${rawDefaultOf(type)}`;
  }
}

function emitUnpack(printer: Printer, record: EntityLayout, columns: string): void {
  const ints = rowInts(record);
  const isTimed = record.fields.some(({ prediction }) => prediction.kind === "velocity");
  const ticks = isTimed ? TICKS : { ...TICKS, name: "_ticks" };
  const parameters = [ROWS, AT, { name: "columns", type: columns }, SLOT, ticks];
  printer.method(
    { name: "unpack", parameters, returns: "" },
    () => {
      for (const field of record.fields) {
        const own = ints.filter((int) => int.field === field);
        printer.assign(`columns.${field.name}[slot]`, unpacked(field, own, ints));
      }
    },
    ",",
  );
}

function unpacked(field: FieldLayout, own: readonly RowInt[], ints: readonly RowInt[]): string {
  const type = scalarOf(field);
  const [first, second] = own.map(({ index }) => `rows[${placed("at", index)}]!`);
  if (isWide(type)) {
    const signed = type.kind === "int" && type.isSigned;
    const join = type.kind === "float" ? "floatOfWords" : signed ? "bigOfWords" : "unsignedBigOfWords";
    return `${join}(${first!}, ${second!})`;
  }
  if (type.kind === "float") return `floatOfBits(${first!})`;
  if (type.kind !== "bits" || type.meaning.kind !== "quantized") return first!;
  const raw = type.width === 32 ? `(${first!} >>> 0)` : first!;
  return quantizedValue(moved(field, raw, ints, type.meaning.values), type.meaning);
}

/** The raw steps of a field `ticks` later, inside of its range. */
function moved({ prediction }: FieldLayout, raw: string, ints: readonly RowInt[], values: number): string {
  if (prediction.kind !== "velocity") return raw;
  const velocity = ints.find(({ field }) => field.name === prediction.field)!;
  const meaning = scalarOf(velocity.field);
  const zero = meaning.kind === "bits" && meaning.meaning.kind === "quantized" ? zeroSteps(meaning.meaning) : "";
  const steps = `rows[${placed("at", velocity.index)}]!`;
  const speed = velocity.width === 32 ? `(${steps} >>> 0)` : steps;
  return `movedSteps(${raw}, ${speed}${zero}, ticks, ${values - 1})`;
}

function zeroSteps({ min, step }: { min: Fraction; step: Fraction }): string {
  const steps = (min.numerator * step.denominator) / (min.denominator * step.numerator);
  return steps === 0n ? "" : steps < 0n ? ` - ${String(-steps)}` : ` + ${String(steps)}`;
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Prints what predictions do in one tick: velocities first that move velocities. */
function emitAdvance(printer: Printer, record: EntityLayout, columns: string): void {
  const lines: string[] = [];
  const done = new Set<string>();
  const visit = ({ name, prediction }: FieldLayout): void => {
    if (prediction.kind !== "velocity" || done.has(name)) return;
    done.add(name);
    visit(record.fields.find((field) => field.name === prediction.field)!);
    lines.push(`columns.${name}[slot] = columns.${name}[slot]! + columns.${prediction.field}[slot]!;`);
  };
  record.fields.forEach(visit);
  printer.method(
    { name: "advance", parameters: lines.length === 0 ? [] : [{ name: "columns", type: columns }, SLOT], returns: "" },
    () => {
      for (const line of lines) printer.line(line);
      if (lines.length === 0) printer.line("// Nothing has a velocity.");
    },
    ",",
  );
}

/** A bool column as 0 or 1. */
function isSet(field: FieldLayout): string {
  return `columns.${field.name}[slot] === 0 ? 0 : 1`;
}

function placed(base: string, index: number): string {
  return index === 0 ? base : `${base} + ${index}`;
}
