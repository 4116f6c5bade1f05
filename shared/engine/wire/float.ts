// A float's bits are moved as one whole number: no DataView is made, and nothing depends on where a packet starts.
const floats = /* @__PURE__ */ new Float32Array(1);
const floatBits = /* @__PURE__ */ new Int32Array(/* @__PURE__ */ bufferOf(floats));
const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** Longer packets are not copied whole to align a few floats. */
const ALIGNED_BYTES_MAX = 1024;
/** Where the first float comes to lie, whatever stands in front of it in its packet. */
const ALIGNED_AT = 256;
const aligned = /* @__PURE__ */ new Uint8Array(ALIGNED_AT + ALIGNED_BYTES_MAX);
/** Bytes lie in it as the machine wants them: little-endian, wherever JavaScript runs. */
const alignedFloats = /* @__PURE__ */ floatsOver(aligned);

let viewedBytes: Uint8Array | undefined;
let lastView: DataView | undefined;

/** A view of `bytes` for an encoder. The last one is kept: to make one takes longer than to write a small message. */
export function viewOf(bytes: Uint8Array): DataView {
  if (bytes === viewedBytes) return lastView!;
  viewedBytes = bytes;
  lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return lastView;
}

/**
 * Copies `count` floats, at most 256, to where the machine can read them; they are good until the next call.
 *
 * A Float32Array over the packet itself would throw wherever the floats do not start at a multiple of four. To copy a
 * short packet whole is faster than to make a view of a part of it.
 */
export function alignFloats(bytes: Uint8Array, offset: number, count: number): Float32Array {
  if (offset > ALIGNED_AT || bytes.length > ALIGNED_BYTES_MAX) alignPart(bytes, offset, count);
  else aligned.set(bytes, ALIGNED_AT - offset);
  return alignedFloats;
}

/** A function of its own, so that engines inline the other one. */
function alignPart(bytes: Uint8Array, offset: number, count: number): void {
  aligned.set(bytes.subarray(offset, offset + 4 * count), ALIGNED_AT);
}

/** Reads four bytes, little-endian, inside of `bytes`. */
export function readF32(bytes: Uint8Array, offset: number): number {
  floatBits[0] = bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24);
  return floats[0]!;
}

/** Reads eight bytes, little-endian, inside of `bytes`. */
export function readF64(bytes: Uint8Array, offset: number): number {
  readScratch(bytes, offset);
  return scratch.getFloat64(0, true);
}

/** Reads eight bytes, little-endian, inside of `bytes`: -2⁶³ to 2⁶³ - 1. */
export function readI64(bytes: Uint8Array, offset: number): bigint {
  readScratch(bytes, offset);
  return scratch.getBigInt64(0, true);
}

/** Reads eight bytes, little-endian, inside of `bytes`: 0 to 2⁶⁴ - 1. */
export function readU64(bytes: Uint8Array, offset: number): bigint {
  readScratch(bytes, offset);
  return scratch.getBigUint64(0, true);
}

function bufferOf(array: Float32Array): ArrayBufferLike {
  return array.buffer;
}

function floatsOver(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.buffer, ALIGNED_AT);
}

function readScratch(bytes: Uint8Array, offset: number): void {
  scratch.setInt32(0, wordAt(bytes, offset), true);
  scratch.setInt32(4, wordAt(bytes, offset + 4), true);
}

function wordAt(bytes: Uint8Array, offset: number): number {
  return bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24);
}
