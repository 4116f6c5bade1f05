import { bigRangeOf, intRangeOf } from "./check/scalars.ts";
import type { BitsType, ElementType, FieldType, RecordLayout, UnionLayout } from "./layout.ts";
import { toNumber } from "./rational.ts";

/** A number from 0 up to and without `below`. */
export type Draw = (below: number) => number;

/** Draws of a seed: the same ones on every machine. */
export function drawsOf(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const CHARACTERS = ["a", "Z", "7", " ", "ë", "ñ", "€", "星", "😀", "\u{10ffff}", "\u0001", "\ufeff"];
const FLOATS = [0, -0, 1, -1.5, 0.1, NaN, Infinity, -Infinity, 2 ** -149, 3.4e38, 1e-310, 2 ** 53 + 2];
/** Lists are not filled to the brim each time: there would be time for nothing else. */
const ELEMENTS_MAX = 40;

/** A value of a record that the wire can say exactly; ends of ranges come often. */
export function sampleOf(record: RecordLayout, draw: Draw): Record<string, unknown> {
  return Object.fromEntries(record.fields.map(({ name, type }) => [name, fieldSample(type, draw)]));
}

/** A value of a union that the wire can say exactly. */
export function unionSampleOf({ variants }: UnionLayout, draw: Draw): { type: string; value: unknown } {
  const { name, type } = variants[draw(variants.length)]!;
  return { type: name, value: elementSample(type, draw) };
}

function fieldSample(type: FieldType, draw: Draw): unknown {
  switch (type.kind) {
    case "optional":
      return draw(2) === 0 ? undefined : fieldSample(type.of, draw);
    case "bits":
      return bitsSample(type, draw);
    case "array":
      return Array.from({ length: type.count }, () => elementSample(type.element, draw));
    case "list":
      return Array.from({ length: countOf(type.bound, draw) }, () => elementSample(type.element, draw));
    case "bytes":
      return Uint8Array.from({ length: countOf(type.bound, draw) }, () => draw(256));
    case "string":
      return textSample(type.bound, draw);
    case "chars":
      return textSample(type.count, draw);
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return elementSample(type, draw);
  }
}

function elementSample(type: ElementType, draw: Draw): unknown {
  switch (type.kind) {
    case "bool":
      return draw(2) === 1;
    case "int":
      return type.bits === 64 ? bigSample(type.isSigned, draw) : wholeSample(type.bits, type.isSigned, draw);
    case "float": {
      const value = draw(3) === 0 ? FLOATS[draw(FLOATS.length)]! : (draw(2 ** 32) - 2 ** 31) / 1024;
      return type.bits === 32 ? Math.fround(value) : value;
    }
    case "enum":
      return type.of.members[draw(type.of.members.length)]!.value;
    case "struct":
      return sampleOf(type.of, draw);
    case "union":
      return unionSampleOf(type.of, draw);
  }
}

function bitsSample({ meaning, width }: BitsType, draw: Draw): unknown {
  switch (meaning.kind) {
    case "bool":
      return draw(2) === 1;
    case "int":
      return wholeSample(width, meaning.isSigned, draw);
    case "angle":
      return wholeSample(width, false, draw);
    case "enum":
      return meaning.of.members[draw(meaning.of.members.length)]!.value;
    case "quantized": {
      const raw = [0, meaning.values - 1, draw(meaning.values)][draw(3)]!;
      const [numerator, denominator] = [Number(meaning.step.numerator), Number(meaning.step.denominator)];
      return (raw * numerator) / denominator + toNumber(meaning.min);
    }
  }
}

function wholeSample(bits: number, isSigned: boolean, draw: Draw): number {
  const { min, max } = intRangeOf(bits, isSigned);
  return [min, max, min + draw(max - min + 1), min + draw(max - min + 1)][draw(4)]!;
}

function bigSample(isSigned: boolean, draw: Draw): bigint {
  const { min, max } = bigRangeOf(64, isSigned);
  const any = (BigInt(draw(2 ** 32)) << 32n) | BigInt(draw(2 ** 32));
  return [min, max, isSigned ? BigInt.asIntN(64, any) : any][draw(3)]!;
}

function countOf(bound: number, draw: Draw): number {
  const most = Math.min(bound, ELEMENTS_MAX);
  return draw(6) === 0 ? most : draw(most + 1);
}

/** Text of at most `bytesMax` bytes of UTF-8. */
function textSample(bytesMax: number, draw: Draw): string {
  const encoder = new TextEncoder();
  const wanted = draw(4) === 0 ? bytesMax : draw(Math.min(bytesMax, 60) + 1);
  const isAscii = draw(2) === 0;
  let text = "";
  let bytes = 0;
  for (;;) {
    const character = CHARACTERS[draw(isAscii ? 4 : CHARACTERS.length)]!;
    bytes += encoder.encode(character).length;
    if (bytes > wanted) return text;
    text += character;
  }
}
