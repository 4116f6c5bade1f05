import type { BitsMeaning, ElementType, EnumLayout, FieldType } from "../layout.ts";
import { divide, toNumber } from "../rational.ts";
import type { ScalarType } from "../snapshot/row.ts";
import { literal } from "./numbers.ts";

/** What a field is that the peer, being of an older version, did not send. */
export function defaultOf(type: FieldType): string {
  switch (type.kind) {
    case "bits":
      return meaningDefault(type.meaning);
    case "string":
    case "chars":
      return `""`;
    case "bytes":
      return "new Uint8Array(0)";
    case "list":
      return "[]";
    case "array":
      return `Array.from({ length: ${type.count} }, () => ${type.element.kind === "struct" ? `(${elementDefault(type.element)})` : elementDefault(type.element)})`;
    case "optional":
      return "undefined";
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return elementDefault(type);
  }
}

function elementDefault(type: ElementType): string {
  switch (type.kind) {
    case "bool":
      return "false";
    case "int":
      return type.bits === 64 ? "0n" : "0";
    case "float":
      return "0";
    case "enum":
      return memberDefault(type.of);
    case "struct":
      return `{ ${type.of.fields.map((field) => `${field.name}: ${defaultOf(field.type)}`).join(", ")} }`;
    case "union":
      return "undefined";
  }
}

function meaningDefault(meaning: BitsMeaning): string {
  switch (meaning.kind) {
    case "bool":
      return "false";
    case "enum":
      return memberDefault(meaning.of);
    case "int":
    case "angle":
      return "0";
    case "quantized":
      return isInside(meaning) ? "0" : literal(meaning.min);
  }
}

/** The same for an entity, as an integer of its row. Of floats and wide integers, all bits of 0 are 0. */
export function rawDefaultOf(type: ScalarType): string {
  if (type.kind === "enum") return memberDefault(type.of);
  if (type.kind !== "bits") return "0";
  const { meaning } = type;
  if (meaning.kind === "enum") return memberDefault(meaning.of);
  if (meaning.kind !== "quantized" || !isInside(meaning)) return "0";
  const steps = -toNumber(divide(meaning.min, meaning.step));
  return String(Math.min(meaning.values - 1, Math.floor(steps + 0.5)));
}

/** The member that is 0, or the first one. */
function memberDefault({ members }: EnumLayout): string {
  return String((members.find(({ value }) => value === 0) ?? members[0]!).value);
}

function isInside({ min, max }: BitsMeaning & { kind: "quantized" }): boolean {
  return min.numerator <= 0n && max.numerator > 0n;
}
