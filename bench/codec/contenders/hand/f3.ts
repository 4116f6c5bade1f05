import type { Entity, World } from "../../../workload.ts";
import { codec } from "../../contender.ts";

const HEADER_BYTES = 10;
const ENTITY_BYTES = 12;
const ENTITIES_MAX = 1024;
const SLAB_BYTES = 65_536;

let slab = new ArrayBuffer(SLAB_BYTES);
let halves = new Uint16Array(slab);
let words = new Int32Array(slab);
let used = 2;

/**
 * A world starts two bytes behind a word, so that the entities, ten bytes further on, lie on words: three stores each.
 * Words of the machine's byte order are the wire's wherever JavaScript runs today.
 */
function encode(value: World): Uint8Array {
  const { tick, ackSeq, entities } = value;
  const count = entities.length;
  if (count > ENTITIES_MAX) throw new RangeError(`${count} entities, ${ENTITIES_MAX} are allowed`);
  const bytes = HEADER_BYTES + count * ENTITY_BYTES;
  if (used + bytes > SLAB_BYTES) renew();
  const at = used;
  // Twelve a record and ten in front: two more bring the next world to its place.
  used = at + bytes + 2;
  const half = at >> 1;
  halves[half] = tick;
  halves[half + 1] = tick >>> 16;
  halves[half + 2] = ackSeq;
  halves[half + 3] = ackSeq >>> 16;
  halves[half + 4] = count;
  for (let index = 0, word = (at + HEADER_BYTES) >> 2; index < count; index++, word += 3) {
    const { id, kind, team, alive, x, y, vx, vy, angle, hp } = entities[index]!;
    const xSteps = (x * 64 + 0.5) & 0x3ffff;
    const ySteps = (y * 64 + 0.5) & 0x3ffff;
    const bits = (kind & 0x0f) | ((team & 3) << 4) | (alive ? 0x40 : 0) | (xSteps << 7);
    words[word] = (id & 0xffff) | (bits << 16);
    words[word + 1] = (bits >>> 16) | (ySteps << 9);
    words[word + 2] = (vx & 0xff) | ((vy & 0xff) << 8) | ((angle & 0xff) << 16) | (hp << 24);
  }
  return new Uint8Array(slab, at, bytes);
}

function renew(): void {
  slab = new ArrayBuffer(SLAB_BYTES);
  halves = new Uint16Array(slab);
  words = new Int32Array(slab);
  used = 2;
}

const STEP = 1 / 64;
/** Two bytes in front, for the same reason. */
const scratch = new Uint8Array(2 + HEADER_BYTES + ENTITIES_MAX * ENTITY_BYTES);
const read = new Int32Array(scratch.buffer);

function decode(bytes: Uint8Array): World | undefined {
  const { length } = bytes;
  if (length < HEADER_BYTES || length + 2 > scratch.length) return undefined;
  const count = bytes[8]! | (bytes[9]! << 8);
  if (HEADER_BYTES + count * ENTITY_BYTES > length) return undefined;
  scratch.set(bytes, 2);
  const entities = new Array<Entity>(count);
  for (let index = 0, word = 3; index < count; index++, word += 3) {
    const [first, second, third] = [read[word]!, read[word + 1]!, read[word + 2]!];
    entities[index] = {
      id: first & 0xffff,
      kind: (first >>> 16) & 0x0f,
      team: (first >>> 20) & 3,
      alive: (first & 0x40_0000) !== 0,
      x: ((first >>> 23) | ((second & 0x1ff) << 9)) * STEP,
      y: ((second >>> 9) & 0x3ffff) * STEP,
      vx: (third << 24) >> 24,
      vy: (third << 16) >> 24,
      angle: (third >>> 16) & 0xff,
      hp: third >>> 24,
    };
  }
  return {
    tick: (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24)) >>> 0,
    ackSeq: (bytes[4]! | (bytes[5]! << 8) | (bytes[6]! << 16) | (bytes[7]! << 24)) >>> 0,
    entities,
  };
}

export const f3 = codec<World>(encode, decode);
