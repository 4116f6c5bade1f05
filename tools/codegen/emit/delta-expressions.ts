import { ROUNDING_BITS } from "../snapshot/model.ts";
import type { RowInt } from "../snapshot/row.ts";
import { wrapped } from "./numbers.ts";

/**
 * 1 where one of some integers is not 0. Printed without a branch, and not as a call: what is left of predictions is
 * chance, which processors guess wrong, and V8 stops to inline in functions as long as these.
 */
export function anyOf(names: readonly string[]): string {
  const all = names.join(" | ");
  return `((${all} | -${names.length === 1 ? all : `(${all})`}) >>> 31)`;
}

/** 1 where one of some rests is more than rounding leaves, printed without a branch too. */
export function isWide(names: readonly string[]): string {
  const rounding = 2 ** (ROUNDING_BITS - 1);
  const all = names.map((name) => `(${name} + ${rounding})`).join(" | ");
  return `(-((${all}) >>> ${ROUNDING_BITS}) >>> 31)`;
}

export function shifted(value: string, bits: number): string {
  return bits === 0 ? value : `(${value} << ${bits})`;
}

/** One bit of the context, as a number. */
export function contextBit(bit: number): string {
  return bit === 0 ? "(context & 1)" : `((context >>> ${bit}) & 1)`;
}

/** A difference as the smallest one that leads to the same value. */
export function signed(value: string, { width }: RowInt): string {
  return wrapped(`(${value})`, width, true);
}

/** A sum as a value that the row may hold: 32 bits stay as they are. */
export function raw(value: string, { width, isSigned }: RowInt): string {
  return wrapped(`(${value})`, width, isSigned || width === 32);
}

/** A product; an empty value stands for 0. */
export function times(value: string, factor: number): string {
  return value === "" || factor === 1 ? value : `${value} * ${factor}`;
}

/** A sum of those terms that are not empty. */
export function sum(...terms: readonly string[]): string {
  const present = terms.filter((term) => term !== "");
  return present.length === 0 ? "0" : present.join(" + ");
}
