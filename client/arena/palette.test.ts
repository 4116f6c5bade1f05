import { expect, test } from "vitest";
import { cssColour, packColour } from "./palette.ts";

test("a sprite's colour has alpha in its highest byte, and red in its lowest", () => {
  expect(packColour(0x112233, 1)).toBe(0xff332211);
  expect(packColour(0x112233, 0.5)).toBe(0x80332211);
  expect(packColour(0x112233, -1)).toBe(0x00332211);
  expect(packColour(0xffffff, 7)).toBe(0xffffffff);
});

test("the canvas gets its colour in words", () => {
  expect(cssColour(0x112233, 0.25)).toBe("rgba(17, 34, 51, 0.25)");
});
