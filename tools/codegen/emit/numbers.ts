import type { BitsType, IntType, QuantizedMeaning } from "../layout.ts";
import type { Rational } from "../rational.ts";
import { isExact, isInteger, multiply, rational, toNumber } from "../rational.ts";

/** A whole number of any size as a TypeScript expression: `12n`. */
export function bigLiteral(value: bigint): string {
  return `${String(value)}n`;
}

/** A value as a TypeScript expression; a quotient where no literal is exact. */
export function literal(value: Rational): string {
  if (isExact(value)) return String(toNumber(value));
  return `${String(value.numerator)} / ${String(value.denominator)}`;
}

/** A JavaScript number to the raw steps of a quantised field. */
export function quantizedRaw(value: string, meaning: QuantizedMeaning): string {
  const perUnit = rational(meaning.step.denominator, meaning.step.numerator);
  return `quantize(${value}, ${literal(meaning.min)}, ${literal(perUnit)}, ${meaning.values - 1})`;
}

/** How many steps a value is above the least one, with a fraction; `value` is an operand. */
export function quantizedSteps(value: string, { min, step }: QuantizedMeaning): string {
  const shift = literal(min.numerator < 0n ? multiply(min, rational(-1n)) : min);
  const operand = shift.includes("/") ? `(${shift})` : shift;
  const above = min.numerator === 0n ? value : `(${value} ${min.numerator < 0n ? "+" : "-"} ${operand})`;
  return times(above, rational(step.denominator, step.numerator));
}

/** The raw steps of a quantised field to a JavaScript number. */
export function quantizedValue(raw: string, { min, step }: QuantizedMeaning): string {
  const scaled = isExact(step)
    ? times(raw, step)
    : `${times(raw, rational(step.numerator))} / ${String(step.denominator)}`;
  if (min.numerator === 0n) return scaled;
  const shift = literal(min.numerator < 0n ? multiply(min, rational(-1n)) : min);
  return `${scaled} ${min.numerator < 0n ? "-" : "+"} ${shift.includes("/") ? `(${shift})` : shift}`;
}

/** What a quantised field says about its range. */
export function rangeDoc({ min, max, step }: QuantizedMeaning): string {
  const say = (value: Rational): string =>
    isInteger(value) ? String(value.numerator) : `${String(value.numerator)}/${String(value.denominator)}`;
  return `${say(min)} ≤ value < ${say(max)}, in steps of ${say(step)}.`;
}

/** The mask of the lowest `width` bits, 1 to 32, for use with `&`. */
export function maskOf(width: number): string {
  return String(2 ** width - 1);
}

/** An expression wrapped as the integer that `bits` bits hold; `value` must be an operand. */
export function wrapped(value: string, bits: number, isSigned: boolean): string {
  if (isSigned) return bits === 32 ? `${value} | 0` : `(${value} << ${32 - bits}) >> ${32 - bits}`;
  return bits === 32 ? `${value} >>> 0` : `${value} & ${maskOf(bits)}`;
}

/** The typed array that holds a column of whole-byte integers. */
export function intColumn({ bits, isSigned }: IntType): string {
  if (bits === 64) return isSigned ? "BigInt64Array" : "BigUint64Array";
  return `${isSigned ? "Int" : "Uint"}${bits}Array`;
}

/** The typed array that holds a column of bit fields. */
export function bitsColumn({ width, meaning }: BitsType): string {
  switch (meaning.kind) {
    case "bool":
      return "Uint8Array";
    case "angle":
      return "Uint16Array";
    case "quantized":
      return "Float64Array";
    case "enum":
      return intColumn(meaning.of.base);
    case "int":
      return intColumn({ kind: "int", bits: width <= 8 ? 8 : width <= 16 ? 16 : 32, isSigned: meaning.isSigned });
  }
}

function times(raw: string, factor: Rational): string {
  return factor.numerator === factor.denominator ? raw : `${raw} * ${literal(factor)}`;
}
