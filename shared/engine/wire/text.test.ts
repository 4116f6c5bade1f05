import fc from "fast-check";
import { expect, test } from "vitest";
import { readText, writeText } from "./text.ts";

/** What is written for a text, with a byte of 0xee on both sides that must stay. */
function written(text: string, bytesMax: number): number[] {
  const bytes = new Uint8Array(bytesMax + 2).fill(0xee);
  const end = writeText(text, bytes, 1, bytesMax);
  expect([bytes[0], bytes[bytesMax + 1]]).toEqual([0xee, 0xee]);
  return [...bytes.subarray(1, end)];
}

/** UTF-8 as the platform writes it. */
function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

const LONG = "x".repeat(40);

test.each(["", "a", "ë", "€", "😀", "aë€😀", `${LONG}ë`, `${LONG}😀`])(
  "%j is written as UTF-8 and read again",
  (text) => {
    const bytes = Uint8Array.from(written(text, 100));

    expect([...bytes]).toEqual(utf8(text));
    expect(readText(bytes, 0, bytes.length)).toBe(text);
  },
);

test.each([
  ["aë", 2, "a"],
  ["aë", 3, "aë"],
  ["a€", 3, "a"],
  ["a😀b", 4, "a"],
  ["a😀b", 5, "a😀"],
  ["abc", 0, ""],
  [`${LONG}😀`, 43, LONG],
  [`${LONG}😀`, 44, `${LONG}😀`],
])("%j in %i bytes is cut between two characters: %j", (text, bytesMax, kept) => {
  expect(written(text, bytesMax)).toEqual(utf8(kept));
});

test.each(["\ud800", "\udc00", "a\ud800b", "\udc00\ud800", `${LONG}\ud800`])(
  "the lone surrogate in %j becomes U+FFFD",
  (text) => {
    expect(written(text, 100)).toEqual(utf8(text.replaceAll(/[\ud800-\udfff]/g, "\ufffd")));
  },
);

test.each([
  ["a lone continuation", [0x80]],
  ["a character that is cut", [0xe2, 0x82]],
  ["a continuation that is missing", [0xc3, 0x41]],
  ["an overlong slash of two bytes", [0xc0, 0xaf]],
  ["an overlong slash of three bytes", [0xe0, 0x80, 0xaf]],
  ["an overlong euro of four bytes", [0xf0, 0x82, 0x82, 0xac]],
  ["a surrogate", [0xed, 0xa0, 0x80]],
  ["a point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ["a byte that UTF-8 never has", [0xff]],
])("%s is refused, in short texts and in long ones", (_, sequence) => {
  const long = [...utf8(LONG), ...sequence];

  expect(readText(Uint8Array.from(sequence), 0, sequence.length)).toBeUndefined();
  expect(readText(Uint8Array.from(long), 0, long.length)).toBeUndefined();
});

test("a byte order mark is a character like others, in short texts and in long ones", () => {
  for (const text of ["\ufeffa", `\ufeff${LONG}`])
    expect(readText(Uint8Array.from(utf8(text)), 0, utf8(text).length)).toBe(text);
});

test("short texts and long ones are read alike, whatever their bytes", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const nearlyUtf8 = fc.array(
    fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0xbf,
      0xc2,
      0xdf,
      0xe0,
      0xa0,
      0xed,
      0x9f,
      0xef,
      0xf0,
      0x90,
      0xf4,
      0x8f,
      0xff,
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(nearlyUtf8, (sequence) => {
      const bytes = Uint8Array.from(sequence);
      let expected: string | undefined;
      try {
        expected = decoder.decode(bytes);
      } catch {
        expected = undefined;
      }
      expect(readText(bytes, 0, bytes.length)).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test("short texts and long ones are written alike, whatever their bound", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "ë", "€", "😀", "\ud800", "\udc00"), maxLength: 16 }),
      fc.nat(40),
      (text, bytesMax) => {
        const bytes = new Uint8Array(bytesMax);
        const { written: length } = new TextEncoder().encodeInto(text, bytes);
        expect(written(text, bytesMax)).toEqual([...bytes.subarray(0, length)]);
      },
    ),
    { numRuns: 1000 },
  );
});
