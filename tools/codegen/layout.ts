import type { Rational } from "./rational.ts";
import type { TrainedSchema } from "./snapshot/trained.ts";
import type { Span } from "./source.ts";

/** A checked schema. Every width, offset and bound is decided here; emitters only print. */
export interface SchemaLayout {
  /** The protocol's name, or the file's where no protocol is named. */
  readonly name: string;
  /** Whether the schema names a protocol; without one it has no messages, entities and versions. */
  readonly isProtocol: boolean;
  /** Of the protocol's name; undefined where there is none. */
  readonly span: Span | undefined;
  readonly version: number;
  /** The oldest version that is still spoken; up to `version`. */
  readonly versionMin: number;
  readonly doc: string;
  readonly constants: readonly ConstantLayout[];
  readonly enums: readonly EnumLayout[];
  /** With the struct `RpcRefusal` at the end, where there is an rpc. */
  readonly structs: readonly RecordLayout[];
  /** With the outcome of each rpc at the end. */
  readonly unions: readonly UnionLayout[];
  /** By opcode; each rpc has its two among them. */
  readonly messages: readonly MessageLayout[];
  readonly rpcs: readonly RpcLayout[];
  readonly entities: readonly EntityLayout[];
  /** The game's `[[input]]` struct. */
  readonly input: RecordLayout | undefined;
  /** What the trainer found out, by version. */
  readonly trained: ReadonlyMap<number, TrainedSchema>;
}

export interface ConstantLayout {
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly value: Rational;
  /** Whether its type has 64 bits, so that TypeScript holds it as a bigint. */
  readonly isBig: boolean;
}

export interface EnumLayout {
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly base: IntType;
  readonly members: readonly EnumMemberLayout[];
}

export interface EnumMemberLayout {
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly value: number;
}

/** A tag, and behind it the value of that variant. */
export interface UnionLayout {
  readonly kind: "union";
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly since: number;
  /** The tag: u8, u16 or u32. */
  readonly base: IntType;
  readonly variants: readonly VariantLayout[];
  readonly bytesMin: number;
  readonly bytesMax: number;
}

export interface VariantLayout {
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly tag: number;
  readonly type: ElementType;
}

/** A whole-byte integer; one of 64 bits is a bigint in TypeScript. */
export interface IntType {
  readonly kind: "int";
  readonly bits: 8 | 16 | 32 | 64;
  readonly isSigned: boolean;
}

/** What an array or a list may hold. */
export type ElementType =
  | IntType
  | { readonly kind: "bool" }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "enum"; readonly of: EnumLayout }
  | { readonly kind: "struct"; readonly of: RecordLayout }
  | { readonly kind: "union"; readonly of: UnionLayout };

/** What a field of a bit run means. */
export type BitsMeaning =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly isSigned: boolean }
  | { readonly kind: "enum"; readonly of: EnumLayout }
  | { readonly kind: "angle" }
  | QuantizedMeaning;

/** value = min + raw × step, raw from 0 to values - 1. */
export interface QuantizedMeaning {
  readonly kind: "quantized";
  readonly min: Rational;
  readonly max: Rational;
  readonly step: Rational;
  readonly values: number;
}

/** A field that shares bytes with its neighbours: `width` bits, 1 to 32. */
export interface BitsType {
  readonly kind: "bits";
  readonly width: number;
  readonly meaning: BitsMeaning;
}

export type PrefixBytes = 1 | 2 | 4;

/** All bytes up to the end of a message: without a length in front, and the last field of it. */
export interface RestType {
  readonly kind: "bytes";
  readonly bound: number;
  readonly prefixBytes: 0;
}

/** Bounded things carry their length or count in front, in `prefixBytes`. */
export type BoundedType =
  | { readonly kind: "list"; readonly element: ElementType; readonly bound: number; readonly prefixBytes: PrefixBytes }
  | { readonly kind: "string"; readonly bound: number; readonly prefixBytes: PrefixBytes }
  | { readonly kind: "bytes"; readonly bound: number; readonly prefixBytes: PrefixBytes };

/** What an optional field may hold: whatever has bytes of its own. */
export type PresentType =
  | ElementType
  | BoundedType
  /** Text in exactly `count` bytes: UTF-8, filled up with NULs. */
  | { readonly kind: "chars"; readonly count: number }
  | { readonly kind: "array"; readonly element: ElementType; readonly count: number };

/** Says in a bit of its run whether its value is there. */
export interface OptionalType {
  readonly kind: "optional";
  readonly of: PresentType;
}

/** A field with bytes of its own. */
export type WholeType = PresentType | OptionalType | RestType;

export type FieldType = WholeType | BitsType;

/** How a snapshot guesses the field of an entity from earlier ones. */
export type Prediction =
  | { readonly kind: "none" }
  /** It changes as it changed last. */
  | { readonly kind: "linear" }
  /** Each tick adds the named field of the entity, which has the same step. */
  | { readonly kind: "velocity"; readonly field: string };

export interface FieldLayout<Type extends FieldType = FieldType> {
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly type: Type;
  /** The version that added it; 1 for what was always there. */
  readonly since: number;
  /** What only fields of entities can be. */
  readonly isInterpolated: boolean;
  readonly isRare: boolean;
  /** Sent once, when the entity comes into view. */
  readonly isConst: boolean;
  /** Sent to the entity's owner alone. */
  readonly isOwnerOnly: boolean;
  readonly prediction: Prediction;
}

/** Neighbouring bit fields and presence bits, least significant bit first, filled up to a whole byte. */
export interface BitRun {
  readonly kind: "run";
  readonly bytes: number;
  readonly slices: readonly BitSlice[];
  readonly since: number;
}

export type BitSlice = ValueSlice | PresenceSlice;

/** The bits of a field. */
export interface ValueSlice {
  readonly kind: "value";
  readonly field: FieldLayout<BitsType>;
  /** From the run's first bit. */
  readonly bitOffset: number;
  readonly width: number;
}

/** One bit: whether the value of an optional field is there. The value itself comes behind the run. */
export interface PresenceSlice {
  readonly kind: "presence";
  readonly field: FieldLayout<OptionalType>;
  readonly bitOffset: number;
  readonly width: 1;
}

/** A field with bytes of its own. */
export interface WholePart {
  readonly kind: "whole";
  readonly field: FieldLayout<WholeType>;
}

/** Wire order: runs and whole fields, one behind the other. */
export type Part = BitRun | WholePart;

export interface RecordLayout {
  readonly kind: "struct" | "message" | "entity";
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  /** The version that added it; 1 for what was always there. */
  readonly since: number;
  readonly fields: readonly FieldLayout[];
  readonly parts: readonly Part[];
  readonly bytesMin: number;
  readonly bytesMax: number;
}

export const LANES = ["control", "snapshot", "input", "event", "bulk"] as const;
export type Lane = (typeof LANES)[number];

export const SIDES = ["client", "server"] as const;
export type Side = (typeof SIDES)[number];

/** `bytesMin` and `bytesMax` include the opcode in front. */
export interface MessageLayout extends RecordLayout {
  readonly kind: "message";
  readonly opcode: number;
  readonly lane: Lane;
  /** Who may send it; undefined: both sides. */
  readonly from: Side | undefined;
  /** The rpc it belongs to. */
  readonly rpc: string | undefined;
}

export interface EntityLayout extends RecordLayout {
  readonly kind: "entity";
  /** How much sooner than one of priority 1 it is sent when there is not room for all. */
  readonly priority: number;
}

/** A question and its answer: two messages that carry the same id. */
export interface RpcLayout {
  readonly name: string;
  readonly doc: string;
  readonly span: Span;
  readonly since: number;
  /** What is asked. */
  readonly requestType: RecordLayout;
  readonly replyType: RecordLayout;
  /** `u16 id`, and `request`: what is asked. */
  readonly request: MessageLayout;
  /** `u16 id`, and `outcome`: a union of the reply and an RpcRefusal. */
  readonly reply: MessageLayout;
}

export interface Size {
  readonly min: number;
  readonly max: number;
}

/**
 * Fields to wire order. The values of optional fields come behind the run that says whether they are there.
 * A run ends where a newer version begins, so that an older version's bytes are the start of a newer one's.
 */
export function partsOf(fields: readonly FieldLayout[]): Part[] {
  const parts: Part[] = [];
  let slices: BitSlice[] = [];
  let optional: WholePart[] = [];
  let bits = 0;
  const endRun = (): void => {
    const since = slices[0]?.field.since;
    if (since !== undefined) parts.push({ kind: "run", bytes: Math.ceil(bits / 8), slices, since }, ...optional);
    [slices, optional, bits] = [[], [], 0];
  };
  for (const field of fields) {
    if (slices[0]?.field.since !== field.since) endRun();
    if (isBits(field)) {
      slices.push({ kind: "value", field, bitOffset: bits, width: field.type.width });
      bits += field.type.width;
    } else if (isOptional(field)) {
      slices.push({ kind: "presence", field, bitOffset: bits, width: 1 });
      optional.push({ kind: "whole", field });
      bits += 1;
    } else if (isWhole(field)) {
      endRun();
      parts.push({ kind: "whole", field });
    }
  }
  endRun();
  return parts;
}

/** The version that added a part. */
export function sinceOf(part: Part): number {
  return part.kind === "run" ? part.since : part.field.since;
}

/** A part whose distance from the record's first byte is always the same. */
export interface PlacedPart {
  readonly part: Part;
  /** In bytes; behind a message's opcode. */
  readonly offset: number;
}

/** The parts in front of and with the first one of variable size. */
export function placedParts(record: RecordLayout): PlacedPart[] {
  const placed: PlacedPart[] = [];
  let offset = record.kind === "message" ? 1 : 0;
  for (const part of record.parts) {
    placed.push({ part, offset });
    const { min, max } = sizeOfPart(part);
    if (min !== max) break;
    offset += max;
  }
  return placed;
}

/** Bytes of all parts together. */
export function sizeOf(parts: readonly Part[]): Size {
  return parts.map(sizeOfPart).reduce((sum, size) => ({ min: sum.min + size.min, max: sum.max + size.max }), {
    min: 0,
    max: 0,
  });
}

export function sizeOfPart(part: Part): Size {
  return part.kind === "run" ? { min: part.bytes, max: part.bytes } : sizeOfType(part.field.type);
}

/** Bytes of one value on the wire, at least and at most. */
export function sizeOfType(type: WholeType): Size {
  switch (type.kind) {
    case "bool":
      return { min: 1, max: 1 };
    case "int":
    case "float":
      return { min: type.bits / 8, max: type.bits / 8 };
    case "enum":
      return sizeOfType(type.of.base);
    case "struct":
    case "union":
      return { min: type.of.bytesMin, max: type.of.bytesMax };
    case "chars":
      return { min: type.count, max: type.count };
    case "optional":
      return { min: 0, max: sizeOfType(type.of).max };
    case "array": {
      const element = sizeOfType(type.element);
      return { min: element.min * type.count, max: element.max * type.count };
    }
    case "string":
    case "bytes":
      return { min: type.prefixBytes, max: type.prefixBytes + type.bound };
    case "list":
      return { min: type.prefixBytes, max: type.prefixBytes + type.bound * sizeOfType(type.element).max };
  }
}

/** The smallest length prefix that says `bound`. */
export function prefixFor(bound: number): PrefixBytes {
  return bound <= 0xff ? 1 : bound <= 0xffff ? 2 : 4;
}

export function isFixed(record: RecordLayout | UnionLayout): boolean {
  return record.bytesMin === record.bytesMax;
}

export function isRest(type: FieldType): type is RestType {
  return type.kind === "bytes" && type.prefixBytes === 0;
}

/** Whether the record ends with a field that takes the rest of the message: nothing can be appended to it. */
export function takesRest({ fields }: RecordLayout): boolean {
  return fields.some(({ type }) => isRest(type));
}

function isBits(field: FieldLayout): field is FieldLayout<BitsType> {
  return field.type.kind === "bits";
}

function isOptional(field: FieldLayout): field is FieldLayout<OptionalType> {
  return field.type.kind === "optional";
}

function isWhole(field: FieldLayout): field is FieldLayout<WholeType> {
  return field.type.kind !== "bits";
}
