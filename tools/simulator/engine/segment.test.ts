import { expect, test } from "vitest";
import { framedBytes } from "./segment.ts";

test("a frame costs 2 bytes, from 126 bytes on 4, from 65 536 on 10, and a client's mask 4 more", () => {
  const sizes = [0, 125, 126, 65_535, 65_536];

  expect(sizes.map((bytes) => framedBytes(bytes, false) - bytes)).toEqual([2, 2, 4, 4, 10]);
  expect(sizes.map((bytes) => framedBytes(bytes, true) - bytes)).toEqual([6, 6, 8, 8, 14]);
});
