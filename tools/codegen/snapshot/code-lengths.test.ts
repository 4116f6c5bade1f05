import fc from "fast-check";
import { expect, test } from "vitest";
import { CodeBook } from "../../../shared/engine/wire/code-book.ts";
import { codeLengths, codeTable, isCodeTable, tableBits } from "./code-lengths.ts";

const weight = fc.integer({ min: 1, max: 1000 });

function costOf(weights: readonly number[], lengths: readonly number[]): number {
  return weights.reduce((sum, each, index) => sum + each * lengths[index]!, 0);
}

function kraftSumOf(lengths: readonly number[]): number {
  return lengths.reduce((sum, bits) => sum + 2 ** -bits, 0);
}

/** The cost of the best prefix code of any length: every merge of the two lightest costs their weight (Huffman 1952). */
function huffmanCostOf(weights: readonly number[]): number {
  const left = [...weights];
  let cost = 0;
  while (left.length > 1) {
    left.sort((a, b) => b - a);
    const merged = left.pop()! + left.pop()!;
    cost += merged;
    left.push(merged);
  }
  return cost;
}

/** The least cost of all prefix codes of at most `bitsMax` bits, by trying them all. */
function leastCostOf(weights: readonly number[], bitsMax: number): number {
  let least = Infinity;
  for (let choice = 0; choice < bitsMax ** weights.length; choice++) {
    const lengths = weights.map((_, index) => 1 + (Math.floor(choice / bitsMax ** index) % bitsMax));
    if (kraftSumOf(lengths) <= 1) least = Math.min(least, costOf(weights, lengths));
  }
  return least;
}

test("where the limit of 12 bits does not bind, lengths are as good as Huffman's, for 2 to 13 symbols", () => {
  fc.assert(
    fc.property(fc.array(weight, { minLength: 2, maxLength: 13 }), (weights) => {
      expect(costOf(weights, codeLengths(weights, 12))).toBe(huffmanCostOf(weights));
    }),
  );
});

test.each([
  { bitsMax: 3, symbols: 7 },
  { bitsMax: 4, symbols: 5 },
])("with a limit of $bitsMax bits no code for up to $symbols symbols is better", ({ bitsMax, symbols }) => {
  const steep = fc.array(fc.nat(12), { minLength: 2, maxLength: symbols }).map((powers) => powers.map((p) => 2 ** p));
  fc.assert(
    fc.property(steep, (weights) => {
      const lengths = codeLengths(weights, bitsMax);

      expect(Math.max(...lengths)).toBeLessThanOrEqual(bitsMax);
      expect(costOf(weights, lengths)).toBe(leastCostOf(weights, bitsMax));
    }),
    { numRuns: 40 },
  );
});

test("no code is left over: the Kraft sum is exactly 1, up to as many symbols as there are codes", () => {
  fc.assert(
    fc.property(fc.array(weight, { minLength: 2, maxLength: 64 }), fc.integer({ min: 6, max: 12 }), (weights, bits) => {
      expect(kraftSumOf(codeLengths(weights, bits))).toBe(1);
    }),
  );
  expect(
    codeLengths(
      Array.from({ length: 16 }, (_, index) => 2 ** index),
      4,
    ),
  ).toEqual(new Array(16).fill(4));
});

test("of 8, 4, 2, 1 and 1 each symbol has the bits that its share deserves", () => {
  expect(codeLengths([8, 4, 2, 1, 1], 4)).toEqual([1, 2, 3, 4, 4]);
  expect(codeLengths([8, 4, 2, 1, 1], 3)).toEqual([1, 3, 3, 3, 3]);
});

test.each([
  { name: "nothing was seen", counts: [0, 0, 0], bitsMax: 8, table: "11" },
  { name: "one symbol alone was seen", counts: [0, 9, 0], bitsMax: 8, table: "101" },
  { name: "all are as likely", counts: [5, 5, 5], bitsMax: 8, table: "2222" },
  { name: "a symbol is rarer than a code of 3 bits says", counts: [70, 20, 1], bitsMax: 3, table: "212" },
  { name: "the same symbol has a code of 8 bits", counts: [70, 20, 1], bitsMax: 8, table: "3123" },
])("$name: the table of $counts with up to $bitsMax bits is $table", ({ counts, bitsMax, table }) => {
  expect(codeTable(counts, bitsMax)).toBe(table);
});

test("every table is a code for a code book, of no more bits than were asked for", () => {
  const count = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(100_000), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(count, { minLength: 1, maxLength: 90 }), fc.integer({ min: 2, max: 12 }), (counts, bits) => {
      const table = codeTable(counts, bits);

      expect(isCodeTable(table, counts.length)).toBe(true);
      expect(new CodeBook("x", counts.length, [table]).lookupBits).toBeLessThanOrEqual(bits);
    }),
  );
});

test.each([
  { refused: "12", accepted: "122" },
  { refused: "111", accepted: "11" },
  { refused: "123456789abcdd", accepted: "123456789abcc" },
  { refused: "011", accepted: "11" },
  { refused: "", accepted: "11" },
  { refused: "1", accepted: "101" },
  { refused: `11${"0".repeat(14)}`, accepted: `11${"0".repeat(12)}` },
  { refused: "1C", accepted: "11" },
  { refused: "1 1", accepted: "101" },
])("for 13 symbols $refused is no table, and $accepted is one", ({ refused, accepted }) => {
  expect(isCodeTable(refused, 13)).toBe(false);
  expect(isCodeTable(accepted, 13)).toBe(true);
});

test("the compiler takes a table for a code exactly where the runtime does", () => {
  const digits = fc
    .array(fc.constantFrom(...Array.from("01223334444cd")), { maxLength: 6 })
    .map((each) => each.join(""));
  fc.assert(
    fc.property(digits, fc.integer({ min: 1, max: 5 }), (table, symbols) => {
      expect(isCodeTable(table, symbols)).toBe(isBook(table, symbols));
    }),
    { numRuns: 3000 },
  );
});

function isBook(table: string, symbols: number): boolean {
  try {
    return new CodeBook("x", symbols, [table]).symbols === symbols;
  } catch {
    return false;
  }
}

test.each([
  { table: "212", counts: [3, 0, 0], bits: 3 },
  { table: "212", counts: [3, 2, 0], bits: 7 },
  { table: "212", counts: [3, 2, 5], bits: 3 + 4 + 5 * (2 + 2) },
  { table: "212", counts: [], bits: 0 },
])("in table $table for 3 symbols $counts of them take $bits bits", ({ table, counts, bits }) => {
  expect(tableBits(table, counts, 3)).toBe(bits);
});
