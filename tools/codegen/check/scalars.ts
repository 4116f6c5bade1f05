import type { ElementType, IntType } from "../layout.ts";

const int = (bits: 8 | 16 | 32, isSigned: boolean): IntType => ({ kind: "int", bits, isSigned });

export const INT_TYPES: ReadonlyMap<string, IntType> = new Map([
  ["u8", int(8, false)],
  ["i8", int(8, true)],
  ["u16", int(16, false)],
  ["i16", int(16, true)],
  ["u32", int(32, false)],
  ["i32", int(32, true)],
]);

export const FLOAT_TYPES: ReadonlyMap<string, ElementType & { kind: "float" }> = new Map([
  ["f32", { kind: "float", bits: 32 }],
  ["f64", { kind: "float", bits: 64 }],
]);

/** Every type that the language knows by itself. */
export const BUILT_IN_TYPES: readonly string[] = [
  "bool",
  ...INT_TYPES.keys(),
  ...FLOAT_TYPES.keys(),
  "angle",
  "string",
  "bytes",
];

/** The whole numbers that `bits` bits hold, 1 to 32. */
export function intRangeOf(bits: number, isSigned: boolean): { readonly min: number; readonly max: number } {
  return isSigned ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 };
}
