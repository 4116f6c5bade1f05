import type { BitsType, ElementType, FieldLayout, RecordLayout } from "../layout.ts";
import { isFixed, sizeOfPart } from "../layout.ts";
import * as naming from "../naming.ts";
import { emitRunWords, emitSliceRead } from "./bit-run.ts";
import type { EmitContext } from "./context.ts";
import { rawRead, refusal } from "./elements.ts";
import { bitsColumn, intColumn } from "./numbers.ts";
import type { Place } from "./place.ts";
import { after, Locals } from "./place.ts";
import type { Printer } from "./printer.ts";
import { docOf } from "./types.ts";

/** Whether the records of a list can be read into columns: fixed size, nothing but numbers. */
export function hasColumns(record: RecordLayout, { rows }: EmitContext): boolean {
  const isScalar = ({ type }: FieldLayout): boolean => ["bool", "int", "float", "enum", "bits"].includes(type.kind);
  return rows.has(record.name) && isFixed(record) && record.fields.every(isScalar);
}

/** Prints the columns of a struct that lists hold, and what reads rows into them. */
export function emitRowColumns(printer: Printer, record: RecordLayout, context: EmitContext): void {
  const columns = naming.columnsOf(record.name);
  printer.types(() => {
    printer.line();
    printer.doc(`Columns of ${record.name}, indexed by row.`);
    printer.block(`export interface ${columns}`, () => {
      for (const field of record.fields) {
        printer.doc(docOf(field));
        printer.line(`readonly ${field.name}: ${rowColumn(field)};`);
      }
    });
  });
  const create = {
    name: naming.createColumnsOf(record.name),
    parameters: [{ name: "capacity", type: "number" }],
    returns: columns,
  };
  printer.exportedFunction(create, "", () => {
    const items = record.fields.map((field) => `${field.name}: new ${rowColumn(field)}(capacity)`);
    printer.list("return ", items, ["{", "}"], ";");
  });
  emitDecodeRows(printer, record, context, columns);
}

function emitDecodeRows(printer: Printer, record: RecordLayout, context: EmitContext, columns: string): void {
  const signature = {
    name: naming.decodeRowsOf(record.name),
    parameters: [
      { name: "bytes", type: "Uint8Array" },
      { name: "offset", type: "number" },
      { name: "count", type: "number" },
      { name: "columns", type: columns },
    ],
    returns: "number",
  };
  const doc = `Reads \`count\` rows that stand one behind the other; the offset behind them, or -1 when they are no ${record.name}s or too many for the columns.`;
  printer.exportedFunction(signature, doc, () => {
    const locals = new Locals(context.taken, ["bytes", "offset", "count", "columns"]);
    const [row, start] = [locals.take("row"), locals.take("at")];
    const [first] = record.fields;
    printer.line(`if (offset + count * ${record.bytesMax} > bytes.length) return -1;`);
    printer.line(`if (count > columns.${first!.name}.length) return -1;`);
    printer.line(`let ${start} = offset;`);
    printer.block(`for (let ${row} = 0; ${row} < count; ${row}++)`, () => {
      emitRowRead(printer, record, { base: start, shift: 0 }, row, "return -1;", locals);
      printer.line(`${start} += ${record.bytesMax};`);
    });
    printer.line(`return ${start};`);
  });
}

/** Prints the reads of one record into columns: all checks first, so that a refused record leaves its slot as it was. */
function emitRowRead(
  printer: Printer,
  record: RecordLayout,
  first: Place,
  slot: string,
  fail: string,
  locals: Locals,
): void {
  for (const { field, value } of emitScalarReads(printer, record.parts, first, fail, locals)) {
    printer.assign(`columns.${field.name}[${slot}]`, value);
  }
}

/** Prints the checks of parts that hold scalars; what each field's column gets. */
function emitScalarReads(
  printer: Printer,
  parts: RecordLayout["parts"],
  first: Place,
  fail: string,
  locals: Locals,
): { readonly field: FieldLayout; readonly value: string }[] {
  const values: { field: FieldLayout; value: string }[] = [];
  let place = first;
  for (const part of parts) {
    if (part.kind === "run") {
      const words = emitRunWords(printer, part, place, locals);
      for (const slice of part.slices) {
        if (slice.kind === "presence") continue;
        values.push({ field: slice.field, value: emitSliceRead(printer, slice, words, "number", fail, locals) });
      }
    } else {
      const type = part.field.type as Exclude<ElementType, { kind: "struct" | "union" }>;
      values.push({ field: part.field, value: emitWholeRead(printer, part.field, type, place, fail, locals) });
    }
    place = after(place, sizeOfPart(part).min);
  }
  return values;
}

function emitWholeRead(
  printer: Printer,
  field: FieldLayout,
  type: ElementType,
  place: Place,
  fail: string,
  locals: Locals,
): string {
  const raw = rawRead(type, place);
  if (type.kind === "int" || type.kind === "float") return raw;
  const name = locals.take(field.name);
  printer.assign(`const ${name}`, raw);
  printer.line(`if (${refusal(type, name)!}) ${fail}`);
  return name;
}

function rowColumn({ type }: FieldLayout): string {
  if (type.kind === "float") return `Float${type.bits}Array`;
  return scalarColumn(type as BitsType | Exclude<ElementType, { kind: "struct" | "union" | "float" }>);
}

/** The typed array that holds a column of anything but floats. */
export function scalarColumn(type: BitsType | Exclude<ElementType, { kind: "struct" | "union" | "float" }>): string {
  switch (type.kind) {
    case "bits":
      return bitsColumn(type);
    case "bool":
      return "Uint8Array";
    case "int":
      return intColumn(type);
    case "enum":
      return intColumn(type.of.base);
  }
}
