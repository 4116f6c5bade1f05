import { textOf } from "./text-of.ts";

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

/** The UTF-16 units of a short text that is not ASCII, on their way to become one. */
const foreignUnits = /* @__PURE__ */ new Uint16Array(SHORT_BYTES_MAX);

/**
 * Writes `text` as UTF-8 and returns the offset behind it.
 *
 * At most `bytesMax` bytes are written: a longer text is cut between two characters. A lone surrogate becomes U+FFFD.
 */
export function writeText(text: string, bytes: Uint8Array, offset: number, bytesMax: number): number {
  const { length } = text;
  if (length > SHORT_UNITS_MAX) return writeLongText(text, bytes, offset, bytesMax);
  const asciiMax = length < bytesMax ? length : bytesMax;
  for (let index = 0; index < asciiMax; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) {
      const isSureToFit = 3 * (length - index) <= bytesMax - index;
      return isSureToFit
        ? writeForeignText(text, index, bytes, offset + index)
        : writeLongText(text, bytes, offset, bytesMax);
    }
    bytes[offset + index] = unit;
  }
  return offset + asciiMax;
}

function writeLongText(text: string, bytes: Uint8Array, offset: number, bytesMax: number): number {
  return offset + encoder.encodeInto(text, bytes.subarray(offset, offset + bytesMax)).written;
}

/** Writes the text from its first character that is not ASCII. It is known to fit. */
function writeForeignText(text: string, first: number, bytes: Uint8Array, offset: number): number {
  let at = offset;
  for (let index = first; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at] = 0xc0 | (unit >> 6);
      bytes[at + 1] = 0x80 | (unit & 0x3f);
      at += 2;
    } else {
      const point = (unit & 0xf800) === 0xd800 ? surrogatesAt(text, index) : unit;
      if (point < 0x10000) {
        bytes[at++] = 0xe0 | (point >> 12);
      } else {
        bytes[at++] = 0xf0 | (point >> 18);
        bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
        index += 1;
      }
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    }
  }
  return at;
}

/** The code point of two surrogates, or U+FFFD for a lone one. */
function surrogatesAt(text: string, index: number): number {
  const point = text.codePointAt(index)!;
  return point < 0x10000 ? 0xfffd : point;
}

/** The text in UTF-8 from `start` to `end`, which must lie inside of `bytes`; undefined when it is not valid UTF-8. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= KNOWN_BYTES_MAX) return readKnownText(bytes, start, end);
  return end - start <= SHORT_BYTES_MAX ? readShortText(bytes, start, end) : readLongText(bytes.subarray(start, end));
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
  for (let at = start; at < end;) {
    const first = bytes[at]!;
    if (first < 0x80) {
      foreignUnits[units++] = first;
      at += 1;
    } else if (first < 0xe0) {
      const second = bytes[at + 1]! ^ 0x80;
      if (first < 0xc2 || at + 2 > end || second > 0x3f) return undefined;
      foreignUnits[units++] = ((first & 0x1f) << 6) | second;
      at += 2;
    } else if (first < 0xf0) {
      const [second, third] = [bytes[at + 1]! ^ 0x80, bytes[at + 2]! ^ 0x80];
      const unit = ((first & 0x0f) << 12) | (second << 6) | third;
      if (at + 3 > end || (second | third) > 0x3f || unit < 0x800 || (unit & 0xf800) === 0xd800) return undefined;
      foreignUnits[units++] = unit;
      at += 3;
    } else {
      const point = at + 4 > end ? -1 : longPointAt(bytes, at);
      if (point < 0) return undefined;
      foreignUnits[units++] = 0xd7c0 + (point >> 10);
      foreignUnits[units++] = 0xdc00 | (point & 0x3ff);
      at += 4;
    }
  }
  return textOf(foreignUnits, 0, units);
}

/** The code point in four bytes, or -1 when they are malformed, overlong, or past U+10FFFF. */
function longPointAt(bytes: Uint8Array, at: number): number {
  const [first, second] = [bytes[at]!, bytes[at + 1]! ^ 0x80];
  const [third, fourth] = [bytes[at + 2]! ^ 0x80, bytes[at + 3]! ^ 0x80];
  if (first > 0xf4 || (second | third | fourth) > 0x3f) return -1;
  const point = ((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth;
  return point < 0x10000 || point > 0x10ffff ? -1 : point;
}

/*
 * Names come again and again: a table, found by their bytes, gives back the text that was made before. Where texts do
 * not come again it would only cost: after a run of misses it is left alone for a while.
 */

const KNOWN_BYTES_MAX = 16;
const KNOWN_TEXTS_MAX = 512;
/** Leaves as many bits of 32 as number the texts. */
const KNOWN_SHIFT = 23;
const MISSES_MAX = 64;
const REST_READS = 2048;

/** Four words of bytes for each text, zeros behind its end. */
const knownWords = /* @__PURE__ */ new Int32Array(4 * KNOWN_TEXTS_MAX);
const knownLengths = /* @__PURE__ */ new Uint8Array(KNOWN_TEXTS_MAX);
const knownTexts = /* @__PURE__ */ new Array<string>(KNOWN_TEXTS_MAX).fill("");
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
  const mixed = first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0x85ebca6b) ^ Math.imul(fourth, 0x27d4eb2f);
  const slot = Math.imul(mixed ^ length, 0xc2b2ae35) >>> KNOWN_SHIFT;
  const word = slot << 2;
  if (
    knownWords[word] === first &&
    knownWords[word + 1] === second &&
    knownWords[word + 2] === third &&
    knownWords[word + 3] === fourth &&
    knownLengths[slot] === length
  ) {
    misses = 0;
    return knownTexts[slot];
  }
  const text = readShortText(bytes, start, end);
  if (text === undefined) return undefined;
  knownWords[word] = first;
  knownWords[word + 1] = second;
  knownWords[word + 2] = third;
  knownWords[word + 3] = fourth;
  knownLengths[slot] = length;
  knownTexts[slot] = text;
  misses += 1;
  if (misses === MISSES_MAX) {
    misses = 0;
    restingReads = REST_READS;
  }
  return text;
}

/** Four bytes, or fewer and zeros. */
function wordAt(bytes: Uint8Array, at: number, length: number): number {
  if (length >= 4) return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  if (length === 3) return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  return length === 2 ? bytes[at]! | (bytes[at + 1]! << 8) : length === 1 ? bytes[at]! : 0;
}
