import type { BitsType, ElementType, EntityLayout, FieldLayout, Part, RecordLayout } from "../layout.ts";
import { sinceOf, sizeOfPart } from "../layout.ts";
import * as naming from "../naming.ts";
import { emitScalarReads, scalarColumn } from "./columns.ts";
import type { EmitContext } from "./context.ts";
import { defaultOf } from "./defaults.ts";
import { PEER_VERSION } from "./decode.ts";
import { emitWithView, PartWriter } from "./encode.ts";
import { quantizedRaw, quantizedValue, wrapped } from "./numbers.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Parameter, Printer } from "./printer.ts";
import type { FieldReader } from "./stores.ts";
import { docOf, emitSteps } from "./types.ts";

type ScalarType = BitsType | Exclude<ElementType, { kind: "struct" | "union" }>;

const FAIL = "return -1;";
const SLOT: Parameter = { name: "slot", type: "number" };
const BYTES: Parameter = { name: "bytes", type: "Uint8Array" };
const OFFSET: Parameter = { name: "offset", type: "number" };
const COLUMN_READER: FieldReader = {
  read: (field) => column("columns", field),
  readBool: (field) => isSet(field),
};

/** Prints an entity: the type of its columns, and its codec. */
export function emitEntity(printer: Printer, record: EntityLayout, kind: number, context: EmitContext): void {
  const { name, doc } = record;
  const columns = naming.columnsOf(name);
  printer.types(() => {
    printer.line();
    printer.line(`/** The columns of ${name}, indexed by slot. */`);
    printer.block(`export interface ${columns}`, () => {
      for (const field of record.fields) {
        printer.doc(docOf(field));
        printer.line(`readonly ${field.name}: ${columnType(field)};`);
      }
    });
  });
  printer.line();
  emitSteps(printer, record);
  printer.line();
  printer.doc(doc);
  if (printer.dialect === "dts") {
    printer.line(`export declare const ${name}: EntityCodec<${columns}>;`);
    return;
  }
  const emitBody = (): void => {
    printer.line(`name: "${name}",`);
    printer.line(`kind: ${kind},`);
    printer.line(`recordBytes: ${record.bytesMax},`);
    printer.line(`since: ${record.since},`);
    printer.line(`priority: ${record.priority},`);
    emitDescription(printer, record);
    emitCreate(printer, record);
    emitPosition(printer, record);
    emitReset(printer, record, columns);
    emitSnap(printer, record, columns);
    emitEncodeRecord(printer, record, columns, context);
    emitDecodeRecord(printer, record, columns, context);
    emitCopy(printer, record, columns);
    emitInterpolate(printer, record, columns);
  };
  const typed = printer.dialect === "js" ? name : `${name}: EntityCodec<${columns}>`;
  printer.block(`export const ${typed} =`, emitBody, ";");
}

/** Prints what the schema says of the fields besides their bytes. */
function emitDescription(printer: Printer, { fields }: RecordLayout): void {
  printer.line("fields: [");
  printer.indented(() => {
    for (const field of fields) {
      const { name, since, isConst, isOwnerOnly, isRare, isInterpolated, prediction } = field;
      const predict = prediction.kind === "velocity" ? `{ velocity: "${prediction.field}" }` : `"${prediction.kind}"`;
      const properties = [
        `name: "${name}"`,
        `since: ${since}`,
        `isConst: ${isConst}`,
        `isOwnerOnly: ${isOwnerOnly}`,
        `isRare: ${isRare}`,
        `isInterpolated: ${isInterpolated}`,
        `predict: ${predict}`,
      ];
      printer.list("", properties, ["{", "}"], ",");
    }
  });
  printer.line("],");
}

function emitCreate(printer: Printer, { fields }: RecordLayout): void {
  const items = fields.map((field) => `${field.name}: new ${columnType(field)}(capacity)`);
  const signature = { name: "createColumns", parameters: [{ name: "capacity", type: "number" }], returns: "" };
  printer.method(
    signature,
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
  printer.method(
    { name: "reset", parameters: [{ name: "columns", type: columns }, SLOT], returns: "" },
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
  printer.method(
    { name: "snap", parameters: snapped.length === 0 ? [] : [{ name: "columns", type: columns }, SLOT], returns: "" },
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

/** Parts by the version that added them, the oldest that is still spoken first. */
function partsByVersion({ parts }: RecordLayout, { layout }: EmitContext): [number, readonly Part[]][] {
  const versionOf = (part: Part): number => Math.max(sinceOf(part), layout.versionMin);
  const versions = [...new Set([layout.versionMin, ...parts.map(versionOf)])];
  return versions.map((version) => [version, parts.filter((part) => versionOf(part) === version)]);
}

function emitEncodeRecord(printer: Printer, record: RecordLayout, columns: string, context: EmitContext): void {
  const locals = new Locals(context.taken, ["columns", "slot", "bytes", "offset", "peerVersion", "view"]);
  const writer = new PartWriter(printer, record, COLUMN_READER, locals, context);
  const versions = partsByVersion(record, context);
  const parameters = [{ name: "columns", type: columns }, SLOT, BYTES, OFFSET];
  if (versions.length > 1) parameters.push(PEER_VERSION);
  printer.method(
    { name: "encodeRecordInto", parameters, returns: "" },
    () => {
      emitWithView(printer, () => {
        let place: Place = { base: "offset", shift: 0 };
        for (const [version, parts] of versions) {
          if (version > context.layout.versionMin) printer.line(`if (peerVersion < ${version}) return ${at(place)};`);
          place = writer.parts(parts, place);
        }
        printer.line(`return ${at(place)};`);
      });
    },
    ",",
  );
}

/** Prints all checks first, so that a refused record leaves the slot as it was. */
function emitDecodeRecord(printer: Printer, record: RecordLayout, columns: string, context: EmitContext): void {
  const locals = new Locals(context.taken, ["columns", "slot", "bytes", "offset", "peerVersion"]);
  const versions = partsByVersion(record, context);
  const parameters = [BYTES, OFFSET, { name: "columns", type: columns }, SLOT];
  if (versions.length > 1) parameters.push(PEER_VERSION);
  printer.method(
    { name: "decodeRecordInto", parameters, returns: "" },
    () => {
      let place: Place = { base: "offset", shift: 0 };
      const values: { readonly field: FieldLayout; readonly value: string }[] = [];
      for (const [version, parts] of versions) {
        const bytes = parts.reduce((sum, part) => sum + sizeOfPart(part).min, 0);
        const isNewer = version > context.layout.versionMin;
        if (isNewer) values.push(...emitNewerReads(printer, parts, version, place, locals));
        else {
          printer.line(`if (${at(place, bytes)} > bytes.length) ${FAIL}`);
          values.push(...emitScalarReads(printer, parts, place, FAIL, locals));
        }
        place = after(place, bytes);
      }
      for (const { field, value } of values) printer.assign(`columns.${field.name}[slot]`, value);
      printer.line(`return ${recordEnd(versions, context)};`);
    },
    ",",
  );
}

/** Prints the reads of what older peers do not send: 0, or the least value, then. */
function emitNewerReads(
  printer: Printer,
  parts: readonly Part[],
  version: number,
  place: Place,
  locals: Locals,
): { readonly field: FieldLayout; readonly value: string }[] {
  const fields = parts.flatMap((part): FieldLayout[] =>
    part.kind === "run" ? part.slices.map(({ field }) => field) : [part.field],
  );
  const variables = fields.map((field) => ({ field, value: locals.take(field.name) }));
  for (const { field, value } of variables) printer.variable(value, "number", columnDefault(scalarOf(field)));
  const bytes = parts.reduce((sum, part) => sum + sizeOfPart(part).min, 0);
  printer.block(`if (peerVersion >= ${version})`, () => {
    printer.line(`if (${at(place, bytes)} > bytes.length) ${FAIL}`);
    const reads = emitScalarReads(printer, parts, place, FAIL, locals);
    for (const { field, value } of reads) {
      printer.assign(variables.find((each) => each.field === field)!.value, value);
    }
  });
  return variables;
}

function recordEnd(versions: readonly (readonly [number, readonly Part[]])[], { layout }: EmitContext): string {
  let shift = 0;
  let text = "offset";
  for (const [version, parts] of versions) {
    shift += parts.reduce((sum, part) => sum + sizeOfPart(part).min, 0);
    const here = at({ base: "offset", shift });
    const older = text.includes("?") ? `(${text})` : text;
    text = version > layout.versionMin ? `peerVersion < ${version} ? ${older} : ${here}` : here;
  }
  return text;
}

function columnDefault(type: ScalarType): string {
  const value = defaultOf(type);
  return value === "false" ? "0" : value;
}

/** A bool column as 0 or 1. */
function isSet(field: FieldLayout): string {
  return `columns.${field.name}[slot] === 0 ? 0 : 1`;
}

function emitCopy(printer: Printer, { fields }: RecordLayout, columns: string): void {
  const parameters = [{ name: "from", type: columns }, { name: "to", type: columns }, SLOT];
  printer.method(
    { name: "copy", parameters, returns: "" },
    () => {
      for (const field of fields) printer.line(`to.${field.name}[slot] = ${column("from", field)};`);
    },
    ",",
  );
}

function emitInterpolate(printer: Printer, { fields }: RecordLayout, columns: string): void {
  const locals = new Locals(new Set(naming.GLOBALS_USED), ["from", "to", "slot", "fraction", "into"]);
  const isUsed = fields.some(({ isInterpolated }) => isInterpolated);
  const parameters = [
    { name: isUsed ? "from" : "_from", type: columns },
    { name: "to", type: columns },
    SLOT,
    { name: isUsed ? "fraction" : "_fraction", type: "number" },
    { name: "into", type: columns },
  ];
  printer.method(
    { name: "interpolate", parameters, returns: "" },
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
  return type.kind === "float" ? "Float64Array" : scalarColumn(type);
}

/** The checker lets nothing but scalars into entities. */
function scalarOf(field: FieldLayout): ScalarType {
  return field.type as ScalarType;
}

function column(columns: string, field: FieldLayout): string {
  return `${columns}.${field.name}[slot]!`;
}
