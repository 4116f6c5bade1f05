import { encode } from "@msgpack/msgpack";
import { expect, test } from "vitest";
import { FREE_FORM_BYTES_MAX } from "../../schema/generated/engine.ts";
import { decodeFreeForm, encodeFreeForm } from "./free-form.ts";

test("a map survives the wire, and no bytes at all are an empty map", () => {
  const value = { name: "Ada", skins: [1, 2, 3], nested: { deep: true, none: null } };

  expect(decodeFreeForm(encodeFreeForm(value))).toEqual({ value });
  expect(decodeFreeForm(new Uint8Array(0))).toEqual({ value: {} });
});

test("4,096 bytes are accepted, one more is refused, on both sides", () => {
  const ofBytes = (length: number): string => "x".repeat(length - 3);
  expect(encodeFreeForm(ofBytes(FREE_FORM_BYTES_MAX)).length).toBe(4096);
  expect(decodeFreeForm(encode(ofBytes(4096)))).toBeDefined();

  expect(() => encodeFreeForm(ofBytes(4097))).toThrow("at most 4096 bytes of msgpack, not 4097");
  expect(decodeFreeForm(encode(ofBytes(4097)))).toBeUndefined();
});

test.each<[string, Uint8Array, boolean]>([
  ["an array of 256", encode(new Array<number>(256).fill(0)), true],
  ["an array of 257", encode(new Array<number>(257).fill(0)), false],
  ["1,365 nested arrays that each claim 65,535 elements", nested(4095, [0xdc, 0xff, 0xff]), false],
  ["2,000 nested arrays that hold nothing else", nested(2000, [0x91]), false],
  ["a map of 257", encode(Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`k${i}`, 0]))), false],
  ["a map of 256", encode(Object.fromEntries(Array.from({ length: 256 }, (_, i) => [`k${i}`, 0]))), true],
  ["a string that claims 4 GB", Uint8Array.of(0xdb, 0xff, 0xff, 0xff, 0xff), false],
  ["an unused type byte", Uint8Array.of(0xc1), false],
  ["a value and then another", Uint8Array.of(1, 2), false],
])("%s is accepted: %3$s", (_, bytes, accepted) => {
  expect(decodeFreeForm(bytes) !== undefined).toBe(accepted);
});

test("a key of __proto__ changes no prototype", () => {
  const hostile = Uint8Array.of(0x81, 0xa9, ...new TextEncoder().encode("__proto__"), 0x81, 0xa1, 0x78, 1);

  decodeFreeForm(hostile);

  expect(({} as { x?: number }).x).toBeUndefined();
});

function nested(length: number, header: number[]): Uint8Array {
  return new Uint8Array(length).map((_, i) => header[i % header.length]!);
}
