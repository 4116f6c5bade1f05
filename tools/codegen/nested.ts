import type { FieldType, RecordLayout, UnionLayout } from "./layout.ts";

/** A declaration that others can hold. */
export type Nested = RecordLayout | UnionLayout;

/** The struct or union that a type is made of, or undefined for numbers and texts. */
export function nestedOf(type: FieldType): Nested | undefined {
  switch (type.kind) {
    case "optional":
      return nestedOf(type.of);
    case "list":
    case "array":
      return nestedOf(type.element);
    case "struct":
    case "union":
      return type.of;
    case "bits":
    case "string":
    case "bytes":
    case "chars":
    case "bool":
    case "int":
    case "float":
    case "enum":
      return undefined;
  }
}
