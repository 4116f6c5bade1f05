import type {
  BitRun,
  ElementType,
  EnumLayout,
  FieldLayout,
  Part,
  PresentType,
  RecordLayout,
  RestType,
  SchemaLayout,
  UnionLayout,
  ValueSlice,
} from "../layout.ts";
import { isRest, sinceOf, sizeOfType } from "../layout.ts";
import type { Abbreviations } from "../outputs/abbreviations.ts";
import { lowerSnake, recordsOf } from "../outputs/abbreviations.ts";
import { plainLine } from "../outputs/comment.ts";
import { luaDouble, luaString } from "../outputs/lua.ts";
import type { TextPrinter } from "../outputs/text-printer.ts";
import { rational } from "../rational.ts";
import type { ProtoFields } from "./wireshark-fields.ts";
import { shownAs } from "./wireshark-fields.ts";

/** Prints the names of an enum's members, and a reader for each record of one schema. */
export class LuaRecords {
  private readonly printer: TextPrinter;
  private readonly layout: SchemaLayout;
  private readonly abbreviations: Abbreviations;
  private readonly fields: ProtoFields;
  /** What is inside of a bytes field, by the field's own name: a reader as a Lua expression. */
  private readonly insides: ReadonlyMap<string, string>;

  constructor(
    printer: TextPrinter,
    layout: SchemaLayout,
    abbreviations: Abbreviations,
    fields: ProtoFields,
    insides: ReadonlyMap<string, string>,
  ) {
    this.printer = printer;
    this.layout = layout;
    this.abbreviations = abbreviations;
    this.fields = fields;
    this.insides = insides;
  }

  emit(): void {
    for (const record of recordsOf(this.layout)) {
      if (record.kind === "union") this.emitUnion(record);
      else this.emitRecord(record);
      this.printer.line();
    }
  }

  /** The Lua table with the names of an enum's members. */
  private readonly namesOf = (of: EnumLayout): string => `names["${enumKey(this.layout, of)}"]`;

  private emitRecord(record: RecordLayout): void {
    const key = this.abbreviations.record(this.layout, record.name);
    this.printer.line(`-- ${record.kind} ${record.name}`);
    const emitBody = (): void => {
      if (record.fields.some(({ type }) => type.kind === "optional")) this.printer.line("local has = {}");
      let { since } = record;
      for (const part of record.parts) {
        if (sinceOf(part) > since && record.kind === "message") {
          since = sinceOf(part);
          this.printer.line(`if at == buf:len() then return at end -- from a peer older than version ${since}`);
        }
        this.emitPart(part, record, key);
      }
      this.printer.line("return at");
    };
    this.printer.block(`read["${key}"] = function(buf, at, tree)`, emitBody, "end");
  }

  private emitPart(part: Part, record: RecordLayout, key: string): void {
    if (part.kind === "run") {
      this.emitRun(part, record, key);
      return;
    }
    const { field } = part;
    const { type } = field;
    if (type.kind !== "optional") {
      this.printer.line(`at = ${this.call(type, this.field(key, field), key, field)}`);
      return;
    }
    const emitValue = (): void => {
      this.printer.line(`at = ${this.call(type.of, this.field(key, field), key, field)}`);
    };
    this.printer.block(`if has["${field.name}"] then`, emitValue, "end");
  }

  private emitRun(run: BitRun, record: RecordLayout, key: string): void {
    this.printer.line(`need(buf, at, ${run.bytes}, tree, "the bits of ${record.name}")`);
    for (const slice of run.slices) {
      if (slice.kind === "value") this.emitSlice(slice, key);
      else this.printer.line(`has["${slice.field.name}"] = bits(buf, at, ${slice.bitOffset}, 1) == 1`);
    }
    this.printer.line(`at = at + ${run.bytes}`);
  }

  private emitSlice({ field, bitOffset, width }: ValueSlice, key: string): void {
    const shown = this.field(key, field);
    const place = `buf, at, ${bitOffset}, ${width}, tree, ${shown}`;
    const { meaning } = field.type;
    switch (meaning.kind) {
      case "bool":
        this.printer.line(`show_flag(buf, at, ${bitOffset}, tree, ${shown})`);
        break;
      case "int":
        this.printer.line(`show_bits(${place}, ${meaning.isSigned})`);
        break;
      case "enum":
        this.printer.line(`show_member(${place}, ${meaning.of.base.isSigned}, ${this.namesOf(meaning.of)})`);
        break;
      case "angle":
        this.printer.line(`show_angle(${place})`);
        break;
      case "quantized": {
        const { min, step, values } = meaning;
        const ratio = `${luaDouble(rational(step.numerator))}, ${luaDouble(rational(step.denominator))}`;
        this.printer.line(`show_quantized(${place}, ${values}, ${luaDouble(min)}, ${ratio})`);
      }
    }
  }

  private emitUnion(union: UnionLayout): void {
    const key = this.abbreviations.record(this.layout, union.name);
    const variants = union.variants.map(({ name, tag }) => `[${tag}] = ${luaString(name)}`).join(", ");
    const tag = this.fields.add(
      this.abbreviations.inside(key, "tag"),
      "tag",
      { type: `UINT${union.base.bits}`, names: `{ ${variants} }` },
      plainLine(union.doc),
    );
    this.printer.line(`-- union ${union.name}`);
    const emitBody = (): void => {
      this.printer.line(`local behind = number(buf, at, tree, ${tag}, ${union.base.bits / 8})`);
      this.printer.line(`local tag = buf(at, ${union.base.bits / 8}):le_uint()`);
      for (const variant of union.variants) {
        const shown = this.add(key, variant.name, variant.type, variant.doc);
        this.printer.line(`if tag == ${variant.tag} then return (${this.element(variant.type, shown, "behind")}) end`);
      }
      this.printer.line(`fail(buf, at, tree, string.format("%d is no variant of ${union.name}", tag))`);
    };
    this.printer.block(`read["${key}"] = function(buf, at, tree)`, emitBody, "end");
  }

  private field(key: string, { name, type, doc }: FieldLayout): string {
    return this.add(key, name, type, doc);
  }

  private add(key: string, name: string, type: FieldLayout["type"], doc: string): string {
    return this.fields.add(this.abbreviations.inside(key, name), name, shownAs(type, this.namesOf), plainLine(doc));
  }

  /** What is shown of each element: a record under its own name, all else under the field's. */
  private item(key: string, name: string, type: ElementType): string {
    const label = type.kind === "struct" || type.kind === "union" ? type.of.name : name;
    return this.fields.add(this.abbreviations.inside(key, "item"), label, shownAs(type, this.namesOf), "");
  }

  /** The call that reads a field. */
  private call(type: PresentType | RestType, shown: string, key: string, { name }: FieldLayout): string {
    switch (type.kind) {
      case "chars":
        return `chars(buf, at, tree, ${shown}, ${type.count})`;
      case "string":
        return `text(buf, at, tree, ${shown}, ${type.prefixBytes}, ${type.bound})`;
      case "bytes": {
        const inside = this.insides.get(`${key}.${lowerSnake(name)}`);
        const behind = inside === undefined ? "" : `, ${inside}`;
        if (isRest(type)) return `rest(buf, at, tree, ${shown}, ${type.bound}${behind})`;
        return `blob(buf, at, tree, ${shown}, ${type.prefixBytes}, ${type.bound}${behind})`;
      }
      case "array":
      case "list": {
        const item = this.item(`${key}.${lowerSnake(name)}`, name, type.element);
        const shape = type.kind === "array" ? `${type.count}` : `${type.prefixBytes}, ${type.bound}`;
        const element = `function(buf, at, tree) return ${this.element(type.element, item)} end`;
        return `${type.kind}(buf, at, tree, ${shown}, ${shape}, ${sizeOfType(type.element).min}, ${element})`;
      }
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "struct":
      case "union":
        return this.element(type, shown);
    }
  }

  /** The call that reads an element; it also returns what is shown. */
  private element(type: ElementType, shown: string, at = "at"): string {
    const place = `buf, ${at}, tree, ${shown}`;
    switch (type.kind) {
      case "bool":
        return `flag(${place})`;
      case "int":
      case "float":
        return `number(${place}, ${type.bits / 8})`;
      case "enum":
        return `member(${place}, ${type.of.base.bits / 8}, ${type.of.base.isSigned}, ${this.namesOf(type.of)})`;
      case "struct":
      case "union":
        // The reader is looked up when it is needed: it may stand further down.
        return `record(${place}, read["${this.abbreviations.record(this.layout, type.of.name)}"])`;
    }
  }
}

/** The lines of a Lua table with the names of all enums' members. */
export function enumLines(layout: SchemaLayout): string[] {
  return layout.enums.map((of) => {
    const members = of.members.map(({ name, value }) => `[${value}] = ${luaString(name)}`);
    return `["${enumKey(layout, of)}"] = { ${members.join(", ")} },`;
  });
}

function enumKey(layout: SchemaLayout, { name }: EnumLayout): string {
  return `${lowerSnake(layout.name)}.${name}`;
}
