import { expect, test } from "vitest";
import type { Cell, Results } from "./cells.ts";
import { reportOf } from "./report.ts";
import { short, tableOf } from "./table.ts";

function cell(contender: string, encodePerSecond: number, changes: Partial<Cell> = {}): Cell {
  return {
    fixture: "F2",
    contender,
    encodePerSecond,
    decodePerSecond: 2 * encodePerSecond,
    bytes: 11,
    encodeAllocatedBytes: 104,
    decodeAllocatedBytes: null,
    contract: "owned",
    encodeSpread: 0,
    decodeSpread: 0,
    ...changes,
  };
}

const RESULTS: Results = {
  cells: [
    cell("tickwire", 33e6),
    cell("hand", 35e6),
    cell("<peer>", 3.5e6, { bytes: 16.25 }),
    cell("bebop", 17.5e6, { contract: "borrowed" }),
  ],
  pairs: [{ fixture: "F2", encodeRatio: 0.97, decodeRatio: 1.01, encodeRatios: [0.97], decodeRatios: [1.01] }],
  machine: "Node v20",
  isQuick: false,
};

test("the table gives ours its paired ratios, others those of medians, and marks another contract", () => {
  const lines = tableOf(RESULTS, "tickwire", "hand")
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));

  expect(lines.slice(2)).toEqual([
    ["tickwire", "owned", "33.0M", "0.97", "66.0M", "1.01", "11", "104", "–"],
    ["hand", "owned", "35.0M", "1.00", "70.0M", "1.00", "11", "104", "–"],
    ["<peer>", "owned", "3.50M", "0.10", "7.00M", "0.10", "16.3", "104", "–"],
    ["bebop", "borrowed", "17.5M", "0.50*", "35.0M", "0.50*", "11", "104", "–"],
  ]);
});

test.each([
  [950, "950"],
  [9_500, "9.5k"],
  [950_000, "950k"],
  [9_500_000, "9.50M"],
  [95_000_000, "95.0M"],
])("%i is written %s", (value, text) => {
  expect(short(value)).toBe(text);
});

test("the page has a bar for each figure there is, needs nothing else, and escapes names", () => {
  const page = reportOf(RESULTS, "tickwire", "hand");

  expect(page.match(/<rect /g)).toHaveLength(4 * 4);
  expect(page).toContain("&lt;peer&gt;");
  expect(page).not.toMatch(/<peer>|<script|https?:|<link|url\(/);
  expect(page).toContain("encode 0.97, decode 1.01");
});
