import { expect, test } from "vitest";
import { alignFloats, readF32, readF64, readI64, readU64, viewOf } from "./float.ts";

test("an f32 is 4 bytes, the lowest first", () => {
  expect(readF32(Uint8Array.of(9, 0, 0, 0xc0, 0x3f, 9), 1)).toBe(1.5);
});

test("an f64 is 8 bytes, the lowest first", () => {
  expect(readF64(Uint8Array.of(9, 1, 0, 0, 0, 0, 0, 0, 0xc0, 9), 1)).toBe(-2.000_000_000_000_000_4);
});

test("64 bits are 8 bytes, the lowest first, signed or not", () => {
  const bytes = Uint8Array.of(9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

  expect(readI64(bytes, 1)).toBe(-2n);
  expect(readU64(bytes, 1)).toBe(0xffff_ffff_ffff_fffen);
  expect(readU64(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 0)).toBe(0x0807_0605_0403_0201n);
});

test.each([0, -0, NaN, Infinity, -Infinity, 2 ** -149, 3.402_823_466_385_288_6e38])(
  "%d survives as f32 and as f64",
  (value) => {
    const bytes = new Uint8Array(12);
    const view = viewOf(bytes);
    view.setFloat32(0, value, true);
    view.setFloat64(4, value, true);

    expect(readF32(bytes, 0)).toBe(value);
    expect(readF64(bytes, 4)).toBe(value);
  },
);

test("a view is that of the bytes that were asked for, wherever they start in their buffer", () => {
  const buffer = new ArrayBuffer(16);
  const [first, second] = [new Uint8Array(buffer, 3, 4), new Uint8Array(buffer, 8, 4)];
  viewOf(first).setUint8(0, 1);
  viewOf(second).setUint8(0, 2);
  viewOf(first).setUint8(1, 3);

  expect([...first]).toEqual([1, 3, 0, 0]);
  expect([...second]).toEqual([2, 0, 0, 0]);
  expect(() => {
    viewOf(first).setUint8(4, 1);
  }).toThrow(RangeError);
});

test.each([0, 1, 2, 3, 18, 256, 257, 1000, 1020, 1021, 5003])(
  "two floats at %i are read where the machine can",
  (offset) => {
    const bytes = new Uint8Array(offset + 8);
    new DataView(bytes.buffer).setFloat32(offset, 1.5, true);
    new DataView(bytes.buffer).setFloat32(offset + 4, -2, true);
    const floats = alignFloats(bytes, offset, 2);

    expect([floats[0], floats[1]]).toEqual([1.5, -2]);
  },
);
