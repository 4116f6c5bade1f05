import type {
  BitRun,
  BitsType,
  ElementType,
  FieldLayout,
  MessageLayout,
  PlacedPart,
  QuantizedMeaning,
  RecordLayout,
  UnionLayout,
  ValueSlice,
  WholeType,
} from "../layout.ts";
import { isFixed, isRest, placedParts, sizeOfType, takesRest } from "../layout.ts";
import { cDouble, cIntType, cName, type Macros, memberNames } from "../outputs/c-names.ts";
import { cComment } from "../outputs/comment.ts";
import { rangeText } from "../outputs/words.ts";
import type { TextPrinter } from "../outputs/text-printer.ts";
import { isExact, multiply, rational } from "../rational.ts";

/** A member of a C struct: what stands in front of its name and behind it. */
interface Declarator {
  readonly type: string;
  readonly suffix: string;
}

/** Prints records, each behind those that it is made of. */
export class CRecords {
  private readonly printer: TextPrinter;
  private readonly macros: Macros;
  private readonly done = new Set<string>();

  constructor(printer: TextPrinter, macros: Macros) {
    this.printer = printer;
    this.macros = macros;
  }

  emit(record: RecordLayout | UnionLayout): void {
    if (this.done.has(record.name)) return;
    this.done.add(record.name);
    for (const part of partsInside(record)) this.emit(part);
    if ("opcode" in record) this.emitOpcode(record as MessageLayout);
    if (record.kind === "union" && hasFixedSize(record)) this.emitUnion(record);
    else if (record.kind !== "union" && isStruct(record)) this.emitStruct(record);
    else this.emitApology(record);
    this.printer.line();
  }

  private emitOpcode({ name, opcode }: MessageLayout): void {
    this.printer.line(`#define ${this.macros.take(name, "OPCODE")} ${opcode}`);
  }

  private emitApology({ kind, name, bytesMin, bytesMax }: RecordLayout | UnionLayout): void {
    this.printer.line(`/* The ${kind} ${name} takes ${bytesMin} to ${bytesMax} bytes, which no C struct can say. */`);
  }

  private emitStruct(record: RecordLayout): void {
    const names = namesOf(record);
    const placed = placedParts(record);
    this.printer.doc(cComment(record.doc));
    this.printer.block(
      `struct ${cName(record.name)} {`,
      () => {
        if (record.kind === "message") this.printer.line("uint8_t opcode;");
        placed.forEach(({ part }, index) => {
          if (part.kind === "whole") this.emitMember(part.field, declaratorOf(part.field.type), names);
          else this.emitRun(part, placed[index - 1], names);
        });
      },
      "};",
    );
    this.emitAsserts(record, placed, names);
    for (const field of record.fields) this.emitConversions(record, field);
  }

  private emitRun(run: BitRun, before: PlacedPart | undefined, names: ReadonlyMap<FieldLayout, string>): void {
    // Two runs meet where a version begins; C would go on in the same byte.
    if (before?.part.kind === "run") this.printer.line("__extension__ unsigned char : 0;");
    for (const slice of run.slices) {
      if (slice.kind === "value") this.emitMember(slice.field, bitsDeclarator(slice), names);
    }
  }

  private emitMember(field: FieldLayout, { type, suffix }: Declarator, names: ReadonlyMap<FieldLayout, string>): void {
    this.printer.doc(memberDoc(field));
    this.printer.line(`${type} ${names.get(field)!}${suffix};`);
  }

  private emitAsserts(
    record: RecordLayout,
    placed: readonly PlacedPart[],
    names: ReadonlyMap<FieldLayout, string>,
  ): void {
    const tag = `struct ${cName(record.name)}`;
    const rest = record.fields.find(({ type }) => isRest(type));
    const behind = rest === undefined ? "" : ` in front of its ${rest.name}`;
    this.printer.line(
      assertion(`sizeof(${tag})`, record.bytesMin, `${record.name} takes ${bytesText(record.bytesMin)}${behind}`),
    );
    for (const { part, offset } of placed) {
      if (part.kind === "run") continue;
      const name = names.get(part.field)!;
      const text = `${record.name}.${part.field.name} stands at byte ${offset}`;
      this.printer.line(assertion(`offsetof(${tag}, ${name})`, offset, text));
    }
  }

  /** Prints what a bit field's raw number means: macros from and to the value. */
  private emitConversions(record: RecordLayout, { name, type }: FieldLayout): void {
    if (type.kind !== "bits") return;
    if (type.meaning.kind === "angle") {
      this.printer.line(`#define ${this.macros.take(record.name, name, "STEPS")} ${2 ** type.width}`);
    }
    if (type.meaning.kind !== "quantized") return;
    const { meaning } = type;
    const perUnit = rational(meaning.step.denominator, meaning.step.numerator);
    const range = `${cDouble(meaning.min)}, ${cDouble(perUnit)}, ${meaning.values - 1}u`;
    this.printer.line(
      `#define ${this.macros.take(record.name, name, "RAW")}(value) tickwire_quantize((value), ${range})`,
    );
    this.printer.line(`#define ${this.macros.take(record.name, name, "VALUE")}(raw) (${quantizedValue(meaning)})`);
  }

  private emitUnion(union: UnionLayout): void {
    const names = memberNames(union.variants.map(({ name }) => name));
    const tag = `struct ${cName(union.name)}`;
    this.printer.doc(cComment(union.doc));
    const emitVariants = (): void => {
      union.variants.forEach((variant, index) => {
        this.printer.doc(cComment(variant.doc));
        this.printer.line(`${elementType(variant.type)} ${names[index]!};`);
      });
    };
    const emitBody = (): void => {
      this.printer.line(`${cIntType(union.base)} tag;`);
      this.printer.block("union {", emitVariants, "} value;");
    };
    this.printer.block(`${tag} {`, emitBody, "};");
    this.printer.line(assertion(`sizeof(${tag})`, union.bytesMax, `${union.name} takes ${bytesText(union.bytesMax)}`));
    for (const { name, tag: value } of union.variants) {
      this.printer.line(`#define ${this.macros.take(union.name, name, "TAG")} ${value}`);
    }
  }
}

/** The schema's words, and what C's type does not say of the values. */
function memberDoc({ doc, type }: FieldLayout): string {
  const range = type.kind === "bits" || type.kind === "chars" || isRest(type) ? rangeText(type) : "";
  const sentence = range === "" ? "" : `${range[0]!.toUpperCase()}${range.slice(1)}.`;
  return [cComment(doc), sentence].filter((text) => text !== "").join("\n");
}

/** Records that must be complete before this one. */
function partsInside(record: RecordLayout | UnionLayout): (RecordLayout | UnionLayout)[] {
  const types =
    record.kind === "union" ? record.variants.map(({ type }) => type) : record.fields.map(({ type }) => type);
  return types.flatMap((type) => {
    const element = type.kind === "array" || type.kind === "list" ? type.element : type;
    return element.kind === "struct" || element.kind === "union" ? [element.of] : [];
  });
}

/** Whether C can say the record: it has one size, or one in front of the rest, which is an array of any length to C. */
function isStruct(record: RecordLayout): boolean {
  return isFixed(record) || (takesRest(record) && placedParts(record).length === record.parts.length);
}

function hasFixedSize(record: RecordLayout | UnionLayout): boolean {
  return record.kind === "union" ? record.bytesMin === record.bytesMax : isFixed(record);
}

function namesOf(record: RecordLayout): ReadonlyMap<FieldLayout, string> {
  const first = record.kind === "message" ? ["opcode"] : [];
  const names = memberNames(
    record.fields.map(({ name }) => name),
    ...first,
  );
  return new Map(record.fields.map((field, index) => [field, names[index]!]));
}

function declaratorOf(type: WholeType): Declarator {
  switch (type.kind) {
    case "chars":
      return { type: "char", suffix: `[${type.count}]` };
    case "array":
      return { type: elementType(type.element), suffix: `[${type.count}]` };
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return { type: elementType(type), suffix: "" };
    case "bytes":
      if (isRest(type)) return { type: "uint8_t", suffix: "[]" };
      throw new Error("a record of fixed size holds bytes");
    case "list":
    case "string":
    case "optional":
      throw new Error(`a record of fixed size holds a ${type.kind}, of ${sizeOfType(type).max} bytes at most`);
  }
}

function elementType(type: ElementType): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "int":
      return cIntType(type);
    case "float":
      return type.bits === 32 ? "float" : "double";
    case "enum":
      return cName(type.of.name);
    case "struct":
    case "union":
      return `struct ${cName(type.of.name)}`;
  }
}

/** ISO C has bit fields of bool and of the two kinds of int only. */
function bitsDeclarator({ width, field }: ValueSlice): Declarator {
  return { type: bitsType(field.type), suffix: ` : ${width}` };
}

function bitsType({ meaning }: BitsType): string {
  switch (meaning.kind) {
    case "bool":
      return "bool";
    case "int":
      return meaning.isSigned ? "signed int" : "unsigned int";
    case "enum":
      return meaning.of.base.isSigned ? "signed int" : "unsigned int";
    case "angle":
    case "quantized":
      return "unsigned int";
  }
}

/** The value of `raw`, as the printed TypeScript works it out. */
function quantizedValue({ min, step }: QuantizedMeaning): string {
  const raw = "(double)(raw)";
  const scaled = isExact(step)
    ? `${raw} * ${cDouble(step)}`
    : `${raw} * ${cDouble(rational(step.numerator))} / ${cDouble(rational(step.denominator))}`;
  if (min.numerator === 0n) return scaled;
  return min.numerator < 0n ? `${scaled} - ${cDouble(multiply(min, rational(-1n)))}` : `${scaled} + ${cDouble(min)}`;
}

function bytesText(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${bytes} bytes`;
}

function assertion(what: string, bytes: number, text: string): string {
  return `_Static_assert(${what} == ${bytes}, "${text}");`;
}
