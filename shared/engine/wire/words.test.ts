import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bigOfWords,
  bitsOfFloat,
  floatOfBits,
  floatOfWords,
  highOfBig,
  highOfFloat,
  lowOfBig,
  lowOfFloat,
  unsignedBigOfWords,
} from "./words.ts";

test.each([
  [0, 0],
  [-0, -(2 ** 31)],
  [1, 0x3f800000],
  [Infinity, 0x7f800000],
  [-Infinity, 0xff800000 | 0],
  [1.401298464324817e-45, 1],
])("the bits of the 32-bit float %f are %i, and back", (value, bits) => {
  expect(bitsOfFloat(value)).toBe(bits);
  expect(floatOfBits(bits)).toBe(value);
});

test.each([
  [0, 0, 0],
  [-0, 0, -(2 ** 31)],
  [1, 0, 0x3ff00000],
  [0.1, 0x9999999a | 0, 0x3fb99999],
  [Infinity, 0, 0x7ff00000],
  [-Infinity, 0, 0xfff00000 | 0],
  [5e-324, 1, 0],
])("the words of the 64-bit float %f are %i and %i, and back", (value, low, high) => {
  expect([lowOfFloat(value), highOfFloat(value)]).toEqual([low, high]);
  expect(floatOfWords(low, high)).toBe(value);
});

test("what is no number stays none, in 32 bits and in 64", () => {
  expect(floatOfBits(bitsOfFloat(NaN))).toBeNaN();
  expect(floatOfWords(lowOfFloat(NaN), highOfFloat(NaN))).toBeNaN();
});

test("every float of 32 and of 64 bits comes back", () => {
  fc.assert(
    fc.property(fc.float(), fc.double(), (single, double) => {
      expect(floatOfBits(bitsOfFloat(single))).toBe(single);
      expect(floatOfWords(lowOfFloat(double), highOfFloat(double))).toBe(double);
    }),
  );
});

test.each([
  [0n, 0, 0],
  [-1n, -1, -1],
  [1n << 32n, 0, 1],
  [(1n << 31n) + 5n, -(2 ** 31) + 5, 0],
  [2n ** 63n - 1n, -1, 2 ** 31 - 1],
  [-(2n ** 63n), 0, -(2 ** 31)],
])("the words of the integer %s are %i and %i, and back", (value, low, high) => {
  expect([lowOfBig(value), highOfBig(value)]).toEqual([low, high]);
  expect(bigOfWords(low, high)).toBe(value);
});

test("every 64-bit integer comes back, with a sign and without one", () => {
  const [signed, unsigned] = [
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  ];
  fc.assert(
    fc.property(signed, unsigned, (integer, natural) => {
      expect(bigOfWords(lowOfBig(integer), highOfBig(integer))).toBe(integer);
      expect(unsignedBigOfWords(lowOfBig(natural), highOfBig(natural))).toBe(natural);
    }),
  );
});
