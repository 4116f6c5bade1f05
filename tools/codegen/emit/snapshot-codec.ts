import type { SnapshotModel } from "../snapshot/model.ts";
import { booksOf } from "../snapshot/books.ts";
import type { RowInt } from "../snapshot/row.ts";
import { scalarOf } from "../snapshot/row.ts";
import type { EmitContext } from "./context.ts";
import { rawDefaultOf } from "./defaults.ts";
import { emitReadDelta, emitReadLagged, emitWriteDelta, emitWriteLagged } from "./delta.ts";
import type { Printer } from "./printer.ts";
import type { PrintedModel } from "./snapshot-model.ts";
import { NUMBERS, place, READER, ROWS, validity, WRITER } from "./snapshot-model.ts";
import { emitReadState, emitWriteState } from "./state.ts";

/** Prints the code books of an entity: constants that nothing but its snapshots needs. */
export function emitBooks(printer: Printer, models: readonly PrintedModel[]): void {
  printer.code(() => {
    for (const model of models) {
      for (const { label, symbols, tables } of booksOf(model)) {
        printer.line();
        printer.line(`const ${model.bookOf(label)} = /* @__PURE__ */ new CodeBook("${label}", ${symbols}, [`);
        printer.indented(() => {
          for (const table of tables) printer.line(`"${table}",`);
        });
        printer.line("]);");
      }
    }
  });
}

/** Prints how an entity stands in snapshots, a codec for each version. */
export function emitSnapshotCodecs(printer: Printer, models: readonly PrintedModel[], context: EmitContext): void {
  printer.line("snapshots: [");
  printer.indented(() => {
    for (const model of models) {
      printer.line("{");
      printer.indented(() => {
        emitSnapshotCodec(printer, model, context);
      });
      printer.line("},");
    }
  });
  printer.line("],");
}

function emitSnapshotCodec(printer: Printer, model: PrintedModel, context: EmitContext): void {
  const publicInts = model.ints.filter((int) => !model.ownerInts.includes(int));
  printer.line(`since: ${model.entity.since},`);
  printer.line(`rowInts: ${model.ints.length},`);
  printer.line(`stateInts: ${model.stateInts},`);
  printer.line(`bitsMax: ${bitsMaxOf(model)},`);
  printer.rows(
    "publicInts: ",
    publicInts.map(({ index }) => String(index)),
    ["[", "]"],
    ",",
  );
  emitWriteRow(printer, publicInts);
  emitReadRow(printer, model, publicInts, context);
  emitWriteState(printer, model);
  emitReadState(printer, model);
  emitWriteDelta(printer, model, context);
  emitReadDelta(printer, model, context);
  emitWriteLagged(printer, model, context);
  emitReadLagged(printer, model, context);
  emitWriteOwner(printer, model);
  emitReadOwner(printer, model, context);
}

/** A residual takes an escape, a symbol's number, and its bits; a mask or joint symbol no more than that. */
function bitsMaxOf({ ints, groups }: SnapshotModel): number {
  return 32 * (1 + groups.length) + ints.reduce((sum, { width }) => sum + 24 + Math.max(width, 32), 0);
}

function emitWriteRow(printer: Printer, ints: readonly RowInt[]): void {
  const used = ints.length > 0;
  const parameters = used ? [WRITER, ROWS, ...NUMBERS("at")] : [];
  printer.method(
    { name: "writeRow", parameters, returns: "" },
    () => {
      for (const int of ints) printer.line(putOf(int, "at"));
    },
    ",",
  );
}

function putOf({ index, width }: RowInt, base: string): string {
  return `writer.put(${unsigned(`rows[${place(base, index)}]!`, width)}, ${width});`;
}

/** Prints: what the wire says, and a default for what only the owner gets or only newer versions know. */
function emitReadRow(printer: Printer, model: PrintedModel, ints: readonly RowInt[], context: EmitContext): void {
  const parameters = [ints.length > 0 ? READER : { ...READER, name: "_reader" }, ROWS, ...NUMBERS("at")];
  printer.method(
    { name: "readRow", parameters, returns: "" },
    () => {
      for (const int of ints) printer.line(`rows[${place("at", int.index)}] = ${takeOf(int)};`);
      for (const int of [...model.ownerInts, ...model.laterInts]) {
        printer.line(`rows[${place("at", int.index)}] = ${rawDefaultOf(scalarOf(int.field))};`);
      }
      printer.line(`return ${validity(ints, (int) => `rows[${place("at", int.index)}]!`, context)};`);
    },
    ",",
  );
}

function takeOf({ width, isSigned }: RowInt): string {
  return isSigned ? `reader.takeSigned(${width})` : `reader.take(${width})`;
}

/** Prints: a bit for whether any of them changed, and then for each whether it did, and its value. */
function emitWriteOwner(printer: Printer, { ownerInts }: SnapshotModel): void {
  const parameters = ownerInts.length > 0 ? [WRITER, ROWS, ...NUMBERS("now", "base")] : [];
  printer.method(
    { name: "writeOwner", parameters, returns: "" },
    () => {
      if (ownerInts.length === 0) return;
      printer.block("if (base < 0)", () => {
        for (const int of ownerInts) printer.line(putOf(int, "now"));
        printer.line("return;");
      });
      const isEqual = ({ index }: RowInt): string => `rows[${place("now", index)}] === rows[${place("base", index)}]`;
      printer.joined(
        "const changed",
        ownerInts.map((int, bit) => `(${isEqual(int)} ? 0 : ${2 ** bit})`),
        "|",
      );
      printer.line("writer.put(changed === 0 ? 0 : 1, 1);");
      printer.line("if (changed === 0) return;");
      printer.line(`writer.put(changed, ${ownerInts.length});`);
      ownerInts.forEach((int, bit) => {
        printer.line(`if ((changed & ${2 ** bit}) !== 0) ${putOf(int, "now")}`);
      });
    },
    ",",
  );
}

function emitReadOwner(printer: Printer, { ownerInts }: SnapshotModel, context: EmitContext): void {
  const parameters = ownerInts.length > 0 ? [READER, ROWS, ...NUMBERS("at"), { name: "isWhole", type: "boolean" }] : [];
  printer.method(
    { name: "readOwner", parameters, returns: "" },
    () => {
      if (ownerInts.length > 0) {
        const all = 2 ** ownerInts.length - 1;
        printer.line(`const changed = isWhole ? ${all} : reader.take(1) === 0 ? 0 : reader.take(${ownerInts.length});`);
        ownerInts.forEach((int, bit) => {
          printer.line(`if ((changed & ${2 ** bit}) !== 0) rows[${place("at", int.index)}] = ${takeOf(int)};`);
        });
      }
      printer.line(`return ${validity(ownerInts, (int) => `rows[${place("at", int.index)}]!`, context)};`);
    },
    ",",
  );
}

/** An int32 as the `width` bits that the wire carries. */
function unsigned(value: string, width: number): string {
  return width === 32 ? value : `${value} & ${2 ** width - 1}`;
}
