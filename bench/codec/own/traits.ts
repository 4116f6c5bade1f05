import type { FieldType, RecordLayout } from "../../../tools/codegen/layout.ts";

/** What decides who can say a record, and how. */
export interface Traits {
  readonly hasBigInts: boolean;
  readonly hasBytes: boolean;
  /** Numbers that 32 bits do not hold. */
  readonly hasDoubles: boolean;
}

/** Traits of a record and of all that it holds. Structs cannot hold themselves, so that this ends. */
export function traitsOf(record: RecordLayout): Traits {
  return anyOf(record.fields.map(({ type }) => traitsOfType(type)));
}

function traitsOfType(type: FieldType): Traits {
  switch (type.kind) {
    case "int":
      return { ...NONE, hasBigInts: type.bits === 64 };
    case "float":
      return { ...NONE, hasDoubles: type.bits === 64 };
    case "bits":
      return { ...NONE, hasDoubles: type.meaning.kind === "quantized" };
    case "bytes":
      return { ...NONE, hasBytes: true };
    case "struct":
      return traitsOf(type.of);
    case "union":
      return anyOf(type.of.variants.map((variant) => traitsOfType(variant.type)));
    case "optional":
      return traitsOfType(type.of);
    case "array":
    case "list":
      return traitsOfType(type.element);
    case "bool":
    case "enum":
    case "string":
    case "chars":
      return NONE;
  }
}

const NONE: Traits = { hasBigInts: false, hasBytes: false, hasDoubles: false };

function anyOf(all: readonly Traits[]): Traits {
  return {
    hasBigInts: all.some(({ hasBigInts }) => hasBigInts),
    hasBytes: all.some(({ hasBytes }) => hasBytes),
    hasDoubles: all.some(({ hasDoubles }) => hasDoubles),
  };
}
