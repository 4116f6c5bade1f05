import { expect, test } from "vitest";
import { quantize } from "./quantize.ts";

test.each([
  ["the least value", -16, 0],
  ["below the range", -17, 0],
  ["just below half a step", -16 + 1 / 65, 0],
  ["half a step", -16 + 1 / 64, 1],
  ["zero", 0, 512],
  ["the greatest value", 16 - 1 / 32, 1023],
  ["the end of the range, which is outside of it", 16, 1023],
  ["far above the range", 1e300, 1023],
  ["no number", NaN, 0],
  ["infinity", Infinity, 0],
  ["minus infinity", -Infinity, 0],
])("%s: %d is step %d of -16 to 16 in steps of 1/32", (_, value, raw) => {
  expect(quantize(value, -16, 32, 1023)).toBe(raw);
});

test("a finite value whose steps overflow is clamped", () => {
  expect(quantize(1e308, 0, 32, 1023)).toBe(1023);
});

test("a range of 2³² values keeps its last step", () => {
  expect(quantize(4_294_967_295, 0, 1, 4_294_967_295)).toBe(4_294_967_295);
});
