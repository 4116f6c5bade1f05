import type { Rng } from "../../../shared/engine/time/rng.ts";
import type { BitsType, ElementType, FieldType, IntType, RecordLayout } from "../../../tools/codegen/layout.ts";
import { toNumber } from "../../../tools/codegen/rational.ts";

/** Lists, texts and bytes of samples are at most so long, whatever the schema allows. */
const ELEMENTS_MAX = 64;
const TEXT_MAX = 32;
const BYTES_MAX = 256;
const LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A value of a struct or message, as its encoder takes it: in range, and otherwise like any other. */
export function sampleRecord(record: RecordLayout, rng: Rng): Record<string, unknown> {
  return Object.fromEntries(record.fields.map(({ name, type }) => [name, sampleField(type, rng)]));
}

function sampleField(type: FieldType, rng: Rng): unknown {
  switch (type.kind) {
    case "bits":
      return sampleBits(type, rng);
    case "optional":
      return rng.below(2) === 0 ? undefined : sampleField(type.of, rng);
    case "array":
      return times(type.count, () => sampleElement(type.element, rng));
    case "list":
      return times(lengthUpTo(Math.min(type.bound, ELEMENTS_MAX), rng), () => sampleElement(type.element, rng));
    case "string":
      return sampleText(lengthUpTo(Math.min(type.bound, TEXT_MAX), rng), rng);
    case "chars":
      return sampleText(lengthUpTo(Math.min(type.count, TEXT_MAX), rng), rng);
    case "bytes":
      return Uint8Array.from(times(lengthUpTo(Math.min(type.bound, BYTES_MAX), rng), () => rng.below(256)));
    case "int":
    case "bool":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return sampleElement(type, rng);
  }
}

function sampleElement(type: ElementType, rng: Rng): unknown {
  switch (type.kind) {
    case "int":
      return sampleInt(type, rng);
    case "bool":
      return rng.below(2) === 1;
    case "float":
      return rng.between(-1000, 1000);
    case "enum":
      return type.of.members[rng.below(type.of.members.length)]!.value;
    case "struct":
      return sampleRecord(type.of, rng);
    case "union": {
      const variant = type.of.variants[rng.below(type.of.variants.length)]!;
      return { type: variant.name, value: sampleElement(variant.type, rng) };
    }
  }
}

function sampleInt({ bits, isSigned }: IntType, rng: Rng): number | bigint {
  if (bits === 64) {
    const raw = (BigInt(rng.below(2 ** 32)) << 32n) | BigInt(rng.below(2 ** 32));
    return isSigned ? BigInt.asIntN(64, raw) : raw;
  }
  return rng.below(2 ** bits) - (isSigned ? 2 ** (bits - 1) : 0);
}

function sampleBits({ width, meaning }: BitsType, rng: Rng): unknown {
  switch (meaning.kind) {
    case "bool":
      return rng.below(2) === 1;
    case "int":
      return rng.below(2 ** width) - (meaning.isSigned ? 2 ** (width - 1) : 0);
    case "angle":
      return rng.below(2 ** width);
    case "enum":
      return meaning.of.members[rng.below(meaning.of.members.length)]!.value;
    case "quantized":
      return toNumber(meaning.min) + rng.below(meaning.values) * toNumber(meaning.step);
  }
}

function sampleText(length: number, rng: Rng): string {
  return times(length, () => LETTERS[rng.below(LETTERS.length)]!).join("");
}

/** At least half of what is allowed: what is sent is seldom empty. */
function lengthUpTo(max: number, rng: Rng): number {
  return Math.ceil(max / 2) + rng.below(Math.floor(max / 2) + 1);
}

function times<Value>(count: number, make: () => Value): Value[] {
  return Array.from({ length: count }, make);
}
