import { expect, test } from "vitest";
import { decodeChatSay, encodeArenaInput, encodeChatSay, encodeKill } from "../../shared/schema/generated/arena.ts";
import {
  encodeBits,
  encodeFixed,
  encodeMaybe,
  encodeSomeStruct,
  encodeSpellings,
  encodeVaried,
  Side,
  Trend,
} from "./golden/kitchen.ts";

const INPUT = { thrust: false, reverse: false, fire: false, beam: false, aims: false, turn: 0, aim: 0 };
const BITS = {
  on: false,
  small: 0,
  aim: 0,
  wide: 0,
  speed: 0,
  odd: 1,
  side: Side.NORTH,
  trend: Trend.LEVEL,
  deep: 0,
  last: 0,
  full: 0,
};
const SPELLINGS = { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0n, g: 0n, h: 0, i: { x: 0, y: 0 }, j: false };
const PASTED = { username: "", id: 0, scores: Array.from({ length: 32 }, () => 0) };
const UNKNOWN = 3 as Side;

test.each([
  ["a number over its type", () => encodeKill({ killer: 70_000, victim: 0 }), "Kill.killer: 70000 does not fit u16"],
  ["a number below its type", () => encodeKill({ killer: 0, victim: -1 }), "Kill.victim: -1 does not fit u16"],
  ["half a number", () => encodeKill({ killer: 0.5, victim: 0 }), "Kill.killer: 0.5 does not fit u16"],
  ["no number", () => encodeKill({ killer: NaN, victim: 0 }), "Kill.killer: NaN does not fit u16"],
  ["a bit field", () => encodeArenaInput({ ...INPUT, turn: 2 }), "ArenaInput.turn: 2 does not fit i8 : 2"],
  ["an angle", () => encodeArenaInput({ ...INPUT, aim: 0.5 }), "ArenaInput.aim: 0.5 does not fit angle"],
  ["an unknown member", () => encodeBits({ ...BITS, side: UNKNOWN }), "Bits.side: 3 is no Side"],
  ["what is not finite", () => encodeBits({ ...BITS, speed: NaN }), "Bits.speed: NaN is not inside of -1 ≤ value < 1"],
  ["infinity", () => encodeBits({ ...BITS, speed: Infinity }), "Bits.speed: Infinity is not inside of -1 ≤ value < 1"],
  ["the end of a range", () => encodeBits({ ...BITS, speed: 1 }), "Bits.speed: 1 is not inside of -1 ≤ value < 1"],
  ["a bigint over its type", () => encodeSpellings({ ...SPELLINGS, f: 2n ** 63n }), "does not fit i64"],
  ["a bigint below its type", () => encodeSpellings({ ...SPELLINGS, g: -1n }), "Spellings.g: -1 does not fit u64"],
  ["a number for a bigint", () => encodeSpellings({ ...SPELLINGS, g: 1 as unknown as bigint }), "Spellings.g: 1 does"],
  ["a long text", () => encodeChatSay({ text: "€".repeat(54) }), "takes 162 bytes, and its bound is 160"],
  [
    "a long text of fixed size",
    () => encodeSomeStruct({ ...PASTED, username: "abcdefghijklmnopq" }),
    `someStruct.username: "abcdefghijklmnopq" takes 17 bytes, and its bound is 16`,
  ],
  ["a NUL", () => encodeSomeStruct({ ...PASTED, username: "a\0" }), "holds a NUL, which ends a text of fixed size"],
  ["an optional number", () => encodeMaybe({ bits: 0, tail: 0, id: -1 }), "Maybe.id: -1 does not fit u16"],
])("%s that does not fit throws, naming field and value", (_, encode, message) => {
  expect(encode).toThrow(RangeError);
  expect(encode).toThrow(message);
});

test("what fits does not throw, ends of ranges and lone surrogates included", () => {
  expect(encodeKill({ killer: 65_535, victim: 0 }).length).toBe(5);
  expect(encodeArenaInput({ ...INPUT, turn: -2, aim: -1 }).length).toBe(3);
  expect(encodeBits({ ...BITS, speed: -1, side: Side.SOUTH }).length).toBe(15);
  expect(encodeBits({ ...BITS, speed: 0.999 }).length).toBe(15);
  expect(encodeSpellings({ ...SPELLINGS, f: 2n ** 63n - 1n, g: 2n ** 64n - 1n }).length).toBe(45);
  expect(encodeSomeStruct({ ...PASTED, username: "abcdefghijklmnop" }).length).toBe(146);
  expect(encodeMaybe({ bits: 0, tail: 0 }).length).toBe(3);
  expect(decodeChatSay(encodeChatSay({ text: "a\ud800" }))).toEqual({ text: "a\ufffd" });
  expect(encodeChatSay({ text: "€".repeat(53) }).length).toBe(161);
});

test("an element that does not fit is named with its index", () => {
  const fixed = {
    scalars: { flag: true, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0, side: Side.NORTH, mood: 300 as const },
    few: [0, 65_536, 0],
    many: Array.from({ length: 11 }, () => 0),
    sides: [Side.EAST, Side.EAST],
    flags: Array.from({ length: 9 }, () => false),
    points: [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ],
  };

  expect(() => encodeFixed(fixed)).toThrow("Fixed.few[1]: 65536 does not fit u16");
  expect(encodeFixed({ ...fixed, few: [0, 65_535, 0] }).length).toBe(108);
  expect(() => encodeFixed({ ...fixed, few: [0, 0, 0], sides: [Side.EAST, UNKNOWN] })).toThrow("Fixed.sides: 3 is no");
});

test("what was refused took no bytes, and the next message is whole", () => {
  const before = encodeKill({ killer: 1, victim: 2 });
  expect(() => encodeVaried({} as Parameters<typeof encodeVaried>[0])).toThrow();

  expect([...before]).toEqual([0x24, 1, 0, 2, 0]);
  expect([...encodeKill({ killer: 3, victim: 4 })]).toEqual([0x24, 3, 0, 4, 0]);
});
