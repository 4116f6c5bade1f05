const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** Writes four bytes, little-endian. */
export function writeF32(bytes: Uint8Array, offset: number, value: number): void {
  scratch.setFloat32(0, value, true);
  bytes[offset] = scratch.getUint8(0);
  bytes[offset + 1] = scratch.getUint8(1);
  bytes[offset + 2] = scratch.getUint8(2);
  bytes[offset + 3] = scratch.getUint8(3);
}

/** Reads four bytes, little-endian, inside of `bytes`. */
export function readF32(bytes: Uint8Array, offset: number): number {
  scratch.setUint32(0, u32At(bytes, offset), true);
  return scratch.getFloat32(0, true);
}

/** Writes eight bytes, little-endian. */
export function writeF64(bytes: Uint8Array, offset: number, value: number): void {
  scratch.setFloat64(0, value, true);
  for (let index = 0; index < 8; index++) bytes[offset + index] = scratch.getUint8(index);
}

/** Reads eight bytes, little-endian, inside of `bytes`. */
export function readF64(bytes: Uint8Array, offset: number): number {
  scratch.setUint32(0, u32At(bytes, offset), true);
  scratch.setUint32(4, u32At(bytes, offset + 4), true);
  return scratch.getFloat64(0, true);
}

function u32At(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>> 0;
}
