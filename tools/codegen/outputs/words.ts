import type { BitsType, EntityLayout, FieldLayout, FieldType, IntType, QuantizedMeaning, Size } from "../layout.ts";
import { isRest, sizeOfType } from "../layout.ts";
import { toText } from "../rational.ts";

/** A type as the schema writes it. At most one word of it names something of the schema. */
export interface TypeWords {
  readonly before: string;
  /** An enum, a struct or a union. */
  readonly link: string;
  readonly after: string;
}

export function typeWords(type: FieldType): TypeWords {
  switch (type.kind) {
    case "bool":
      return plain("bool");
    case "int":
      return plain(intText(type));
    case "float":
      return plain(`f${type.bits}`);
    case "enum":
    case "struct":
    case "union":
      return { before: "", link: type.of.name, after: "" };
    case "chars":
      return plain(`char[${type.count}]`);
    case "string":
    case "bytes":
      return plain(`${type.kind}<${type.bound}>${isRest(type) ? " [[rest]]" : ""}`);
    case "array":
      return behind(typeWords(type.element), `[${type.count}]`);
    case "list":
      return behind(typeWords(type.element), `<${type.bound}>`);
    case "optional": {
      const words = typeWords(type.of);
      return { ...words, before: `optional ${words.before}` };
    }
    case "bits":
      return bitsWords(type);
  }
}

export function typeText(type: FieldType): string {
  const { before, link, after } = typeWords(type);
  return before + link + after;
}

/** What values a field may have; empty where its type says it. */
export function rangeText(type: FieldType): string {
  switch (type.kind) {
    case "bool":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return "";
    case "int":
      return intRange(type.bits, type.isSigned);
    case "chars":
      return `at most ${type.count} bytes of UTF-8, filled up with NULs`;
    case "string":
      return `at most ${type.bound} bytes of UTF-8`;
    case "bytes":
      return `${isRest(type) ? "what is left of the message, " : ""}at most ${type.bound} bytes`;
    case "array":
      return `exactly ${type.count}`;
    case "list":
      return `at most ${type.bound}`;
    case "optional":
      return [rangeText(type.of), "or absent"].filter((text) => text !== "").join(", ");
    case "bits":
      return bitsRange(type);
  }
}

/** The marks of a field that do not change the bytes of a record. */
export function marksOf(field: FieldLayout): string[] {
  const { prediction } = field;
  return [
    field.since > 1 ? `since(${field.since})` : "",
    field.isConst ? "const" : "",
    field.isRare ? "rare" : "",
    field.isOwnerOnly ? "owner" : "",
    field.isInterpolated ? "interpolate" : "",
    prediction.kind === "linear" ? "predict(linear)" : "",
    prediction.kind === "velocity" ? `predict(${prediction.field})` : "",
  ].filter((mark) => mark !== "");
}

export function entityMarks({ since, priority }: EntityLayout): string[] {
  return [since > 1 ? `since(${since})` : "", priority === 1 ? "" : `priority(${priority})`].filter(
    (mark) => mark !== "",
  );
}

/** `4`, or `1 to 33`. */
export function sizeText({ min, max }: Size): string {
  return min === max ? String(max) : `${min} to ${max}`;
}

/** A field's size: `4 bytes`, `3 bits`. */
export function fieldSizeText(type: FieldType): string {
  if (type.kind === "bits") return type.width === 1 ? "1 bit" : `${type.width} bits`;
  const size = sizeOfType(type);
  return size.max === 1 ? `${sizeText(size)} byte` : `${sizeText(size)} bytes`;
}

/** `0 to 255`. */
export function intRange(bits: number, isSigned: boolean): string {
  const [min, max] = intBounds(bits, isSigned);
  return `${String(min)} to ${String(max)}`;
}

export function intBounds(bits: number, isSigned: boolean): readonly [bigint, bigint] {
  const values = 2n ** BigInt(bits);
  return isSigned ? [-values / 2n, values / 2n - 1n] : [0n, values - 1n];
}

/** `0 ≤ value < 4096, in steps of 1/16`. */
export function quantizedRange({ min, max, step }: QuantizedMeaning): string {
  return `${toText(min)} ≤ value < ${toText(max)}, in steps of ${toText(step)}`;
}

function bitsWords({ width, meaning }: BitsType): TypeWords {
  switch (meaning.kind) {
    case "bool":
    case "angle":
      return plain(`${meaning.kind} : ${width}`);
    case "int":
      return plain(`${meaning.isSigned ? "i" : "u"}${width <= 8 ? 8 : width <= 16 ? 16 : 32} : ${width}`);
    case "enum":
      return { before: "", link: meaning.of.name, after: ` : ${width}` };
    case "quantized":
      return plain(`quantize(${[meaning.min, meaning.max, meaning.step].map(toText).join(", ")})`);
  }
}

function bitsRange({ width, meaning }: BitsType): string {
  switch (meaning.kind) {
    case "bool":
    case "enum":
      return "";
    case "int":
      return intRange(width, meaning.isSigned);
    case "angle":
      return `0 to ${2 ** width - 1}: steps of a full turn`;
    case "quantized":
      return quantizedRange(meaning);
  }
}

function intText({ bits, isSigned }: IntType): string {
  return `${isSigned ? "i" : "u"}${bits}`;
}

function plain(text: string): TypeWords {
  return { before: text, link: "", after: "" };
}

function behind(words: TypeWords, text: string): TypeWords {
  return { ...words, after: words.after + text };
}
