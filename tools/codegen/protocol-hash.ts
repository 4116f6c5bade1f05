import { createHash } from "node:crypto";
import type {
  BitsMeaning,
  ElementType,
  EnumLayout,
  FieldLayout,
  FieldType,
  MessageLayout,
  RecordLayout,
  SchemaLayout,
} from "./layout.ts";
import { toText } from "./rational.ts";

/** u32: the first 4 bytes of SHA-256, big-endian, over the canonical text. Two sides with the same hash speak alike. */
export function protocolHash(layout: SchemaLayout): number {
  return createHash("sha256").update(canonicalText(layout)).digest().readUInt32BE(0);
}

/** Everything that shapes the bytes or their meaning, a line each; comments, spacing and drawing hints are not in it. */
export function canonicalText(layout: SchemaLayout): string {
  return [
    `protocol ${layout.name} ${layout.version}`,
    ...layout.constants.map(({ name, value }) => `const ${name} ${toText(value)}`),
    ...layout.enums.map(enumLine),
    ...layout.structs.map((record) => recordLine(record)),
    ...layout.messages.map((message) => `${messageHead(message)} ${recordLine(message)}`),
    ...layout.entities.map((record, kind) => `${kind} ${recordLine(record)}`),
    `input ${layout.input?.name ?? ""}`,
    "",
  ].join("\n");
}

function enumLine({ name, base, members }: EnumLayout): string {
  return [`enum ${name} ${elementText(base)}`, ...members.map((member) => `${member.name}=${member.value}`)].join(" ");
}

function messageHead({ opcode, lane, from }: MessageLayout): string {
  return `${opcode} ${lane} ${from ?? "both"}`;
}

function recordLine({ kind, name, fields }: RecordLayout): string {
  return [`${kind} ${name}`, ...fields.map(fieldText)].join(" ");
}

function fieldText({ name, type }: FieldLayout): string {
  return `${name}:${typeText(type)}`;
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case "bits":
      return `${meaningText(type.meaning)}:${type.width}`;
    case "array":
      return `${elementText(type.element)}[${type.count}]`;
    case "list":
      return `${elementText(type.element)}<${type.bound}>`;
    case "string":
    case "bytes":
      return `${type.kind}<${type.bound}>`;
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
      return elementText(type);
  }
}

function elementText(type: ElementType): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "int":
      return `${type.isSigned ? "i" : "u"}${type.bits}`;
    case "float":
      return `f${type.bits}`;
    case "enum":
    case "struct":
      return type.of.name;
  }
}

function meaningText(meaning: BitsMeaning): string {
  switch (meaning.kind) {
    case "bool":
    case "angle":
      return meaning.kind;
    case "int":
      return meaning.isSigned ? "int" : "uint";
    case "enum":
      return meaning.of.name;
    case "quantized":
      return `quantized(${[meaning.min, meaning.max, meaning.step].map(toText).join(",")})`;
  }
}
