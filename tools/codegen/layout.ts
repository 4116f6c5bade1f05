import type { Rational } from "./rational.ts";

/** A checked schema. Every width, offset and bound is decided here; emitters only print. */
export interface SchemaLayout {
  readonly name: string;
  readonly version: number;
  readonly doc: string;
  readonly constants: readonly ConstantLayout[];
  readonly enums: readonly EnumLayout[];
  readonly structs: readonly RecordLayout[];
  readonly messages: readonly MessageLayout[];
  readonly entities: readonly RecordLayout[];
  /** The game's `[[input]]` struct. */
  readonly input: RecordLayout | undefined;
}

export interface ConstantLayout {
  readonly name: string;
  readonly doc: string;
  readonly value: Rational;
}

export interface EnumLayout {
  readonly name: string;
  readonly doc: string;
  readonly base: IntType;
  readonly members: readonly EnumMemberLayout[];
}

export interface EnumMemberLayout {
  readonly name: string;
  readonly doc: string;
  readonly value: number;
}

/** A whole-byte integer. */
export interface IntType {
  readonly kind: "int";
  readonly bits: 8 | 16 | 32;
  readonly isSigned: boolean;
}

/** What an array or a list may hold. */
export type ElementType =
  | IntType
  | { readonly kind: "bool" }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "enum"; readonly of: EnumLayout }
  | { readonly kind: "struct"; readonly of: RecordLayout };

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

/** Bounded things carry their length or count in front, in `prefixBytes`. */
export type BoundedType =
  | { readonly kind: "list"; readonly element: ElementType; readonly bound: number; readonly prefixBytes: PrefixBytes }
  | { readonly kind: "string"; readonly bound: number; readonly prefixBytes: PrefixBytes }
  | { readonly kind: "bytes"; readonly bound: number; readonly prefixBytes: PrefixBytes };

export type FieldType =
  | ElementType
  | BitsType
  | BoundedType
  | { readonly kind: "array"; readonly element: ElementType; readonly count: number };

export interface FieldLayout<Type extends FieldType = FieldType> {
  readonly name: string;
  readonly doc: string;
  readonly type: Type;
  readonly isInterpolated: boolean;
}

/** Neighbouring bit fields, least significant bit first, filled up to a whole byte. */
export interface BitRun {
  readonly kind: "run";
  readonly bytes: number;
  readonly slices: readonly BitSlice[];
}

export interface BitSlice {
  readonly field: FieldLayout<BitsType>;
  /** From the run's first bit. */
  readonly bitOffset: number;
}

/** A field with bytes of its own. */
export interface WholePart {
  readonly kind: "whole";
  readonly field: FieldLayout<Exclude<FieldType, BitsType>>;
}

/** Wire order: runs and whole fields, one behind the other. */
export type Part = BitRun | WholePart;

export interface RecordLayout {
  readonly kind: "struct" | "message" | "entity";
  readonly name: string;
  readonly doc: string;
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
}

export interface Size {
  readonly min: number;
  readonly max: number;
}

/** Fields to wire order. */
export function partsOf(fields: readonly FieldLayout[]): Part[] {
  const parts: Part[] = [];
  let slices: BitSlice[] = [];
  let bits = 0;
  const endRun = (): void => {
    if (slices.length > 0) parts.push({ kind: "run", bytes: Math.ceil(bits / 8), slices });
    [slices, bits] = [[], 0];
  };
  for (const field of fields) {
    if (isBits(field)) {
      slices.push({ field, bitOffset: bits });
      bits += field.type.width;
    } else if (isWhole(field)) {
      endRun();
      parts.push({ kind: "whole", field });
    }
  }
  endRun();
  return parts;
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
export function sizeOfType(type: Exclude<FieldType, BitsType>): Size {
  switch (type.kind) {
    case "bool":
      return { min: 1, max: 1 };
    case "int":
    case "float":
      return { min: type.bits / 8, max: type.bits / 8 };
    case "enum":
      return sizeOfType(type.of.base);
    case "struct":
      return { min: type.of.bytesMin, max: type.of.bytesMax };
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

export function isFixed(record: RecordLayout): boolean {
  return record.bytesMin === record.bytesMax;
}

function isBits(field: FieldLayout): field is FieldLayout<BitsType> {
  return field.type.kind === "bits";
}

function isWhole(field: FieldLayout): field is FieldLayout<Exclude<FieldType, BitsType>> {
  return field.type.kind !== "bits";
}
