import type { ElementType, IntType } from "../layout.ts";

const int = (bits: IntType["bits"], isSigned: boolean): IntType => ({ kind: "int", bits, isSigned });

const OWN_INT_TYPES: readonly (readonly [string, IntType])[] = [
  ["u8", int(8, false)],
  ["i8", int(8, true)],
  ["u16", int(16, false)],
  ["i16", int(16, true)],
  ["u32", int(32, false)],
  ["i32", int(32, true)],
  ["u64", int(64, false)],
  ["i64", int(64, true)],
];

/** How C says the same; what a machine decides, `long` and a plain `char`, is not among them. */
const C_INT_TYPES: readonly (readonly [string, IntType])[] = [
  ...OWN_INT_TYPES.map(([, type]) => [`${type.isSigned ? "" : "u"}int${type.bits}_t`, type] as const),
  ["unsigned char", int(8, false)],
  ["signed char", int(8, true)],
  ...["unsigned short", "unsigned short int", "short unsigned int"].map((name) => [name, int(16, false)] as const),
  ...["short", "short int", "signed short", "signed short int"].map((name) => [name, int(16, true)] as const),
  ...["unsigned", "unsigned int"].map((name) => [name, int(32, false)] as const),
  ...["int", "signed", "signed int"].map((name) => [name, int(32, true)] as const),
  ...["unsigned long long", "unsigned long long int"].map((name) => [name, int(64, false)] as const),
  ...["long long", "long long int", "signed long long"].map((name) => [name, int(64, true)] as const),
];

export const INT_TYPES: ReadonlyMap<string, IntType> = new Map([...OWN_INT_TYPES, ...C_INT_TYPES]);

const float = (bits: 32 | 64): ElementType & { kind: "float" } => ({ kind: "float", bits });

export const FLOAT_TYPES: ReadonlyMap<string, ElementType & { kind: "float" }> = new Map([
  ["f32", float(32)],
  ["f64", float(64)],
  ["float", float(32)],
  ["double", float(64)],
]);

/** Bools: the language's and C's. */
export const BOOL_TYPES: readonly string[] = ["bool", "_Bool"];

/** Every type that the language knows by itself, without C's spellings. */
export const BUILT_IN_TYPES: readonly string[] = [
  "bool",
  ...OWN_INT_TYPES.map(([name]) => name),
  "f32",
  "f64",
  "angle",
  "char",
  "string",
  "bytes",
];

/** Names that declarations cannot have, since they name a type already. */
export const TYPE_NAMES: readonly string[] = [
  ...new Set([...BUILT_IN_TYPES, ...BOOL_TYPES, ...INT_TYPES.keys(), ...FLOAT_TYPES.keys(), "long"]),
];

/** The whole numbers that `bits` bits hold, 1 to 32. */
export function intRangeOf(bits: number, isSigned: boolean): { readonly min: number; readonly max: number } {
  return isSigned ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 };
}

/** The whole numbers that `bits` bits hold, 1 to 64. */
export function bigRangeOf(bits: number, isSigned: boolean): { readonly min: bigint; readonly max: bigint } {
  const values = 1n << BigInt(bits);
  return isSigned ? { min: -values / 2n, max: values / 2n - 1n } : { min: 0n, max: values - 1n };
}
