import { expect, test } from "vitest";
import { differenceOf } from "./equality.ts";

test.each([
  ["a number", { a: 1 }, { a: 2 }, "value.a is 2, not 1"],
  ["zero's sign", { a: 0 }, { a: -0 }, "value.a is 0, not 0"],
  ["a text in a list", [{ name: "a" }], [{ name: "b" }], 'value.0.name is "b", not "a"'],
  ["a longer list", [1], [1, 2], "value.length is 2, not 1"],
  ["a missing object", { a: { b: 1 } }, {}, "value.a is undefined, not an object"],
])("%s that differs is named", (_, expected, actual, difference) => {
  expect(differenceOf(expected, actual)).toBe(difference);
});

test("a typed array equals a list, NaN equals NaN, and further fields do not matter", () => {
  expect(differenceOf({ a: [1, 2] }, { a: Float32Array.of(1, 2) })).toBeUndefined();
  expect(differenceOf({ a: NaN }, { a: NaN, type: "message" })).toBeUndefined();
});
