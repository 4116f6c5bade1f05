import type { Chat, Row } from "../../../workload.ts";
import { codec } from "../../contender.ts";
import { readName } from "./intern.ts";
import { readText, writeText } from "./text.ts";

const NAME_BYTES_MAX = 32;
const TEXT_BYTES_MAX = 200;
const ROWS_MAX = 20;
const BYTES_MAX = 4 + NAME_BYTES_MAX + TEXT_BYTES_MAX + ROWS_MAX * (5 + NAME_BYTES_MAX);
const SLAB_BYTES = 65_536;

/** Kept beside its views: to ask a Uint8Array for its buffer is a call out of compiled code. */
let buffer = new ArrayBuffer(SLAB_BYTES);
let slab = new Uint8Array(buffer);
let view = new DataView(buffer);
let used = 0;

function encode(value: Chat): Uint8Array {
  if (used > SLAB_BYTES - BYTES_MAX) renew();
  const start = used;
  const bytes = slab;
  bytes[start] = value.channel;
  const senderEnd = writeText(value.sender, bytes, start + 2, NAME_BYTES_MAX);
  bytes[start + 1] = senderEnd - start - 2;
  const textEnd = writeText(value.text, bytes, senderEnd + 1, TEXT_BYTES_MAX);
  bytes[senderEnd] = textEnd - senderEnd - 1;
  const { rows } = value;
  const count = rows.length;
  if (count > ROWS_MAX) throw new RangeError(`${count} rows, ${ROWS_MAX} are allowed`);
  bytes[textEnd] = count;
  let at = textEnd + 1;
  for (let index = 0; index < count; index++) {
    const { name, score } = rows[index]!;
    const nameEnd = writeText(name, bytes, at + 1, NAME_BYTES_MAX);
    bytes[at] = nameEnd - at - 1;
    view.setUint32(nameEnd, score, true);
    at = nameEnd + 4;
  }
  used = at;
  return new Uint8Array(buffer, start, at - start);
}

function renew(): void {
  buffer = new ArrayBuffer(SLAB_BYTES);
  slab = new Uint8Array(buffer);
  view = new DataView(buffer);
  used = 0;
}

function decode(bytes: Uint8Array): Chat | undefined {
  const { length } = bytes;
  if (length < 4) return undefined;
  const senderBytes = bytes[1]!;
  const senderEnd = 2 + senderBytes;
  if (senderBytes > NAME_BYTES_MAX || senderEnd >= length) return undefined;
  const sender = readName(bytes, 2, senderEnd);
  const textBytes = bytes[senderEnd]!;
  const textEnd = senderEnd + 1 + textBytes;
  if (textBytes > TEXT_BYTES_MAX || textEnd >= length) return undefined;
  const text = readText(bytes, senderEnd + 1, textEnd);
  if (sender === undefined || text === undefined) return undefined;
  const rows = decodeRows(bytes, textEnd);
  return rows === undefined ? undefined : { channel: bytes[0]!, sender, text, rows };
}

function decodeRows(bytes: Uint8Array, offset: number): Row[] | undefined {
  const { length } = bytes;
  const count = bytes[offset]!;
  if (count > ROWS_MAX || offset + 1 + count * 5 > length) return undefined;
  const rows = new Array<Row>(count);
  let at = offset + 1;
  for (let index = 0; index < count; index++) {
    const nameBytes = bytes[at]!;
    const nameEnd = at + 1 + nameBytes;
    // Put so that a length that is not there is refused too.
    if (!(nameBytes <= NAME_BYTES_MAX && nameEnd + 4 <= length)) return undefined;
    const name = readName(bytes, at + 1, nameEnd);
    if (name === undefined) return undefined;
    const score =
      bytes[nameEnd]! | (bytes[nameEnd + 1]! << 8) | (bytes[nameEnd + 2]! << 16) | (bytes[nameEnd + 3]! << 24);
    rows[index] = { name, score: score >>> 0 };
    at = nameEnd + 4;
  }
  return rows;
}

export const f4 = codec<Chat>(encode, decode);
