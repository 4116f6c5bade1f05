import { readText } from "./text.ts";

/*
 * Names come again and again: a table of 512 places, found by their bytes, gives back the string made before.
 *
 * Where they do not come again the table would only cost, so that after a run of misses it is left alone for a while.
 */

const SLOTS = 512;
const NAME_BYTES_MAX = 16;
const MISSES_MAX = 64;
const PAUSE = 2048;

/** Four words of bytes for each slot, zeros behind the end. */
const keys = new Int32Array(4 * SLOTS);
const lengths = new Uint8Array(SLOTS).fill(0xff);
const texts = new Array<string>(SLOTS).fill("");
let misses = 0;
let pause = 0;

/** The text from `start` to `end`, or undefined when it is not UTF-8. */
export function readName(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start;
  if (length > NAME_BYTES_MAX) return readText(bytes, start, end);
  if (pause > 0) {
    pause -= 1;
    return readText(bytes, start, end);
  }
  const first = wordAt(bytes, start, length);
  const second = length > 4 ? wordAt(bytes, start + 4, length - 4) : 0;
  const third = length > 8 ? wordAt(bytes, start + 8, length - 8) : 0;
  const fourth = length > 12 ? wordAt(bytes, start + 12, length - 12) : 0;
  const slot = slotOf(first, second, third, fourth, length);
  const key = slot << 2;
  if (
    keys[key] === first &&
    keys[key + 1] === second &&
    keys[key + 2] === third &&
    keys[key + 3] === fourth &&
    lengths[slot] === length
  ) {
    misses = 0;
    return texts[slot];
  }
  const text = readText(bytes, start, end);
  if (text === undefined) return undefined;
  keys[key] = first;
  keys[key + 1] = second;
  keys[key + 2] = third;
  keys[key + 3] = fourth;
  lengths[slot] = length;
  texts[slot] = text;
  misses += 1;
  if (misses === MISSES_MAX) [misses, pause] = [0, PAUSE];
  return text;
}

function slotOf(first: number, second: number, third: number, fourth: number, length: number): number {
  const mixed = first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0x85ebca6b) ^ Math.imul(fourth, 0x27d4eb2f);
  return Math.imul(mixed ^ length, 0xc2b2ae35) >>> 23;
}

/** Four bytes, or fewer and zeros. */
function wordAt(bytes: Uint8Array, at: number, length: number): number {
  if (length >= 4) return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  if (length === 3) return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  if (length === 2) return bytes[at]! | (bytes[at + 1]! << 8);
  return length === 1 ? bytes[at]! : 0;
}
