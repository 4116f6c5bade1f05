import type { BitsType, ElementType, EntityLayout, FieldLayout } from "../layout.ts";

/** What a field of an entity may be: the checker lets nothing else in. */
export type ScalarType = BitsType | Exclude<ElementType, { kind: "struct" | "union" }>;

/** One integer of an entity's row: a field, or half of a field of 64 bits. */
export interface RowInt {
  readonly field: FieldLayout;
  /** Where it stands in the row. */
  readonly index: number;
  /** 1 to 32. */
  readonly width: number;
  readonly isSigned: boolean;
  readonly part: "whole" | "low" | "high";
  /** How many values there are, where not all that `width` bits can say. */
  readonly values: number | undefined;
}

/** The integers of an entity's row, in the order of its fields. */
export function rowInts(record: EntityLayout): RowInt[] {
  const ints: RowInt[] = [];
  for (const field of record.fields) {
    const type = scalarOf(field);
    if (isWide(type)) {
      const half = { field, width: 32, isSigned: true, values: undefined };
      ints.push({ ...half, index: ints.length, part: "low" }, { ...half, index: ints.length + 1, part: "high" });
    } else ints.push({ field, index: ints.length, part: "whole", ...shapeOf(type) });
  }
  return ints;
}

export function scalarOf(field: FieldLayout): ScalarType {
  return field.type as ScalarType;
}

/** Whether a value takes two integers. */
export function isWide(type: ScalarType): boolean {
  return (type.kind === "int" || type.kind === "float") && type.bits === 64;
}

function shapeOf(type: ScalarType): Pick<RowInt, "width" | "isSigned" | "values"> {
  switch (type.kind) {
    case "bool":
      return { width: 1, isSigned: false, values: undefined };
    case "int":
      return { width: type.bits, isSigned: type.isSigned, values: undefined };
    case "float":
      return { width: 32, isSigned: true, values: undefined };
    case "enum":
      return { width: type.of.base.bits, isSigned: type.of.base.isSigned, values: undefined };
    case "bits":
      return bitsShape(type);
  }
}

function bitsShape({ width, meaning }: BitsType): Pick<RowInt, "width" | "isSigned" | "values"> {
  switch (meaning.kind) {
    case "bool":
    case "angle":
      return { width, isSigned: false, values: undefined };
    case "int":
      return { width, isSigned: meaning.isSigned, values: undefined };
    case "enum":
      return { width, isSigned: meaning.of.base.isSigned, values: undefined };
    case "quantized":
      return { width, isSigned: false, values: meaning.values === 2 ** width ? undefined : meaning.values };
  }
}
