import type {
  BitRun,
  BitSlice,
  BoundedType,
  ElementType,
  FieldLayout,
  PlacedPart,
  RecordLayout,
  RestType,
  WholeType,
} from "../layout.ts";
import { isFixed, isRest, placedParts, sinceOf, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import { boolOf, emitRunWords, emitSliceRead } from "./bit-run.ts";
import type { EmitContext } from "./context.ts";
import { elementTypeText, intRead, rawRead, typeText } from "./elements.ts";
import type { Place } from "./place.ts";
import { after, at, Locals } from "./place.ts";
import type { Printer } from "./printer.ts";
import { docOf } from "./types.ts";

/** What a reader is made of itself: fields of these names have no getter. */
const OWN_NAMES = ["bytes", "offset"];

/** Prints `XReader`, which reads the fields at fixed places when they are asked for. */
export function emitReader(printer: Printer, record: RecordLayout, context: EmitContext): void {
  const placed = placedParts(record).filter(({ part }) => sinceOf(part) <= context.layout.versionMin);
  const name = naming.readerOf(record.name);
  printer.line();
  printer.doc(readerDoc(record));
  const body = (): void => {
    emitConstruction(printer);
    for (const each of placed) new GetterPrinter(printer, record, context).part(each);
  };
  printer.block(`export ${printer.dialect === "dts" ? "declare " : ""}class ${name}`, body);
}

function readerDoc(record: RecordLayout): string {
  return `Reads one ${record.name} where it stands, field by field. It checks no lengths: ${record.bytesMin} bytes have to be there.${limitOf(record)}`;
}

/** What a reader cannot say of its record. */
function limitOf(record: RecordLayout): string {
  if (isFixed(record)) return "";
  const last = placedParts(record).at(-1)?.part;
  if (last?.kind !== "whole" || !isRest(last.field.type)) {
    return "\nWhat stands behind the first field of variable size is not in it.";
  }
  return `\nIts ${last.field.name} goes on to the end of the bytes.`;
}

function emitConstruction(printer: Printer): void {
  printer.types(() => {
    printer.line("bytes: Uint8Array;");
    printer.line("/** May be moved on, to the next one. */");
    printer.line("offset: number;");
    printer.line();
  });
  const parameters = [
    { name: "bytes", type: "Uint8Array" },
    { name: "offset", type: "number", byDefault: "0" },
  ];
  printer.method({ name: "constructor", parameters, returns: "" }, () => {
    printer.line("this.bytes = bytes;");
    printer.line("this.offset = offset;");
  });
}

/** Prints the getters of one part. */
class GetterPrinter {
  private readonly printer: Printer;
  private readonly record: RecordLayout;
  private readonly context: EmitContext;

  constructor(printer: Printer, record: RecordLayout, context: EmitContext) {
    this.printer = printer;
    this.record = record;
    this.context = context;
  }

  part({ part, offset }: PlacedPart): void {
    const place: Place = { base: "offset", shift: offset };
    if (part.kind === "run") {
      for (const slice of part.slices) this.slice(slice, place);
    } else if (!OWN_NAMES.includes(part.field.name)) {
      this.whole(part.field, part.field.type, place);
    }
  }

  private slice(slice: BitSlice, start: Place): void {
    const { field, bitOffset } = slice;
    if (OWN_NAMES.includes(field.name)) return;
    const place = after(start, Math.floor(bitOffset / 8));
    const alone = { ...slice, bitOffset: bitOffset % 8 };
    const bytes = Math.ceil((alone.bitOffset + slice.width) / 8);
    const run: BitRun = { kind: "run", bytes, slices: [alone], since: 1 };
    if (alone.kind === "presence") {
      const name = `has${naming.upperFirst(field.name)}`;
      if (this.isTaken(name)) return;
      this.getter(name, "boolean", `Whether ${field.name} is there.`, (locals) => {
        return boolOf(alone, emitRunWords(this.printer, run, place, locals));
      });
      return;
    }
    const { meaning, width } = alone.field.type;
    const mayFail = meaning.kind === "enum" || (meaning.kind === "quantized" && meaning.values < 2 ** width);
    this.getter(field.name, `${typeText(field.type)}${mayFail ? " | undefined" : ""}`, docOf(field), (locals) => {
      const words = emitRunWords(this.printer, run, place, locals);
      return emitSliceRead(this.printer, alone, words, "boolean", "return undefined;", locals);
    });
  }

  private whole(field: FieldLayout, type: WholeType, place: Place): void {
    switch (type.kind) {
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "struct":
      case "union":
        this.element(field, type, place);
        return;
      case "chars":
        this.getter(field.name, "string | undefined", docOf(field), () => {
          return `readChars(bytes, ${at(place)}, ${type.count})`;
        });
        return;
      case "array":
        this.array(field, type.element, type.count, place);
        return;
      case "list":
        this.list(field.name, type.prefixBytes, place);
        return;
      case "string":
      case "bytes":
        if (isRest(type)) this.rest(field, type, place);
        else this.text(field, type, place);
        return;
      case "optional":
        return;
    }
  }

  private element(field: FieldLayout, type: ElementType, place: Place): void {
    const text = elementTypeText(type);
    if (type.kind === "struct") {
      const reader = naming.readerOf(type.of.name);
      this.getter(field.name, reader, docOf(field), () => `new ${reader}(bytes, ${at(place)})`);
      return;
    }
    const mayFail = type.kind === "enum" || type.kind === "union";
    this.getter(field.name, mayFail ? `${text} | undefined` : text, docOf(field), (locals) => {
      const raw = rawRead(type, place);
      if (type.kind === "bool") return `${raw} !== 0`;
      if (type.kind !== "enum") return raw;
      const name = locals.take("raw");
      this.printer.assign(`const ${name}`, raw);
      return `${naming.guardOf(type.of.name)}(${name}) ? ${name} : undefined`;
    });
  }

  private array(field: FieldLayout, element: ElementType, count: number, place: Place): void {
    const { min: stride, max } = sizeOfType(element);
    if (stride !== max) return;
    const index = { name: "index", type: "number" };
    const isStruct = element.kind === "struct";
    const mayFail = element.kind === "enum" || element.kind === "union";
    const result = isStruct ? naming.readerOf(element.of.name) : elementTypeText(element);
    const signature = { name: field.name, parameters: [index], returns: mayFail ? `${result} | undefined` : result };
    this.printer.line();
    this.printer.doc([field.doc, `\`index\` is 0 to ${count - 1}.`].filter((text) => text !== "").join("\n"));
    this.printer.method(signature, () => {
      this.printer.line("const { bytes, offset } = this;");
      this.printer.line(`const at = ${at(place)} + index${stride === 1 ? "" : ` * ${stride}`};`);
      const raw = rawRead(element, { base: "at", shift: 0 });
      if (isStruct) {
        this.printer.line(`return new ${result}(bytes, at);`);
      } else if (element.kind === "enum") {
        this.printer.assign("const raw", raw);
        this.printer.line(`return ${naming.guardOf(element.of.name)}(raw) ? raw : undefined;`);
      } else {
        this.printer.line(`return ${element.kind === "bool" ? `${raw} !== 0` : raw};`);
      }
    });
  }

  private list(name: string, prefixBytes: 1 | 2 | 4, place: Place): void {
    const [count, offset] = [`${name}Count`, `${name}Offset`];
    if (!this.isTaken(count)) {
      const bits = prefixBytes === 1 ? 8 : prefixBytes === 2 ? 16 : 32;
      this.getter(count, "number", `How many elements ${name} says it has.`, () =>
        intRead({ kind: "int", bits, isSigned: false }, place),
      );
    }
    if (this.isTaken(offset)) return;
    this.getter(offset, "number", `Where the elements of ${name} start.`, () => at(place, prefixBytes), false);
  }

  private text(field: FieldLayout, type: BoundedType & { kind: "string" | "bytes" }, place: Place): void {
    const bits = type.prefixBytes === 1 ? 8 : type.prefixBytes === 2 ? 16 : 32;
    this.getter(field.name, `${typeText(type)} | undefined`, docOf(field), (locals) => {
      const [length, end] = [locals.take("length"), locals.take("end")];
      this.printer.line(`const ${length} = ${intRead({ kind: "int", bits, isSigned: false }, place)};`);
      this.printer.line(`const ${end} = ${at(place, type.prefixBytes)} + ${length};`);
      this.printer.line(`if (${length} > ${type.bound} || ${end} > bytes.length) return undefined;`);
      const range = `${at(place, type.prefixBytes)}, ${end}`;
      return type.kind === "string" ? `readText(bytes, ${range})` : `bytes.subarray(${range})`;
    });
  }

  private rest(field: FieldLayout, { bound }: RestType, place: Place): void {
    this.getter(field.name, "Uint8Array | undefined", docOf(field), () => {
      this.printer.guard(`${at(place)} > bytes.length || bytes.length > ${at(place, bound)}`, "return undefined");
      return `bytes.subarray(${at(place)})`;
    });
  }

  /** `value` prints what it needs, and returns an expression. */
  private getter(name: string, type: string, doc: string, value: (locals: Locals) => string, readsBytes = true): void {
    this.printer.line();
    this.printer.getter(name, type, doc, () => {
      this.printer.line(readsBytes ? "const { bytes, offset } = this;" : "const { offset } = this;");
      this.printer.line(`return ${value(new Locals(this.context.taken, ["bytes", "offset"]))};`);
    });
  }

  private isTaken(name: string): boolean {
    return this.record.fields.some((field) => field.name === name);
  }
}
