import type { BitsType, ElementType, FieldLayout, RecordLayout } from "../layout.ts";
import { sizeOfPart } from "../layout.ts";
import * as naming from "../naming.ts";
import type { FieldReader } from "./bit-run.ts";
import { emitRunWords, emitSliceRead } from "./bit-run.ts";
import { rawRead, refusal } from "./elements.ts";
import { emitPartWrite } from "./encode.ts";
import { bitsColumn, intColumn, quantizedRaw, quantizedValue, wrapped } from "./numbers.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Printer } from "./printer.ts";
import { docOf, emitSteps } from "./types.ts";

type ScalarType = BitsType | Exclude<ElementType, { kind: "struct" }>;

const FAIL = "return -1;";
const COLUMN_READER: FieldReader = {
  read: (field) => column("columns", field),
  readBool: (field) => isSet(field),
};

/** Prints an entity: the type of its columns, and its codec. */
export function emitEntity(printer: Printer, record: RecordLayout, kind: number, taken: Iterable<string>): void {
  const { name, doc } = record;
  const columns = naming.columnsOf(name);
  printer.line(`/** The columns of ${name}, indexed by slot. */`);
  printer.block(`export interface ${columns}`, () => {
    for (const field of record.fields) {
      printer.doc(docOf(field));
      printer.line(`readonly ${field.name}: ${columnType(field)};`);
    }
  });
  printer.line();
  emitSteps(printer, record);
  printer.line();
  printer.doc(doc);
  const emitBody = (): void => {
    printer.line(`name: "${name}",`);
    printer.line(`kind: ${kind},`);
    printer.line(`recordBytes: ${record.bytesMax},`);
    emitCreate(printer, record);
    emitPosition(printer, record);
    emitReset(printer, record, columns);
    emitSnap(printer, record, columns);
    emitEncodeRecord(printer, record, columns, taken);
    emitDecodeRecord(printer, record, columns, taken);
    emitCopy(printer, record, columns);
    emitInterpolate(printer, record, columns);
  };
  printer.block(`export const ${name}: EntityCodec<${columns}> =`, emitBody, ";");
}

function emitCreate(printer: Printer, { fields }: RecordLayout): void {
  const items = fields.map((field) => `${field.name}: new ${columnType(field)}(capacity)`);
  printer.block(
    "createColumns(capacity)",
    () => {
      printer.list("return ", items, ["{", "}"], ";");
    },
    ",",
  );
}

function emitPosition(printer: Printer, { fields }: RecordLayout): void {
  const hasPlace = ["x", "y"].every((axis) =>
    fields.some((field) => field.name === axis && columnType(field) === "Float64Array"),
  );
  printer.block(
    hasPlace ? "position(columns)" : "position()",
    () => {
      printer.line(hasPlace ? "return { x: columns.x, y: columns.y };" : "return undefined;");
    },
    ",",
  );
}

function emitReset(printer: Printer, { fields }: RecordLayout, columns: string): void {
  printer.block(
    `reset(columns: ${columns}, slot: number)`,
    () => {
      for (const field of fields) printer.line(`columns.${field.name}[slot] = 0;`);
    },
    ",",
  );
}

function emitSnap(printer: Printer, { fields }: RecordLayout, columns: string): void {
  const snapped = fields.flatMap((field) => {
    const value = snapOf(scalarOf(field), field);
    return value === undefined ? [] : [`columns.${field.name}[slot] = ${value};`];
  });
  const parameters = snapped.length === 0 ? "" : `columns: ${columns}, slot: number`;
  printer.block(
    `snap(${parameters})`,
    () => {
      for (const line of snapped) printer.line(line);
      if (snapped.length === 0) printer.line("// The columns hold nothing that the wire cannot say.");
    },
    ",",
  );
}

/** What a column's value becomes on the wire, or undefined when the column's own type sees to it. */
function snapOf(type: ScalarType, field: FieldLayout): string | undefined {
  const value = column("columns", field);
  if (type.kind === "bool") return isSet(field);
  if (type.kind === "float") return type.bits === 32 ? `Math.fround(${value})` : undefined;
  if (type.kind !== "bits") return undefined;
  const { meaning, width } = type;
  switch (meaning.kind) {
    case "quantized":
      return quantizedValue(quantizedRaw(value, meaning), meaning);
    case "bool":
      return isSet(field);
    case "angle":
      return width === 16 ? undefined : wrapped(value, width, false);
    case "int":
      return width === 8 || width === 16 || width === 32 ? undefined : wrapped(value, width, meaning.isSigned);
    case "enum":
      return width === meaning.of.base.bits ? undefined : wrapped(value, width, meaning.of.base.isSigned);
  }
}

function emitEncodeRecord(printer: Printer, record: RecordLayout, columns: string, taken: Iterable<string>): void {
  const locals = new Locals(taken, ["columns", "slot", "bytes", "offset"]);
  printer.block(
    `encodeRecordInto(columns: ${columns}, slot: number, bytes: Uint8Array, offset: number)`,
    () => {
      let place: Place = { base: "offset", shift: 0 };
      for (const part of record.parts) place = emitPartWrite(printer, record, part, place, COLUMN_READER, locals);
      printer.line(`return ${at(place)};`);
    },
    ",",
  );
}

/** Prints all checks first, so that a refused record leaves the slot as it was. */
function emitDecodeRecord(printer: Printer, record: RecordLayout, columns: string, taken: Iterable<string>): void {
  const locals = new Locals(taken, ["columns", "slot", "bytes", "offset"]);
  printer.block(
    `decodeRecordInto(bytes: Uint8Array, offset: number, columns: ${columns}, slot: number)`,
    () => {
      let place: Place = { base: "offset", shift: 0 };
      const values: { field: FieldLayout; value: string }[] = [];
      printer.line(`if (${at(place, record.bytesMax)} > bytes.length) ${FAIL}`);
      for (const part of record.parts) {
        if (part.kind === "run") {
          const words = emitRunWords(printer, part, place, locals);
          for (const slice of part.slices) {
            values.push({ field: slice.field, value: emitSliceRead(printer, slice, words, "number", FAIL, locals) });
          }
        } else {
          const type = scalarOf(part.field) as Exclude<ScalarType, BitsType>;
          values.push({ field: part.field, value: emitWholeRead(printer, part.field, type, place, locals) });
        }
        place = after(place, sizeOfPart(part).min);
      }
      for (const { field, value } of values) printer.assign(`columns.${field.name}[slot]`, value);
      printer.line(`return ${at(place)};`);
    },
    ",",
  );
}

/** A bool column as 0 or 1. */
function isSet(field: FieldLayout): string {
  return `columns.${field.name}[slot] === 0 ? 0 : 1`;
}

function emitWholeRead(
  printer: Printer,
  field: FieldLayout,
  type: Exclude<ScalarType, BitsType>,
  place: Place,
  locals: Locals,
): string {
  const raw = rawRead(type, place);
  if (type.kind === "int" || type.kind === "float") return raw;
  const name = locals.take(field.name);
  printer.assign(`const ${name}`, raw);
  printer.line(`if (${refusal(type, name)!}) ${FAIL}`);
  return name;
}

function emitCopy(printer: Printer, { fields }: RecordLayout, columns: string): void {
  printer.block(
    `copy(from: ${columns}, to: ${columns}, slot: number)`,
    () => {
      for (const field of fields) printer.line(`to.${field.name}[slot] = ${column("from", field)};`);
    },
    ",",
  );
}

function emitInterpolate(printer: Printer, { fields }: RecordLayout, columns: string): void {
  const parameters = `from: ${columns}, to: ${columns}, slot: number, fraction: number, into: ${columns}`;
  const locals = new Locals(naming.GLOBALS_USED, ["from", "to", "slot", "fraction", "into"]);
  const isUsed = fields.some(({ isInterpolated }) => isInterpolated);
  printer.block(
    `interpolate(${isUsed ? parameters : parameters.replace("from:", "_from:").replace("fraction:", "_fraction:")})`,
    () => {
      for (const field of fields) emitBetween(printer, field, locals);
    },
    ",",
  );
}

/** Prints a field between two moments. Angles go the shortest way round. */
function emitBetween(printer: Printer, field: FieldLayout, locals: Locals): void {
  const type = scalarOf(field);
  const into = `into.${field.name}[slot] =`;
  const [from, to] = [column("from", field), column("to", field)];
  if (!field.isInterpolated) {
    printer.line(`${into} ${to};`);
  } else if (type.kind !== "bits" || type.meaning.kind !== "angle") {
    printer.line(`${into} ${from} + (${to} - ${from}) * fraction;`);
  } else {
    const [last, half] = [2 ** type.width - 1, 2 ** (type.width - 1)];
    const turn = locals.take(`${field.name}Turn`);
    printer.line(`const ${turn} = ((${to} - ${from} + ${half}) & ${last}) - ${half};`);
    printer.line(`${into} (${from} + Math.round(${turn} * fraction)) & ${last};`);
  }
}

function columnType(field: FieldLayout): string {
  const type = scalarOf(field);
  switch (type.kind) {
    case "bits":
      return bitsColumn(type);
    case "bool":
      return "Uint8Array";
    case "int":
      return intColumn(type);
    case "enum":
      return intColumn(type.of.base);
    case "float":
      return "Float64Array";
  }
}

/** The checker lets nothing but scalars into entities. */
function scalarOf(field: FieldLayout): ScalarType {
  return field.type as ScalarType;
}

function column(columns: string, field: FieldLayout): string {
  return `${columns}.${field.name}[slot]!`;
}
