import type { BitsType, ElementType, FieldType, IntType, RecordLayout, UnionLayout } from "../layout.ts";
import { toNumber } from "../rational.ts";
import { intBounds } from "./words.ts";

/** 0 ≤ number < 1. */
export type Random = () => number;

export type RecordValue = Record<string, unknown>;

/** How often a number is one of its range's ends. */
const EDGE_SHARE = 0.2;
const LIST_LENGTH_MAX = 12;
/** 1, 2, 3 and 4 bytes of UTF-8. */
const CHARACTERS = ["a", "Z", "~", " ", "é", "ß", "字", "€", "😀", "𝛑"] as const;

/** A value of a record that its encoder takes as it is; numbers come with their ranges' ends among them. */
export function randomRecord({ fields }: RecordLayout, random: Random): RecordValue {
  return Object.fromEntries(fields.map(({ name, type }) => [name, randomValue(type, random)]));
}

export function randomValue(type: FieldType, random: Random): unknown {
  switch (type.kind) {
    case "bits":
      return randomBits(type, random);
    case "optional":
      return random() < 0.5 ? undefined : randomValue(type.of, random);
    case "chars":
      return randomText(type.count, random);
    case "string":
      return randomText(Math.floor(random() * (Math.min(type.bound, 60) + 1)), random);
    case "bytes":
      return Uint8Array.from({ length: Math.min(type.bound, below(40, random)) }, () => below(256, random));
    case "array":
      return Array.from({ length: type.count }, () => randomElement(type.element, random));
    case "list": {
      const length = below(Math.min(type.bound, LIST_LENGTH_MAX) + 1, random);
      return Array.from({ length }, () => randomElement(type.element, random));
    }
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return randomElement(type, random);
  }
}

function randomElement(type: ElementType, random: Random): unknown {
  switch (type.kind) {
    case "bool":
      return random() < 0.5;
    case "int":
      return randomInt(type, random);
    case "float": {
      const value = (random() - 0.5) * 2 ** below(60, random);
      return type.bits === 32 ? Math.fround(value) : value;
    }
    case "enum":
      return type.of.members[below(type.of.members.length, random)]!.value;
    case "struct":
      return randomRecord(type.of, random);
    case "union":
      return randomUnion(type.of, random);
  }
}

function randomUnion({ variants }: UnionLayout, random: Random): RecordValue {
  const variant = variants[below(variants.length, random)]!;
  return { type: variant.name, value: randomElement(variant.type, random) };
}

function randomInt({ bits, isSigned }: IntType, random: Random): number | bigint {
  if (bits !== 64) return wholeNumber(bits, isSigned, random);
  const [min, max] = intBounds(64, isSigned);
  if (random() < EDGE_SHARE) return random() < 0.5 ? min : max;
  return min + (BigInt(below(2 ** 32, random)) << 32n) + BigInt(below(2 ** 32, random));
}

function randomBits({ width, meaning }: BitsType, random: Random): unknown {
  switch (meaning.kind) {
    case "bool":
      return random() < 0.5;
    case "int":
      return wholeNumber(width, meaning.isSigned, random);
    case "angle":
      return wholeNumber(width, false, random);
    case "enum":
      return meaning.of.members[below(meaning.of.members.length, random)]!.value;
    case "quantized": {
      const [min, step] = [toNumber(meaning.min), toNumber(meaning.step)];
      const raw = random() < EDGE_SHARE ? (random() < 0.5 ? 0 : meaning.values - 1) : random() * (meaning.values - 1);
      return min + raw * step;
    }
  }
}

/** A whole number of up to 32 bits. */
function wholeNumber(bits: number, isSigned: boolean, random: Random): number {
  const min = isSigned ? -(2 ** (bits - 1)) : 0;
  if (random() < EDGE_SHARE) return random() < 0.5 ? min : min + 2 ** bits - 1;
  return min + below(2 ** bits, random);
}

/** Text of at most `bytesMax` bytes of UTF-8. */
function randomText(bytesMax: number, random: Random): string {
  let [text, left] = ["", bytesMax];
  for (;;) {
    const character = CHARACTERS[below(CHARACTERS.length, random)]!;
    left -= Buffer.byteLength(character);
    if (left < 0) return text;
    text += character;
  }
}

function below(end: number, random: Random): number {
  return Math.floor(random() * end);
}
