/** What of the platform's encoders is used: browsers, Node and workers all have it. */
interface Utf8Encoder {
  encodeInto(text: string, bytes: Uint8Array): { readonly written: number };
}
interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}
declare const TextEncoder: new () => Utf8Encoder;
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => Utf8Decoder;

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Up to here a loop is faster than a call into the platform; in UTF-16 units. */
const SHORT_UNITS_MAX = 40;
/** Up to here a loop is faster than a call into the platform; in bytes. */
const SHORT_BYTES_MAX = 32;
/** What a lone surrogate becomes. */
const REPLACEMENT = 0xfffd;

/** The UTF-16 units of a short text that is not ASCII, on their way to become one. */
const foreignUnits = /* @__PURE__ */ new Uint16Array(SHORT_BYTES_MAX);

/**
 * Writes `text` as UTF-8 and returns the offset behind it.
 *
 * At most `bytesMax` bytes are written: a longer text is cut between two characters. A lone surrogate becomes U+FFFD.
 */
export function writeText(text: string, bytes: Uint8Array, offset: number, bytesMax: number): number {
  const { length } = text;
  if (length > SHORT_UNITS_MAX) {
    return offset + encoder.encodeInto(text, bytes.subarray(offset, offset + bytesMax)).written;
  }
  const asciiMax = length < bytesMax ? length : bytesMax;
  for (let index = 0; index < asciiMax; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return writeForeignText(text, index, bytes, offset + index, offset + bytesMax);
    bytes[offset + index] = unit;
  }
  return offset + asciiMax;
}

/** Writes the text from its first character that is not ASCII. */
function writeForeignText(text: string, first: number, bytes: Uint8Array, offset: number, end: number): number {
  let at = offset;
  for (let index = first; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const point = (unit & 0xf800) === 0xd800 ? surrogatesAt(text, index) : unit;
    const next = at + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    if (next > end) break;
    putPoint(point, bytes, at);
    if (point >= 0x10000) index += 1;
    at = next;
  }
  return at;
}

/** The code point whose surrogates start at `index`, or what a lone one becomes. */
function surrogatesAt(text: string, index: number): number {
  const point = text.codePointAt(index)!;
  return point < 0x10000 ? REPLACEMENT : point;
}

function putPoint(point: number, bytes: Uint8Array, at: number): void {
  if (point < 0x80) {
    bytes[at] = point;
  } else if (point < 0x800) {
    bytes[at] = 0xc0 | (point >> 6);
    bytes[at + 1] = 0x80 | (point & 0x3f);
  } else if (point < 0x10000) {
    bytes[at] = 0xe0 | (point >> 12);
    bytes[at + 1] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at + 2] = 0x80 | (point & 0x3f);
  } else {
    bytes[at] = 0xf0 | (point >> 18);
    bytes[at + 1] = 0x80 | ((point >> 12) & 0x3f);
    bytes[at + 2] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at + 3] = 0x80 | (point & 0x3f);
  }
}

/** The text in UTF-8 from `start` to `end`, which must lie inside of `bytes`; undefined when it is not valid UTF-8. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT_BYTES_MAX) return readLongText(bytes.subarray(start, end));
  return end - start <= KNOWN_BYTES_MAX ? readKnownText(bytes, start, end) : readShortText(bytes, start, end);
}

/** Writes `text` as UTF-8 into exactly `count` bytes: cut between two characters, or filled up with NULs. */
export function writeChars(text: string, bytes: Uint8Array, offset: number, count: number): void {
  const end = offset + count;
  for (let at = writeText(text, bytes, offset, count); at < end; at++) bytes[at] = 0;
}

/** The text up to the first NUL of `count` bytes, which must lie inside of `bytes`; undefined when it is not UTF-8. */
export function readChars(bytes: Uint8Array, offset: number, count: number): string | undefined {
  const end = offset + count;
  let textEnd = offset;
  while (textEnd < end && bytes[textEnd] !== 0) textEnd += 1;
  return readText(bytes, offset, textEnd);
}

function readLongText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function readShortText(bytes: Uint8Array, start: number, end: number): string | undefined {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return readForeignText(bytes, start, end);
  return textOf(bytes, start, end - start);
}

/** Characters become UTF-16 units first, and then a text at once: to join texts is what costs. */
function readForeignText(bytes: Uint8Array, start: number, end: number): string | undefined {
  let units = 0;
  let at = start;
  while (at < end) {
    const first = bytes[at]!;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const point = length === 1 ? first : at + length > end ? -1 : pointOf(bytes, at, first, length);
    if (point < 0) return undefined;
    if (point < 0x10000) {
      foreignUnits[units++] = point;
    } else {
      foreignUnits[units++] = 0xd7c0 + (point >> 10);
      foreignUnits[units++] = 0xdc00 | (point & 0x3ff);
    }
    at += length;
  }
  return textOf(foreignUnits, 0, units);
}

/** The code point in 2 to 4 bytes, or -1 when they are malformed, overlong, a surrogate, or past U+10FFFF. */
function pointOf(bytes: Uint8Array, at: number, first: number, length: number): number {
  const second = bytes[at + 1]! ^ 0x80;
  if (length === 2) return first < 0xc2 || second > 0x3f ? -1 : ((first & 0x1f) << 6) | second;
  const third = bytes[at + 2]! ^ 0x80;
  if ((second | third) > 0x3f) return -1;
  if (length === 3) {
    const point = ((first & 0x0f) << 12) | (second << 6) | third;
    return point < 0x800 || (point & 0xf800) === 0xd800 ? -1 : point;
  }
  const fourth = bytes[at + 3]! ^ 0x80;
  if (first > 0xf4 || fourth > 0x3f) return -1;
  const point = ((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth;
  return point < 0x10000 || point > 0x10ffff ? -1 : point;
}

/*
 * Names come again and again: a table, found by their bytes, gives back the text that was made before. Where texts do
 * not come again it would only cost: after a run of misses it is left alone for a while.
 */

const KNOWN_BYTES_MAX = 16;
/** A power of two. */
const KNOWN_TEXTS_MAX = 512;
const MISSES_MAX = 64;
const REST_READS = 2048;

/** Four words of bytes for each text, zeros behind its end. */
const knownWords = /* @__PURE__ */ new Int32Array(4 * KNOWN_TEXTS_MAX);
const knownTexts = /* @__PURE__ */ new Array<string | undefined>(KNOWN_TEXTS_MAX);
let misses = 0;
let restingReads = 0;

function readKnownText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (restingReads > 0) {
    restingReads -= 1;
    return readShortText(bytes, start, end);
  }
  const length = end - start;
  const first = wordAt(bytes, start, length);
  const second = length > 4 ? wordAt(bytes, start + 4, length - 4) : 0;
  const third = length > 8 ? wordAt(bytes, start + 8, length - 8) : 0;
  const fourth = length > 12 ? wordAt(bytes, start + 12, length - 12) : 0;
  // A NUL counts like what is behind the end: such a text would be taken for a shorter one.
  if (length > 0 && bytes[end - 1] === 0) return readShortText(bytes, start, end);
  const mixed =
    Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(third ^ (fourth << 7), 0xc2b2ae35);
  const slot = (mixed ^ (mixed >>> 15)) & (KNOWN_TEXTS_MAX - 1);
  const words = slot << 2;
  const known = knownTexts[slot];
  if (
    known !== undefined &&
    knownWords[words] === first &&
    knownWords[words + 1] === second &&
    knownWords[words + 2] === third &&
    knownWords[words + 3] === fourth
  ) {
    misses = 0;
    return known;
  }
  const text = readShortText(bytes, start, end);
  if (text === undefined) return undefined;
  knownTexts[slot] = text;
  knownWords[words] = first;
  knownWords[words + 1] = second;
  knownWords[words + 2] = third;
  knownWords[words + 3] = fourth;
  misses += 1;
  if (misses === MISSES_MAX) [misses, restingReads] = [0, REST_READS];
  return text;
}

/** Four bytes, or fewer and zeros. */
function wordAt(bytes: Uint8Array, at: number, length: number): number {
  if (length >= 4) return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  if (length === 3) return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  return length === 2 ? bytes[at]! | (bytes[at + 1]! << 8) : length === 1 ? bytes[at]! : 0;
}

/** The text of `length` UTF-16 units. One call with all of them is several times faster than joining texts. */
// eslint-disable-next-line max-lines-per-function -- seventeen cases of one line each, but for the width of a page
function textOf(units: Uint8Array | Uint16Array, at: number, length: number): string {
  switch (length) {
    case 0:
      return "";
    case 1:
      return String.fromCharCode(units[at]!);
    case 2:
      return String.fromCharCode(units[at]!, units[at + 1]!);
    case 3:
      return String.fromCharCode(units[at]!, units[at + 1]!, units[at + 2]!);
    case 4:
      return String.fromCharCode(units[at]!, units[at + 1]!, units[at + 2]!, units[at + 3]!);
    case 5:
      return String.fromCharCode(units[at]!, units[at + 1]!, units[at + 2]!, units[at + 3]!, units[at + 4]!);
    case 6:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
      );
    case 7:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
      );
    case 8:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
      );
    case 9:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
      );
    case 10:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
      );
    case 11:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
        units[at + 10]!,
      );
    case 12:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
        units[at + 10]!,
        units[at + 11]!,
      );
    case 13:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
        units[at + 10]!,
        units[at + 11]!,
        units[at + 12]!,
      );
    case 14:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
        units[at + 10]!,
        units[at + 11]!,
        units[at + 12]!,
        units[at + 13]!,
      );
    case 15:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
        units[at + 10]!,
        units[at + 11]!,
        units[at + 12]!,
        units[at + 13]!,
        units[at + 14]!,
      );
    case 16:
      return String.fromCharCode(
        units[at]!,
        units[at + 1]!,
        units[at + 2]!,
        units[at + 3]!,
        units[at + 4]!,
        units[at + 5]!,
        units[at + 6]!,
        units[at + 7]!,
        units[at + 8]!,
        units[at + 9]!,
        units[at + 10]!,
        units[at + 11]!,
        units[at + 12]!,
        units[at + 13]!,
        units[at + 14]!,
        units[at + 15]!,
      );
    default:
      return textOf(units, at, 16) + textOf(units, at + 16, length - 16);
  }
}
