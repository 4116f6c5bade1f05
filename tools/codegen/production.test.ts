import { expect, test } from "vitest";
import { decodeClientMessage, encodeChatSay } from "../../shared/schema/generated/arena.ts";
import {
  decodeSomeStruct,
  decodeSpellings,
  encodeBits,
  encodeSomeStruct,
  encodeSpellings,
  Side,
  Trend,
} from "./golden/kitchen.ts";

/** Bytes as text, two digits each. */
function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

const ZERO = {
  on: false,
  small: 0,
  aim: 0,
  wide: 0,
  speed: 0,
  odd: 0,
  side: Side.NORTH,
  trend: Trend.LEVEL,
  deep: 0,
  last: 0,
  full: 0,
};

test("whole numbers are masked to their width, as C does; what is not finite becomes the least value of its range", () => {
  const value = {
    on: true,
    small: 12,
    aim: -1,
    wide: 2 ** 20 + 1,
    speed: NaN,
    odd: Infinity,
    side: Side.NORTH,
    trend: Trend.LEVEL,
    deep: 0,
    last: 257,
    full: -1,
  };

  // 1 | 4 << 1 | 4095 << 4 | 1 << 16, then zeros, 257 & 255, 2³² - 1
  expect(hex(encodeBits(value))).toBe("f9 ff 01 00 00 00 00 00 00 00 01 ff ff ff ff");
});

test("what is out of range is clamped, and what lies between two steps is rounded to the nearest", () => {
  const speeds = [-99, -1, -0.95, -0.93, 0.87, 0.95, 99].map((speed) => encodeBits({ ...ZERO, speed })[4]! >> 4);

  expect(speeds).toEqual([0, 0, 0, 1, 15, 15, 15]);
});

test("a text over its bound is cut between two characters", () => {
  const bytes = encodeChatSay({ text: "€".repeat(54) }); // 3 bytes each, 160 at most

  expect(bytes.length).toBe(2 + 159);
  expect(decodeClientMessage(bytes)).toEqual({ type: "ChatSay", value: { text: "€".repeat(53) } });
});

test("a text in a fixed size is cut between two characters, and ends at a NUL", () => {
  const scores = Array.from({ length: 32 }, () => 0);
  const nameOf = (username: string): string =>
    decodeSomeStruct(encodeSomeStruct({ username, id: 1, scores }))!.username;

  expect(nameOf("abcdefghijklmnopq")).toBe("abcdefghijklmnop");
  expect(nameOf("€€€€€€")).toBe("€€€€€");
  expect(nameOf("ab\0c")).toBe("ab");
  expect(nameOf("\ud800")).toBe("\ufffd");
});

test("a bigint keeps its lowest 64 bits", () => {
  const value = { a: 1, b: 1, c: 1, d: 1, e: 1, f: 2n ** 64n + 5n, g: -1n, h: 0, i: { x: 0, y: 0 }, j: false };

  expect(decodeSpellings(encodeSpellings(value))).toMatchObject({ f: 5n, g: 2n ** 64n - 1n });
});
