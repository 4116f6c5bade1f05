import type {
  BitRun,
  BitSlice,
  BitsType,
  FieldLayout,
  IntType,
  OptionalType,
  Part,
  QuantizedMeaning,
} from "../layout.ts";
import { maskOf, quantizedRaw, quantizedSteps } from "./numbers.ts";
import type { Locals, Place } from "./place.ts";
import { after, at } from "./place.ts";
import type { Printer } from "./printer.ts";

const WORD_BITS = 32;

/** Some bits of a word, on their way to be stored. */
interface Bits {
  /** From the first bit of all that are stored together. */
  readonly bitOffset: number;
  readonly width: number;
  /** An operand. */
  readonly operand: string;
  /** Whether the operand may have bits above its width. */
  readonly isWide: boolean;
}

/** Whether a part is stored together with its neighbours: fewer stores are faster. */
function isGathered(part: Part): boolean {
  return part.kind === "run" || narrowInt(part) !== undefined || part.field.type.kind === "bool";
}

/** How many of the first parts are stored together: a run, and the small numbers around it that fill its words. */
export function gatheredCount(parts: readonly Part[]): number {
  let count = 0;
  let bytes = 0;
  let hasRun = false;
  for (const part of parts) {
    if (!isGathered(part)) break;
    const size = bytesOf(part);
    if (part.kind === "run") hasRun = true;
    else if (!hasRun && bytes + size > WORD_BITS / 8) break;
    bytes += size;
    count += 1;
  }
  return hasRun || bytes === WORD_BITS / 8 || bytes === 2 ? count : Math.min(count, 1);
}

/** A field of the value that is encoded: an operand. */
export function valueOf(field: FieldLayout): string {
  return `value.${field.name}`;
}

/** A bool field as 0 or 1. */
export function flagOf(field: FieldLayout): string {
  return `${valueOf(field)} ? 1 : 0`;
}

/** Prints the stores of parts one behind the other, in words of 32 bits, the lowest first; the place behind them. */
export function emitGathered(printer: Printer, parts: readonly Part[], place: Place, locals: Locals): Place {
  const bits: Bits[] = [];
  let bytes = 0;
  for (const part of parts) {
    if (part.kind === "run") bits.push(...bitsOfRun(printer, part, bytes * 8, locals));
    else bits.push(bitsOfWhole(printer, part.field, bytes * 8, bytesOf(part) * 8, locals));
    bytes += bytesOf(part);
  }
  for (let first = 0; first < bytes;) {
    const left = bytes - first;
    const size = left >= 4 ? 4 : left >= 2 ? 2 : 1;
    emitStore(printer, bits, first, size, place, locals);
    first += size;
  }
  return after(place, bytes);
}

function emitStore(
  printer: Printer,
  bits: readonly Bits[],
  first: number,
  size: 1 | 2 | 4,
  place: Place,
  locals: Locals,
): void {
  const [start, end] = [first * 8, (first + size) * 8];
  const terms = bits
    .filter(({ bitOffset, width }) => bitOffset < end && bitOffset + width > start)
    .map((each) => termOf(each, start, end));
  const bare = terms.length === 1 && /^\([^()]*\)$/.test(terms[0]!) ? [terms[0]!.slice(1, -1)] : terms;
  if (size === 1) {
    printer.joined(`bytes[${at(place, first)}]`, bare, "|");
    return;
  }
  let value = bare[0] ?? "0";
  if (bare.length > 1) {
    value = locals.take("word");
    printer.joined(`const ${value}`, bare, "|");
  }
  printer.line(`view.setInt${size * 8}(${at(place, first)}, ${value}, true);`);
}

/** Bits at their place in a word from bit `start` to bit `end`. */
function termOf({ bitOffset, width, operand, isWide }: Bits, start: number, end: number): string {
  const shift = bitOffset - start;
  const isCut = isWide && bitOffset + width < end;
  const value = isCut ? `(${operand} & ${maskOf(width)})` : operand;
  if (shift === 0) return value;
  return shift > 0 ? `(${value} << ${shift})` : `(${value} >>> ${-shift})`;
}

function bitsOfRun(printer: Printer, run: BitRun, start: number, locals: Locals): Bits[] {
  return run.slices.map((slice) => {
    const bitOffset = start + slice.bitOffset;
    const bits = sliceBits(printer, slice, locals);
    return split(printer, { ...bits, bitOffset, width: slice.width }, slice.field.name, locals);
  });
}

function bitsOfWhole(printer: Printer, field: FieldLayout, bitOffset: number, width: number, locals: Locals): Bits {
  const isBool = field.type.kind === "bool";
  const operand = isBool ? `(${flagOf(field)})` : valueOf(field);
  return split(printer, { bitOffset, width, operand, isWide: !isBool }, field.name, locals);
}

/** Bits that reach into a second word are used twice: a variable holds them, without bits above their width. */
function split(printer: Printer, bits: Bits, wish: string, locals: Locals): Bits {
  const { bitOffset, width, operand, isWide } = bits;
  const crosses = Math.floor(bitOffset / WORD_BITS) !== Math.floor((bitOffset + width - 1) / WORD_BITS);
  if (!crosses || !isWide) return bits;
  const name = locals.take(wish);
  printer.line(`const ${name} = ${width === WORD_BITS ? `${operand} | 0` : `${operand} & ${maskOf(width)}`};`);
  return { bitOffset, width, operand: name, isWide: false };
}

function sliceBits(printer: Printer, slice: BitSlice, locals: Locals): Pick<Bits, "operand" | "isWide"> {
  if (slice.kind === "presence") return { operand: `(${presenceOf(slice.field)})`, isWide: false };
  const { field } = slice;
  const { meaning, width } = field.type;
  switch (meaning.kind) {
    case "bool":
      return { operand: `(${flagOf(field)})`, isWide: false };
    case "int":
    case "enum":
    case "angle":
      return { operand: valueOf(field), isWide: true };
    case "quantized": {
      if (width < WORD_BITS) return { operand: quantizedOperand(printer, field, meaning, locals), isWide: false };
      const name = locals.take(field.name);
      printer.line(`const ${name} = ${quantizedRaw(valueOf(field), meaning)};`);
      return { operand: name, isWide: false };
    }
  }
}

/** Prints the nearest step of a value, clamped to the range: two comparisons, and no call where the value fits. */
function quantizedOperand(
  printer: Printer,
  field: FieldLayout<BitsType>,
  meaning: QuantizedMeaning,
  locals: Locals,
): string {
  const steps = locals.take(`${field.name}Steps`);
  const name = locals.take(field.name);
  const value = valueOf(field);
  printer.line(`const ${steps} = ${quantizedSteps(value, meaning)} + 0.5;`);
  const nearest = `${steps} >= 0 && ${steps} < ${meaning.values} ? ${steps} | 0`;
  printer.assign(`const ${name}`, `${nearest} : clampSteps(${value}, ${steps}, ${meaning.values - 1})`);
  return name;
}

/** How a printed function says whether an optional field is there: as 1 or 0. */
function presenceOf({ name }: FieldLayout<OptionalType>): string {
  return `value.${name} === undefined ? 0 : 1`;
}

/** The int that a part is stored as, when it has 8 or 16 bits. */
function narrowInt(part: Part): IntType | undefined {
  if (part.kind === "run") return undefined;
  const { type } = part.field;
  const int = type.kind === "int" ? type : type.kind === "enum" ? type.of.base : undefined;
  return int !== undefined && int.bits <= 16 ? int : undefined;
}

function bytesOf(part: Part): number {
  return part.kind === "run" ? part.bytes : (narrowInt(part)?.bits ?? 8) / 8;
}
