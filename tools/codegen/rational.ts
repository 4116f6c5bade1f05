/** An exact fraction in lowest terms; the denominator is above 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `denominator` must not be 0. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = sign * greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The value of a literal: `12`, `0x1f`, `0.25`. */
export function rationalFromLiteral(literal: string): Rational {
  const [whole = "0", decimals = ""] = literal.split(".");
  return decimals === "" ? rational(BigInt(whole)) : rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** `b` must not be 0. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function isInteger(a: Rational): boolean {
  return a.denominator === 1n;
}

export function isBelow(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

export function absolute(a: Rational): Rational {
  return a.numerator < 0n ? negate(a) : a;
}

/** Whether a double holds the value exactly. */
export function isExact(a: Rational): boolean {
  const isPowerOfTwo = (a.denominator & (a.denominator - 1n)) === 0n;
  const nearest = Number(a.numerator);
  return isPowerOfTwo && Number.isFinite(nearest) && BigInt(nearest) === a.numerator && a.denominator <= 2n ** 1000n;
}

/** The nearest double. */
export function toNumber(a: Rational): number {
  return Number(a.numerator) / Number(a.denominator);
}

/** As a schema says it: `16`, `-1/32`. */
export function toText(a: Rational): string {
  return isInteger(a) ? String(a.numerator) : `${String(a.numerator)}/${String(a.denominator)}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
