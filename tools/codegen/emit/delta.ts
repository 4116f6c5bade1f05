import { activityShift, historyShift, wideShift } from "../snapshot/context-bits.ts";
import type { FieldGroup, Member } from "../snapshot/model.ts";
import { activityGroups } from "../snapshot/model.ts";
import type { RowInt } from "../snapshot/row.ts";
import type { EmitContext } from "./context.ts";
import { anyOf, isWide, raw, shifted, signed } from "./delta-expressions.ts";
import { type DeltaNames, deltaNames } from "./delta-names.ts";
import { DeltaTables, type Mode } from "./delta-tables.ts";
import { Locals } from "./place.ts";
import type { Printer } from "./printer.ts";
import type { PrintedModel } from "./snapshot-model.ts";
import {
  jointBookOf,
  maskBookOf,
  memberBookName,
  NUMBERS,
  place,
  READER,
  ROWS,
  STATES,
  validity,
  WRITER,
} from "./snapshot-model.ts";

const WRITE_DELTA = [WRITER, ROWS, ...NUMBERS("now", "base", "ticks"), STATES, ...NUMBERS("state")];
const WRITE_LAGGED = [WRITER, ROWS, ...NUMBERS("now", "base", "ticks")];
const READ = [READER, ROWS, ...NUMBERS("at", "ticks"), STATES, ...NUMBERS("state")];

export function emitWriteDelta(printer: Printer, model: PrintedModel, context: EmitContext): void {
  new DeltaEmitter(printer, model, context, "history").write();
}

export function emitReadDelta(printer: Printer, model: PrintedModel, context: EmitContext): void {
  new DeltaEmitter(printer, model, context, "history").read();
}

export function emitWriteLagged(printer: Printer, model: PrintedModel, context: EmitContext): void {
  new DeltaEmitter(printer, model, context, "lagged").write();
}

export function emitReadLagged(printer: Printer, model: PrintedModel, context: EmitContext): void {
  new DeltaEmitter(printer, model, context, "lagged").read();
}

/** Prints one function of a codec. Reading and writing stand side by side, for one is the other backwards. */
class DeltaEmitter {
  private readonly printer: Printer;
  private readonly model: PrintedModel;
  private readonly context: EmitContext;
  private readonly mode: Mode;
  private readonly tables: DeltaTables;
  private readonly locals: Locals;
  private readonly names = new Map<RowInt, DeltaNames>();

  constructor(printer: Printer, model: PrintedModel, context: EmitContext, mode: Mode) {
    this.printer = printer;
    this.model = model;
    this.context = context;
    this.mode = mode;
    this.tables = new DeltaTables(model, mode, ({ int }) => this.nameOf(int).age);
    const own = ["writer", "reader", "rows", "now", "base", "at", "ticks", "states", "state", "context", "mask", "lag"];
    this.locals = new Locals(context.taken, own);
  }

  write(): void {
    const name = this.mode === "history" ? "writeDelta" : "writeLagged";
    const parameters = this.mode === "history" ? WRITE_DELTA : WRITE_LAGGED;
    this.method(name, parameters, () => {
      const { printer } = this;
      for (const member of this.members()) this.writeRest(member);
      this.maskFrom("const mask", (member) => this.restOf(member));
      this.lagClass();
      printer.line(`writer.symbol(${maskBookOf(this.model).name}, ${this.tables.ofMask}, mask);`);
      for (const group of this.model.groups) {
        printer.block(`if ((mask & ${2 ** group.bit}) !== 0)`, () => {
          this.writeGroup(group);
        });
      }
      if (this.mode === "history") this.remember();
    });
  }

  read(): void {
    this.method(
      this.mode === "history" ? "readDelta" : "readLagged",
      READ,
      () => {
        const { printer } = this;
        this.lagClass();
        printer.line(`const mask = reader.symbol(${maskBookOf(this.model).name}, ${this.tables.ofMask});`);
        for (const group of this.model.groups) this.readGroup(group);
        for (const member of this.members()) this.readValue(member);
        if (this.mode === "history") this.remember();
        else this.derive();
        const ints = this.members().map(({ int }) => int);
        printer.line(`return ${validity(ints, (int) => this.nameOf(int).value, this.context)};`);
      },
      "return true;",
    );
  }

  private method(
    name: string,
    parameters: readonly { name: string; type: string }[],
    body: () => void,
    rest = "",
  ): void {
    const isEmpty = this.model.groups.length === 0;
    const isTimed = this.mode === "lagged" || this.members().some(({ velocity }) => velocity !== undefined);
    const named = parameters.map((each) => (each.name === "ticks" && !isTimed ? { ...each, name: "_ticks" } : each));
    this.printer.method(
      { name, parameters: isEmpty ? [] : named, returns: "" },
      () => {
        if (!isEmpty) this.printer.withPrelude("const context = states[state]!;", /\bcontext\b/, body);
        else this.printer.line(rest === "" ? "// It never changes." : rest);
      },
      ",",
    );
  }

  private members(): Member[] {
    return this.model.groups.flatMap(({ members }) => members);
  }

  private nameOf(int: RowInt): DeltaNames {
    const names = this.names.get(int) ?? deltaNames(int, this.locals);
    this.names.set(int, names);
    return names;
  }

  /** The variable that holds what a prediction left. */
  private restOf({ int, predict }: Member): string {
    const hasOwn = predict === "velocity" || (predict === "linear" && this.mode === "history");
    return hasOwn ? this.nameOf(int).rest : this.nameOf(int).step;
  }

  /** Prints a value that is to be written, and what its prediction leaves. */
  private writeRest(member: Member): void {
    const { printer } = this;
    const { int, stepState } = member;
    const { value, step, rest } = this.nameOf(int);
    printer.line(`const ${value} = rows[${place("now", int.index)}]!;`);
    const base = `rows[${place("base", int.index)}]!`;
    if (member.velocity !== undefined) {
      printer.assign(`const ${rest}`, signed(`${value} - ${base} - ${this.travel(member, "now")}`, int));
      if (this.isMover(int)) printer.line(`const ${step} = ${signed(`${value} - ${base}`, int)};`);
      return;
    }
    printer.line(`const ${step} = ${signed(`${value} - ${base}`, int)};`);
    if (this.restOf(member) === rest) {
      printer.line(`const ${rest} = ${signed(`${step} - states[${place("state", stepState!)}]!`, int)};`);
    }
  }

  /**
   * How far a velocity moves what it belongs to, which is its own at the end, when it changed evenly. One that never
   * changes stands in the row `base` as well as in `now`.
   */
  private travel({ velocity }: Member, row: "now" | "at"): string {
    const { int, zero } = velocity!;
    const isOwn = this.members().some((member) => member.int === int);
    const value = isOwn ? this.nameOf(int).value : `rows[${place(row, int.index)}]!`;
    const whole = `Math.imul(${zero === 0 ? value : `${value} - ${zero}`}, ticks)`;
    return isOwn ? `(${whole} - (Math.imul(${this.nameOf(int).step}, ticks - 1) >> 1))` : whole;
  }

  private isMover(int: RowInt): boolean {
    return this.members().some(({ velocity }) => velocity?.int === int);
  }

  private maskFrom(target: string, restOf: (member: Member) => string): void {
    const terms = this.model.groups.map(({ members, bit }) => {
      return shifted(anyOf(members.map(restOf)), bit);
    });
    this.printer.joined(target, terms, "|");
  }

  private lagClass(): void {
    if (this.mode === "lagged") this.printer.line("const lag = lagClass(ticks);");
  }

  private writeGroup(group: FieldGroup): void {
    const { printer } = this;
    if (!this.isJoint(group)) {
      for (const member of group.members) this.writeMember(member, group, this.folded(member));
      return;
    }
    const { jointBits, jointBelow } = group;
    const [first, second] = group.members.map((member) => `(${this.folded(member)} + ${jointBelow})`);
    const { name } = jointBookOf(this.model, group);
    const table = this.locals.take("pairTable");
    printer.line(`const ${table} = ${this.tables.ofPair(group)};`);
    printer.either(
      `(${first!} | ${second!}) >>> 0 < ${2 ** jointBits}`,
      () => {
        printer.line(`writer.symbol(${name}, ${table}, (${first!} << ${jointBits}) | ${second!});`);
      },
      () => {
        printer.line(`writer.symbol(${name}, ${table}, ${4 ** jointBits});`);
        for (const member of group.members) this.writeMember(member, group, this.foldedName(member));
      },
    );
  }

  private writeMember(member: Member, group: FieldGroup, rest: string): void {
    this.printer.line(
      `writer.residual(${memberBookName(this.model, member)}, ${this.tables.ofMember(member, group)}, ${rest});`,
    );
  }

  /** Prints the rest of a prediction, its sign turned so that the last rounding error was a positive one. */
  private folded(member: Member): string {
    const { int, history } = member;
    const { turn, turned, rest } = this.nameOf(int);
    if (this.mode === "lagged" || history === undefined) return this.restOf(member);
    this.recall(int, history);
    this.printer.line(`const ${turned} = ${signed(`(${rest} ^ ${turn}) - ${turn}`, int)};`);
    return turned;
  }

  private foldedName(member: Member): string {
    const isFolded = this.mode === "history" && member.history !== undefined;
    return isFolded ? this.nameOf(member.int).turned : this.restOf(member);
  }

  /** Prints what is remembered of an integer's rounding errors. */
  private recall(int: RowInt, history: number): void {
    const { past, last, age, turn } = this.nameOf(int);
    this.printer.line(`const ${past} = ${this.tables.pastOf(history)};`);
    this.printer.line(`const ${last} = (${past} | (${past} >> 1)) & 1;`);
    this.printer.line(`const ${age} = ${last} | ((((${past} >> 2) | (${past} >> 3)) & ~${last} & 1) << 1);`);
    this.printer.line(`const ${turn} = -(((${past} >> 1) | ((${past} >> 3) & ~${last})) & 1);`);
  }

  private isJoint(group: FieldGroup): boolean {
    return group.isJoint && (this.mode === "history" || group.kind === "position");
  }

  private readGroup(group: FieldGroup): void {
    const { printer } = this;
    for (const member of group.members) printer.line(`let ${this.restOf(member)} = 0;`);
    printer.block(`if ((mask & ${2 ** group.bit}) !== 0)`, () => {
      for (const { int, history } of group.members) {
        if (this.mode === "history" && history !== undefined) this.recall(int, history);
      }
      if (this.isJoint(group)) this.readJoint(group);
      else for (const member of group.members) this.readMember(member, group);
      for (const member of group.members) this.unfold(member);
    });
  }

  private readJoint(group: FieldGroup): void {
    const { printer } = this;
    const { jointBits, jointBelow } = group;
    const [first, second] = group.members.map((member) => this.restOf(member));
    const pair = this.locals.take("pair");
    printer.line(
      `const ${pair} = reader.symbol(${jointBookOf(this.model, group).name}, ${this.tables.ofPair(group)});`,
    );
    printer.either(
      `${pair} < ${4 ** jointBits}`,
      () => {
        printer.line(`${first!} = (${pair} >> ${jointBits}) - ${jointBelow};`);
        printer.line(`${second!} = (${pair} & ${2 ** jointBits - 1}) - ${jointBelow};`);
      },
      () => {
        for (const member of group.members) this.readMember(member, group);
      },
    );
  }

  private readMember(member: Member, group: FieldGroup): void {
    const table = this.tables.ofMember(member, group);
    this.printer.line(`${this.restOf(member)} = reader.residual(${memberBookName(this.model, member)}, ${table});`);
  }

  private unfold(member: Member): void {
    if (this.mode === "lagged" || member.history === undefined) return;
    const { turn, rest } = this.nameOf(member.int);
    this.printer.line(`${rest} = ${signed(`(${rest} ^ ${turn}) - ${turn}`, member.int)};`);
  }

  /** Prints what was read as a value, and puts it into the row. */
  private readValue(member: Member): void {
    const { printer } = this;
    const { int, stepState } = member;
    const { value, step, rest } = this.nameOf(int);
    const target = `rows[${place("at", int.index)}]`;
    if (member.velocity !== undefined) {
      const next = `${target}! + ${this.travel(member, "at")} + ${rest}`;
      printer.assign(`const ${value}`, raw(next, int));
      if (this.isMover(int)) printer.line(`const ${step} = ${signed(`${value} - ${target}!`, int)};`);
    } else {
      if (this.restOf(member) === rest) {
        printer.line(`const ${step} = ${signed(`states[${place("state", stepState!)}]! + ${rest}`, int)};`);
      }
      printer.line(`const ${value} = ${raw(`${target}! + ${step}`, int)};`);
    }
    printer.line(`${target} = ${value};`);
  }

  /** Prints the state that goes with the new row. */
  private remember(mask = "mask", restOf = (member: Member): string => this.restOf(member)): void {
    const { printer, model } = this;
    const { groups } = model;
    const activities = activityGroups(model).map((each, index) => {
      const steps = each.flatMap(({ members }) => members).filter(({ stepState }) => stepState !== undefined);
      const names = steps.map(({ int }) => this.nameOf(int).step);
      return shifted(anyOf(names), activityShift(model, index));
    });
    const histories = this.members().flatMap(({ int, history }) => {
      if (history === undefined) return [];
      const { rest } = this.nameOf(int);
      const shift = historyShift(model, history);
      const before = `((context >>> ${shift}) & 3) << 2`;
      return [`(((-${rest} >>> 31) | ((${rest} >>> 31) << 1) | (${before})) << ${shift})`];
    });
    const wide = groups
      .filter(({ kind }) => kind === "velocity")
      .map(({ members }) => shifted(isWide(members.map(restOf)), wideShift(model)));
    printer.joined("states[state]", [mask, ...activities, ...wide, ...histories], "|");
    for (const { int, stepState } of this.members()) {
      if (stepState !== undefined) printer.line(`states[${place("state", stepState)}] = ${this.nameOf(int).step};`);
    }
  }

  /** Prints the state as it would be with history: what its own mask would have said. */
  private derive(): void {
    const { printer } = this;
    const linear = this.members().filter(({ stepState }) => stepState !== undefined);
    const rests = new Map<Member, string>();
    for (const member of linear) {
      const { rest, step } = this.nameOf(member.int);
      printer.line(`const ${rest} = ${signed(`${step} - states[${place("state", member.stepState!)}]!`, member.int)};`);
      rests.set(member, rest);
    }
    const changed = this.locals.take("changed");
    const restOf = (member: Member): string => rests.get(member) ?? this.restOf(member);
    this.maskFrom(`const ${changed}`, restOf);
    this.remember(changed, restOf);
  }
}
