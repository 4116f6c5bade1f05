// Fields of a row that are no small integers, as 32-bit words and back.
const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The bits of a 32-bit float. */
export function bitsOfFloat(value: number): number {
  scratch.setFloat32(0, value, true);
  return scratch.getInt32(0, true);
}

export function floatOfBits(bits: number): number {
  scratch.setInt32(0, bits, true);
  return scratch.getFloat32(0, true);
}

/** The lower half of a 64-bit float's bits. */
export function lowOfFloat(value: number): number {
  scratch.setFloat64(0, value, true);
  return scratch.getInt32(0, true);
}

export function highOfFloat(value: number): number {
  scratch.setFloat64(0, value, true);
  return scratch.getInt32(4, true);
}

export function floatOfWords(low: number, high: number): number {
  setWords(low, high);
  return scratch.getFloat64(0, true);
}

/** The lower half of a 64-bit integer. */
export function lowOfBig(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

export function highOfBig(value: bigint): number {
  return Number(BigInt.asIntN(32, value >> 32n));
}

export function bigOfWords(low: number, high: number): bigint {
  setWords(low, high);
  return scratch.getBigInt64(0, true);
}

export function unsignedBigOfWords(low: number, high: number): bigint {
  setWords(low, high);
  return scratch.getBigUint64(0, true);
}

function setWords(low: number, high: number): void {
  scratch.setInt32(0, low, true);
  scratch.setInt32(4, high, true);
}
