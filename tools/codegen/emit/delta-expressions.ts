import type { RowInt } from "../snapshot/row.ts";
import { wrapped } from "./numbers.ts";

/** Whether all of them are 0. */
export function isZero(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]!} === 0` : `(${names.join(" | ")}) === 0`;
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
