import { expect, test } from "vitest";
import { readF32, readF64, writeF32, writeF64 } from "./float.ts";

test("an f32 is 4 bytes, the lowest first", () => {
  const bytes = new Uint8Array(6);
  writeF32(bytes, 1, 1.5);

  expect([...bytes]).toEqual([0, 0, 0, 0xc0, 0x3f, 0]);
  expect(readF32(bytes, 1)).toBe(1.5);
});

test("an f64 is 8 bytes, the lowest first", () => {
  const bytes = new Uint8Array(10);
  writeF64(bytes, 1, -2.000_000_000_000_000_4);

  expect([...bytes]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 0]);
  expect(readF64(bytes, 1)).toBe(-2.000_000_000_000_000_4);
});

test.each([0, -0, NaN, Infinity, -Infinity, 2 ** -149, 3.402_823_466_385_288_6e38])(
  "%d survives as f32 and as f64",
  (value) => {
    const bytes = new Uint8Array(12);
    writeF32(bytes, 0, value);
    writeF64(bytes, 4, value);

    expect(readF32(bytes, 0)).toBe(value);
    expect(readF64(bytes, 4)).toBe(value);
  },
);
