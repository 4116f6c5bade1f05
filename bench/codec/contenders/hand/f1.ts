import type { SomeStruct } from "../../../workload.ts";
import { codec } from "../../contender.ts";
import { readName } from "./intern.ts";
import { writeText } from "./text.ts";

const BYTES = 146;
const SLAB_BYTES = 65_536;

/** Kept beside its views: to ask a Uint8Array for its buffer is a call out of compiled code. */
let buffer = new ArrayBuffer(SLAB_BYTES);
let slab = new Uint8Array(buffer);
let view = new DataView(buffer);
let used = 0;

/** Fresh slabs are zero, and so is what lies behind a short name. */
function encode(value: SomeStruct): Uint8Array {
  if (used > SLAB_BYTES - BYTES) renew();
  const at = used;
  used = at + BYTES;
  writeText(value.username, slab, at, 16);
  view.setUint16(at + 16, value.id, true);
  const { scores } = value;
  if (scores.length !== 32) throw new RangeError(`${scores.length} scores, and there have to be 32`);
  for (let index = 0, to = at + 18; index < 32; index += 8, to += 32) {
    view.setFloat32(to, scores[index]!, true);
    view.setFloat32(to + 4, scores[index + 1]!, true);
    view.setFloat32(to + 8, scores[index + 2]!, true);
    view.setFloat32(to + 12, scores[index + 3]!, true);
    view.setFloat32(to + 16, scores[index + 4]!, true);
    view.setFloat32(to + 20, scores[index + 5]!, true);
    view.setFloat32(to + 24, scores[index + 6]!, true);
    view.setFloat32(to + 28, scores[index + 7]!, true);
  }
  return new Uint8Array(buffer, at, BYTES);
}

function renew(): void {
  buffer = new ArrayBuffer(SLAB_BYTES);
  slab = new Uint8Array(buffer);
  view = new DataView(buffer);
  used = 0;
}

/** The scores lie at 18: copied to 2 they are on a word, where a Float32Array of the machine's byte order reads them. */
const scratch = new Uint8Array(BYTES + 2);
const floats = new Float32Array(scratch.buffer);

function decode(bytes: Uint8Array): SomeStruct | undefined {
  if (bytes.length !== BYTES) return undefined;
  let length = 0;
  while (length < 16 && bytes[length] !== 0) length += 1;
  const username = readName(bytes, 0, length);
  if (username === undefined) return undefined;
  scratch.set(bytes, 2);
  return { username, id: bytes[16]! | (bytes[17]! << 8), scores: scoresOf(floats) };
}

/** A literal of 32 is faster than a loop into `new Array(32)`. */
// prettier-ignore
function scoresOf(f: Float32Array): number[] {
  return [
    f[5]!, f[6]!, f[7]!, f[8]!, f[9]!, f[10]!, f[11]!, f[12]!,
    f[13]!, f[14]!, f[15]!, f[16]!, f[17]!, f[18]!, f[19]!, f[20]!,
    f[21]!, f[22]!, f[23]!, f[24]!, f[25]!, f[26]!, f[27]!, f[28]!,
    f[29]!, f[30]!, f[31]!, f[32]!, f[33]!, f[34]!, f[35]!, f[36]!,
  ];
}

export const f1 = codec<SomeStruct>(encode, decode);
