import { expect, test } from "vitest";
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";
import { CodeBook } from "./code-book.ts";

/** The bits of a symbol, the first one first. */
function bitsOf(book: CodeBook, table: number, symbol: number): string {
  const writer = new BitWriter(16);
  writer.symbol(book, table, symbol);
  writer.finish();
  return Array.from({ length: writer.bits }, (_, bit) => (writer.bytes[bit >> 3]! >> (bit & 7)) & 1).join("");
}

test.each([
  { name: "a code that is left over", symbols: 3, refused: "12", accepted: "122" },
  { name: "codes that begin alike", symbols: 3, refused: "111", accepted: "11" },
  { name: "a code of 13 bits", symbols: 13, refused: "123456789abcdd", accepted: "123456789abcc" },
  { name: "no escape", symbols: 3, refused: "011", accepted: "11" },
  { name: "no code at all", symbols: 3, refused: "", accepted: "11" },
  { name: "one code alone", symbols: 3, refused: "1", accepted: "101" },
  { name: "a code for a fourth symbol", symbols: 3, refused: "22202", accepted: "2222" },
  { name: "a letter that is no digit", symbols: 1, refused: "1g", accepted: "11" },
])("$name: $refused is refused, $accepted is a code", ({ symbols, refused, accepted }) => {
  expect(() => new CodeBook("x", symbols, [accepted, refused])).toThrow(
    new RangeError(`"${refused}" is no code for ${symbols} symbols and an escape`),
  );
  expect(() => new CodeBook("x", symbols, [accepted, accepted])).not.toThrow();
});

test("codes are canonical: in order of length, then of symbol, the escape behind all of its length", () => {
  // The escape has 3 bits, symbol 0 has 3, symbol 1 has 1, symbol 2 has 2; symbols 3 and 4 have none.
  const book = new CodeBook("x", 5, ["3312"]);

  expect([0, 1, 2, 3, 4].map((symbol) => bitsOf(book, 0, symbol))).toEqual([
    "110",
    "0",
    "10",
    "111" + "110",
    "111" + "001",
  ]);
});

test("a second and a third table have codes of their own", () => {
  const book = new CodeBook("x", 3, ["1022", "2222", "11"]);

  expect([0, 1, 2].map((table) => bitsOf(book, table, 1))).toEqual(["10", "01", "1" + "10"]);
});

test.each([
  { symbols: 1, tables: ["11"] },
  { symbols: 2, tables: ["101", "122", "212", "221"] },
  { symbols: 65, tables: ["11", "1" + "0".repeat(64) + "1", "c123456789ab000c", "6".repeat(62) + "7777"] },
  { symbols: 90, tables: ["7123456000000007", "7".repeat(38) + "6".repeat(45)] },
])("every one of $symbols symbols is read again from each of its tables", ({ symbols, tables }) => {
  const book = new CodeBook("x", symbols, tables);
  const all = tables.flatMap((_, table) => Array.from({ length: symbols }, (__, symbol) => ({ table, symbol })));
  const writer = new BitWriter(4096);
  const reader = new BitReader(4096);

  for (const { table, symbol } of all) writer.symbol(book, table, symbol);
  reader.load(writer.bytes.subarray(0, writer.finish()));

  expect(all.map(({ table }) => reader.symbol(book, table))).toEqual(all.map(({ symbol }) => symbol));
  expect([reader.bits, reader.isAtEnd]).toEqual([writer.bits, true]);
});
