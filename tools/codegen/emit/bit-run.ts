import type { BitRun, BitSlice, ValueSlice } from "../layout.ts";
import * as naming from "../naming.ts";
import { maskOf, quantizedValue } from "./numbers.ts";
import type { Locals, Place } from "./place.ts";
import { at } from "./place.ts";
import type { Printer } from "./printer.ts";

const WORD_BITS = 32;

/** Prints the loads of a run's words; the names of the variables that hold them. */
export function emitRunWords(printer: Printer, run: BitRun, place: Place, locals: Locals): string[] {
  const words: string[] = [];
  for (let first = 0; first < run.bytes; first += WORD_BITS / 8) {
    const bytes = Math.min(WORD_BITS / 8, run.bytes - first);
    const word = locals.take("word");
    const terms = Array.from({ length: bytes }, (_, byte) => {
      const load = `bytes[${at(place, first + byte)}]!`;
      return byte === 0 ? load : `(${load} << ${byte * 8})`;
    });
    printer.joined(`const ${word}`, terms, "|");
    words.push(word);
  }
  return words;
}

/** Prints the check that a slice's bits are one of its values, when not all are; the value as an expression. */
export function emitSliceRead(
  printer: Printer,
  slice: ValueSlice,
  words: readonly string[],
  boolAs: "boolean" | "number",
  fail: string,
  locals: Locals,
): string {
  const { field } = slice;
  const { meaning, width } = field.type;
  const bits = bitsOf(slice, words);
  switch (meaning.kind) {
    case "bool":
      return boolAs === "number" ? bits : boolOf(slice, words);
    case "int":
    case "angle":
      return bits;
    case "enum": {
      const name = locals.take(field.name);
      printer.line(`const ${name} = ${bits};`);
      printer.line(`if (!${naming.guardOf(meaning.of.name)}(${name})) ${fail}`);
      return name;
    }
    case "quantized": {
      if (meaning.values === 2 ** width) return quantizedValue(bits.includes(" ") ? `(${bits})` : bits, meaning);
      const name = locals.take(field.name);
      printer.line(`const ${name} = ${bits};`);
      printer.line(`if (${name} > ${meaning.values - 1}) ${fail}`);
      return quantizedValue(name, meaning);
    }
  }
}

/** Whether the bit of a bool or a presence is set. */
export function boolOf({ bitOffset }: BitSlice, words: readonly string[]): string {
  const shift = bitOffset % WORD_BITS;
  const word = words[Math.floor(bitOffset / WORD_BITS)]!;
  return shift === WORD_BITS - 1 ? `${word} < 0` : `(${word} & ${2 ** shift}) !== 0`;
}

function bitsOf({ field, bitOffset }: ValueSlice, words: readonly string[]): string {
  const { width, meaning } = field.type;
  const isSigned =
    (meaning.kind === "int" && meaning.isSigned) || (meaning.kind === "enum" && meaning.of.base.isSigned);
  const shift = bitOffset % WORD_BITS;
  const index = Math.floor(bitOffset / WORD_BITS);
  const word = words[index]!;
  if (shift + width > WORD_BITS) {
    const both = `((${word} >>> ${shift}) | (${words[index + 1]!} << ${WORD_BITS - shift}))`;
    return isSigned ? signed(both, 0, width) : unsigned(both, width);
  }
  if (isSigned) return signed(word, shift, width);
  if (shift === 0) return unsigned(word, width);
  return shift + width === WORD_BITS ? `${word} >>> ${shift}` : `(${word} >>> ${shift}) & ${maskOf(width)}`;
}

function unsigned(word: string, width: number): string {
  return width === WORD_BITS ? `${word} >>> 0` : `${word} & ${maskOf(width)}`;
}

function signed(word: string, shift: number, width: number): string {
  const up = WORD_BITS - shift - width;
  if (width === WORD_BITS) return `${word} | 0`;
  return up === 0 ? `${word} >> ${WORD_BITS - width}` : `(${word} << ${up}) >> ${WORD_BITS - width}`;
}
