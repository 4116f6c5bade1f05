import { expect, test } from "vitest";
import { framedBytes } from "./framing.ts";

test.each([
  [0, 3],
  [124, 127],
  [125, 130],
  [65_534, 65_539],
  [65_535, 65_546],
])("a message of %i bytes is %i in its frame: the lane header counts as payload", (bytes, framed) => {
  expect(framedBytes(bytes)).toBe(framed);
});
