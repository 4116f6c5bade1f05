import type { EntityLayout, FieldLayout, RecordLayout } from "../layout.ts";
import * as naming from "../naming.ts";
import { rowInts, scalarOf } from "../snapshot/row.ts";
import { scalarColumn } from "./columns.ts";
import { rawDefaultOf } from "./defaults.ts";
import type { EmitContext } from "./context.ts";
import { Locals } from "./place.ts";
import type { Parameter, Printer } from "./printer.ts";
import { emitRows } from "./rows.ts";
import { emitBooks, emitSnapshotCodecs } from "./snapshot-codec.ts";
import { printedModels } from "./snapshot-model.ts";
import { docOf, emitSteps } from "./types.ts";

const SLOT: Parameter = { name: "slot", type: "number" };

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
  const models = printedModels(record, context);
  emitBooks(printer, models);
  printer.line();
  printer.doc(doc);
  if (printer.dialect === "dts") {
    printer.line(`export declare const ${name}: EntityCodec<${columns}>;`);
    return;
  }
  const ints = rowInts(record);
  const emitBody = (): void => {
    printer.line(`name: "${name}",`);
    printer.line(`kind: ${kind},`);
    printer.line(`rowInts: ${ints.length},`);
    printer.line(`since: ${record.since},`);
    printer.line(`priority: ${record.priority},`);
    emitDescription(printer, record);
    const fieldOfInt = ints.map(({ field }) => String(record.fields.indexOf(field)));
    printer.rows("fieldOfInt: ", fieldOfInt, ["[", "]"], ",");
    emitSnapshotCodecs(printer, models, context);
    emitCreate(printer, record);
    emitPosition(printer, record);
    emitReset(printer, record, columns);
    emitRows(printer, record, columns, context);
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
      for (const field of fields) printer.line(`columns.${field.name}[slot] = ${resetOf(field)};`);
    },
    ",",
  );
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

/** 0, or for an enum the member that newcomers have. */
function resetOf(field: FieldLayout): string {
  const type = scalarOf(field);
  const isEnum = type.kind === "enum" || (type.kind === "bits" && type.meaning.kind === "enum");
  if (isEnum) return rawDefaultOf(type);
  return type.kind === "int" && type.bits === 64 ? "0n" : "0";
}

function column(columns: string, field: FieldLayout): string {
  return `${columns}.${field.name}[slot]!`;
}
