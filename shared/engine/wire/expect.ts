/*
 * What encoders of development builds ask of their values. Production builds drop these calls, and then clamp
 * quantised fields, mask whole numbers and cut texts.
 */

/** Throws unless `value` is a whole number from `min` to `max`. */
export function expectInteger(value: number, min: number, max: number, field: string, type: string): void {
  if (!Number.isInteger(value) || value < min || value > max) refuse(field, value, `does not fit ${type}`);
}

/** Throws unless every element is a whole number from `min` to `max`. */
export function expectIntegers(values: readonly number[], min: number, max: number, field: string, type: string): void {
  for (let index = 0; index < values.length; index++)
    expectInteger(values[index]!, min, max, `${field}[${index}]`, type);
}

/** Throws unless `value` is a bigint from `min` to `max`. */
export function expectBigInteger(value: bigint, min: bigint, max: bigint, field: string, type: string): void {
  if (typeof value !== "bigint" || value < min || value > max) refuse(field, value, `does not fit ${type}`);
}

/** Throws unless every element is a bigint from `min` to `max`. */
export function expectBigIntegers(
  values: readonly bigint[],
  min: bigint,
  max: bigint,
  field: string,
  type: string,
): void {
  for (let index = 0; index < values.length; index++) {
    expectBigInteger(values[index]!, min, max, `${field}[${index}]`, type);
  }
}

/** Throws unless `isMember`. */
export function expectMember(isMember: boolean, value: unknown, field: string, type: string): void {
  if (!isMember) refuse(field, value, `is no ${type}`);
}

/** Throws unless min ≤ value < max. */
export function expectRange(value: number, min: number, max: number, field: string): void {
  if (!(value >= min && value < max)) refuse(field, value, `is not inside of ${min} ≤ value < ${max}`);
}

/** Throws unless `value` is text of at most `bytesMax` bytes of UTF-8. */
export function expectText(value: string, bytesMax: number, field: string): void {
  const bytes = utf8Bytes(value);
  if (bytes > bytesMax) refuse(field, JSON.stringify(value), `takes ${bytes} bytes, and its bound is ${bytesMax}`);
}

/** Throws unless `value` is text of at most `bytesMax` bytes of UTF-8 without a NUL, which would end it. */
export function expectChars(value: string, bytesMax: number, field: string): void {
  expectText(value, bytesMax, field);
  if (value.includes("\0")) refuse(field, JSON.stringify(value), "holds a NUL, which ends a text of fixed size");
}

/** Bytes of a text in UTF-8; a lone surrogate takes three, as U+FFFD does. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function refuse(field: string, value: unknown, problem: string): never {
  throw new RangeError(`${field}: ${String(value)} ${problem}`);
}
