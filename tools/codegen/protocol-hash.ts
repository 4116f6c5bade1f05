import { createHash } from "node:crypto";
import type {
  BitsMeaning,
  ElementType,
  EntityLayout,
  EnumLayout,
  FieldLayout,
  FieldType,
  MessageLayout,
  RecordLayout,
  SchemaLayout,
  UnionLayout,
} from "./layout.ts";
import { isRest } from "./layout.ts";
import { toText } from "./rational.ts";
import { booksOf } from "./snapshot/books.ts";
import { intName, snapshotModel } from "./snapshot/model.ts";
import type { TrainedEntity } from "./snapshot/trained.ts";
import { layoutAt, typesInUse, versionsOf } from "./version.ts";

/** u32: the first 4 bytes of SHA-256, big-endian, over the canonical text. Two sides with the same hash speak alike. */
export function protocolHash(layout: SchemaLayout): number {
  return createHash("sha256").update(canonicalText(layout)).digest().readUInt32BE(0);
}

/** The versions that a schema speaks with the hashes that it had in them, newest first. */
export function versionHashes(layout: SchemaLayout): { readonly version: number; readonly hash: number }[] {
  return versionsOf(layout).map((version) => ({ version, hash: protocolHash(layoutAt(layout, version)) }));
}

/** Everything that shapes the bytes or their meaning, a line each; constants, comments and drawing hints are not in it. */
export function canonicalText(layout: SchemaLayout): string {
  const used = typesInUse(layout);
  return [
    layout.isProtocol ? `protocol ${layout.name} ${layout.version}` : "schema",
    ...layout.enums.filter(({ name }) => used.has(name)).map(enumLine),
    ...layout.structs.map((record) => recordLine(record)),
    ...layout.unions.map(unionLine),
    ...layout.messages.map((message) => `${messageHead(message)} ${recordLine(message)}`),
    ...layout.entities.map((record, kind) => `${kind} ${entityLine(record)}`),
    ...layout.entities.map((entity) => codesLine(entity, layout.trained.get(layout.version)?.[entity.name])),
    `input ${layout.input?.name ?? ""}`,
    "",
  ].join("\n");
}

/** What decides the bits of snapshots besides the fields: how they are predicted, and every code. */
function codesLine(entity: EntityLayout, trained: TrainedEntity | undefined): string {
  const model = snapshotModel(entity, trained);
  const groups = model.groups.map(({ isJoint, members }) => {
    return `${isJoint ? "joint" : "alone"} ${members.map(({ int, predict }) => `${intName(int)}=${predict}`).join(",")}`;
  });
  const books = booksOf(model).map(({ label, tables }) => `${label}:${tables.join(" ")}`);
  return `codes ${entity.name} ${[...groups, ...books].join(";")}`;
}

function enumLine({ name, base, members }: EnumLayout): string {
  return [`enum ${name} ${elementText(base)}`, ...members.map((member) => `${member.name}=${member.value}`)].join(" ");
}

function unionLine({ name, base, variants }: UnionLayout): string {
  return [
    `union ${name} ${elementText(base)}`,
    ...variants.map((each) => `${each.name}:${elementText(each.type)}`),
  ].join(" ");
}

function messageHead({ opcode, lane, from }: MessageLayout): string {
  return `${opcode} ${lane} ${from ?? "both"}`;
}

function recordLine({ kind, name, fields }: RecordLayout): string {
  return [`${kind} ${name}`, ...fields.map(fieldText)].join(" ");
}

function entityLine({ kind, name, fields }: EntityLayout): string {
  return [`${kind} ${name}`, ...fields.map((field) => `${fieldText(field)}${hintText(field)}`)].join(" ");
}

function fieldText({ name, type, since }: FieldLayout): string {
  return `${name}:${typeText(type)}${since === 1 ? "" : `@${since}`}`;
}

/** What decides when the field of an entity is sent, and as what. */
function hintText({ isConst, isOwnerOnly, isRare, prediction }: FieldLayout): string {
  const predicted = prediction.kind === "velocity" ? prediction.field : prediction.kind;
  return [
    isConst ? "+const" : "",
    isOwnerOnly ? "+owner" : "",
    isRare ? "+rare" : "",
    predicted === "none" ? "" : `+predict(${predicted})`,
  ].join("");
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
      return `${type.kind}<${type.bound}>${isRest(type) ? "+rest" : ""}`;
    case "chars":
      return `char[${type.count}]`;
    case "optional":
      return `${typeText(type.of)}?`;
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
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
    case "union":
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
