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
const SHORT_UNITS_MAX = 32;
/** Up to here a loop is faster than a call into the platform; in bytes. */
const SHORT_BYTES_MAX = 32;
const REPLACEMENT = 0xfffd;

/**
 * Writes `text` as UTF-8 and returns the offset behind it.
 *
 * At most `bytesMax` bytes are written: a longer text is cut between two characters. A lone surrogate becomes U+FFFD.
 */
export function writeText(text: string, bytes: Uint8Array, offset: number, bytesMax: number): number {
  if (text.length > SHORT_UNITS_MAX) {
    return offset + encoder.encodeInto(text, bytes.subarray(offset, offset + bytesMax)).written;
  }
  const end = offset + bytesMax;
  let at = offset;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      if (at === end) break;
      bytes[at++] = unit;
      continue;
    }
    const point = pointAt(text, index);
    const next = at + (point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    if (next > end) break;
    putPoint(point, bytes, at);
    if (point >= 0x10000) index += 1;
    at = next;
  }
  return at;
}

/** The text in UTF-8 from `start` to `end`, which must lie inside of `bytes`; undefined when it is not valid UTF-8. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT_BYTES_MAX) return readLongText(bytes.subarray(start, end));
  // Four at a time: joining single characters is what costs.
  let text = "";
  let at = start;
  while (at < end) {
    const first = bytes[at]!;
    if (at + 4 <= end && (first | bytes[at + 1]! | bytes[at + 2]! | bytes[at + 3]!) < 0x80) {
      text += String.fromCharCode(first, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
      at += 4;
      continue;
    }
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += 1;
      continue;
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const point = at + length > end ? -1 : pointOf(bytes, at, first, length);
    if (point < 0) return undefined;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

function readLongText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The code point that starts at `index`, which is not ASCII. */
function pointAt(text: string, index: number): number {
  const point = text.codePointAt(index)!;
  return point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point;
}

function putPoint(point: number, bytes: Uint8Array, at: number): void {
  if (point < 0x800) {
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

/** The code point in `length` bytes, or -1 when they are malformed, overlong, a surrogate, or past U+10FFFF. */
function pointOf(bytes: Uint8Array, at: number, first: number, length: number): number {
  let point = first & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    const next = bytes[at + index]!;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  if (first < 0xc2 || first > 0xf4 || point > 0x10ffff) return -1;
  if (length > 2 && point < (length === 3 ? 0x800 : 0x10000)) return -1;
  return point >= 0xd800 && point <= 0xdfff ? -1 : point;
}
