import type { SnapshotModel } from "../snapshot/model.ts";
import { contextBits } from "../snapshot/context-bits.ts";
import { wrapped } from "./numbers.ts";
import type { Printer } from "./printer.ts";
import type { PrintedModel } from "./snapshot-model.ts";
import { contextsOf, memberBookName, NUMBERS, place, READER, STATES, WRITER } from "./snapshot-model.ts";

/** Prints: a bit for a state of zeros; else the context, and each last step as a change within one tick. */
export function emitWriteState(printer: Printer, model: PrintedModel): void {
  const isEmpty = model.groups.length === 0;
  printer.method(
    { name: "writeState", parameters: isEmpty ? [] : [WRITER, STATES, ...NUMBERS("state")], returns: "" },
    () => {
      if (isEmpty) return;
      const ints = Array.from({ length: model.stateInts }, (_, index) => `states[${place("state", index)}]!`);
      printer.line(`const isZero = (${ints.join(" | ")}) === 0;`);
      printer.line("writer.put(isZero ? 0 : 1, 1);");
      printer.line("if (isZero) return;");
      printer.line(`writer.put(states[state]!, ${contextBits(model)});`);
      for (const { member, group } of steps(model)) {
        const table = contextsOf(model, group, member);
        const value = `states[${place("state", member.stepState!)}]!`;
        printer.line(`writer.residual(${memberBookName(model, member)}, ${table}, ${value});`);
      }
    },
    ",",
  );
}

export function emitReadState(printer: Printer, model: PrintedModel): void {
  const isEmpty = model.groups.length === 0;
  printer.method(
    { name: "readState", parameters: isEmpty ? [] : [READER, STATES, ...NUMBERS("state")], returns: "" },
    () => {
      if (!isEmpty) emitReadStateBody(printer, model);
      else printer.line("return true;");
    },
    ",",
  );
}

function emitReadStateBody(printer: Printer, model: PrintedModel): void {
  printer.line("const isZero = reader.take(1) === 0;");
  printer.line(`const context = isZero ? 0 : reader.take(${contextBits(model)});`);
  printer.line("states[state] = context;");
  for (const { member, group } of steps(model)) {
    const table = contextsOf(model, group, member);
    const residual = `reader.residual(${memberBookName(model, member)}, ${table})`;
    const value = wrapped(residual, member.int.width, true);
    printer.line(`states[${place("state", member.stepState!)}] = isZero ? 0 : ${value};`);
  }
  printer.line("return true;");
}

function steps({ groups }: SnapshotModel) {
  return groups
    .flatMap((group) => group.members.map((member) => ({ member, group })))
    .filter(({ member }) => member.stepState !== undefined);
}
