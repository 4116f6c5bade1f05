/*
 * UTF-8 in and out, as fast as it was found to go: loops for short texts, the platform for long ones.
 */

const LONG_UNITS = 40;
const LONG_BYTES = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Writes a text of at most `bytesMax` bytes; returns the offset behind it. */
export function writeText(text: string, bytes: Uint8Array, offset: number, bytesMax: number): number {
  const { length } = text;
  if (length > LONG_UNITS) return writeLong(text, bytes, offset, bytesMax);
  let index = 0;
  for (; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) break;
    bytes[offset + index] = unit;
  }
  const end = index === length ? offset + length : writeForeign(text, index, bytes, offset + index);
  if (end > offset + bytesMax) throw new RangeError(`a text of ${end - offset} bytes, ${bytesMax} are allowed`);
  return end;
}

function writeLong(text: string, bytes: Uint8Array, offset: number, bytesMax: number): number {
  const { read, written } = encoder.encodeInto(text, bytes.subarray(offset, offset + bytesMax));
  if (read < text.length) throw new RangeError(`a text of more than ${bytesMax} bytes`);
  return offset + written;
}

/** The rest of a text from its first letter that is not ASCII. The bound is looked at when all is written. */
function writeForeign(text: string, from: number, bytes: Uint8Array, offset: number): number {
  let at = offset;
  for (let index = from; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes[at++] = unit;
    else if (unit < 0x800) {
      bytes[at] = 0xc0 | (unit >> 6);
      bytes[at + 1] = 0x80 | (unit & 0x3f);
      at += 2;
    } else if ((unit & 0xf800) !== 0xd800) {
      bytes[at] = 0xe0 | (unit >> 12);
      bytes[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[at + 2] = 0x80 | (unit & 0x3f);
      at += 3;
    } else {
      const point = text.codePointAt(index)!;
      if (point > 0xffff) index += 1;
      at = writeSurrogates(point, bytes, at);
    }
  }
  return at;
}

/** Four bytes, or U+FFFD for half of a pair. */
function writeSurrogates(point: number, bytes: Uint8Array, at: number): number {
  if (point < 0x10000) {
    bytes[at] = 0xef;
    bytes[at + 1] = 0xbf;
    bytes[at + 2] = 0xbd;
    return at + 3;
  }
  bytes[at] = 0xf0 | (point >> 18);
  bytes[at + 1] = 0x80 | ((point >> 12) & 0x3f);
  bytes[at + 2] = 0x80 | ((point >> 6) & 0x3f);
  bytes[at + 3] = 0x80 | (point & 0x3f);
  return at + 4;
}

/** The text from `start` to `end`, or undefined when it is not UTF-8. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > LONG_BYTES) return readLong(bytes, start, end);
  for (let at = start; at < end; at++) if (bytes[at]! > 0x7f) return readForeign(bytes, start, end);
  return textOf(bytes, start, end - start);
}

function readLong(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

const units = new Uint16Array(LONG_BYTES);

/** Letters become UTF-16 units first, and then a text at once: to add them up one by one is slower. */
function readForeign(bytes: Uint8Array, start: number, end: number): string | undefined {
  let length = 0;
  for (let at = start; at < end;) {
    const first = bytes[at]!;
    if (first < 0x80) {
      units[length++] = first;
      at += 1;
    } else if (first < 0xe0) {
      const second = bytes[at + 1]!;
      if (first < 0xc2 || at + 2 > end || (second & 0xc0) !== 0x80) return undefined;
      units[length++] = ((first & 0x1f) << 6) | (second & 0x3f);
      at += 2;
    } else if (first < 0xf0) {
      const [second, third] = [bytes[at + 1]!, bytes[at + 2]!];
      const unit = ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
      if (at + 3 > end || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return undefined;
      if (unit < 0x800 || (unit & 0xf800) === 0xd800) return undefined;
      units[length++] = unit;
      at += 3;
    } else {
      const point = at + 4 > end ? -1 : pointOf(bytes, at);
      if (point < 0) return undefined;
      units[length++] = 0xd800 | (point >> 10);
      units[length++] = 0xdc00 | (point & 0x3ff);
      at += 4;
    }
  }
  return textOf(units, 0, length);
}

/** What is above U+FFFF of the code point in four bytes, or -1. */
function pointOf(bytes: Uint8Array, at: number): number {
  const [first, second, third, fourth] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  if (first > 0xf4 || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80 || (fourth & 0xc0) !== 0x80) return -1;
  const point = ((first & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
  return point > 0x10ffff ? -1 : point - 0x10000;
}

const fromUnits = String.fromCharCode;

/** The text of `length` units. One call with every unit is several times faster than an array or a sum of letters. */
// prettier-ignore
export function textOf(u: Uint8Array | Uint16Array, at: number, length: number): string {
  switch (length) {
    case 0: return "";
    case 1: return fromUnits(u[at]!);
    case 2: return fromUnits(u[at]!, u[at + 1]!);
    case 3: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!);
    case 4: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!);
    case 5: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!);
    case 6: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!);
    case 7: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!);
    case 8: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!);
    case 9: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!);
    case 10: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!);
    case 11: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!);
    case 12: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!, u[at + 11]!);
    case 13: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!, u[at + 11]!, u[at + 12]!);
    case 14: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!, u[at + 11]!, u[at + 12]!, u[at + 13]!);
    case 15: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!, u[at + 11]!, u[at + 12]!, u[at + 13]!, u[at + 14]!);
    case 16: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!, u[at + 11]!, u[at + 12]!, u[at + 13]!, u[at + 14]!, u[at + 15]!);
    default: return fromUnits(u[at]!, u[at + 1]!, u[at + 2]!, u[at + 3]!, u[at + 4]!, u[at + 5]!, u[at + 6]!, u[at + 7]!, u[at + 8]!, u[at + 9]!, u[at + 10]!, u[at + 11]!, u[at + 12]!, u[at + 13]!, u[at + 14]!, u[at + 15]!) + textOf(u, at + 16, length - 16);
  }
}
