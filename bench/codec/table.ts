import type { Cell, Pair, Results } from "./cells.ts";

function columnsFor(yardstick: string): string[] {
  const times = `× ${yardstick}`;
  return ["contender", "contract", "encode/s", times, "decode/s", times, "bytes", "alloc enc", "alloc dec"];
}

/**
 * The results as a table for a terminal, a block for each fixture.
 *
 * Ratios are of medians, and those of `ours` are what the paired programs found. A star marks ratios between two
 * contracts, which say little.
 */
export function tableOf(results: Results, ours: string, yardstick: string): string {
  const fixtures = [...new Set(results.cells.map(({ fixture }) => fixture))];
  const blocks = fixtures.map((fixture) => {
    const cells = results.cells.filter((cell) => cell.fixture === fixture);
    const pair = results.pairs.find((each) => each.fixture === fixture);
    const mark = cells.find(({ contender }) => contender === yardstick);
    const rows = cells.map((cell) => rowOf(cell, ratiosOf(cell, mark, cell.contender === ours ? pair : undefined)));
    return [fixture, ...aligned([columnsFor(yardstick), ...rows])].join("\n");
  });
  return blocks.join("\n\n");
}

interface Ratios {
  readonly encode: string;
  readonly decode: string;
}

function ratiosOf(cell: Cell, yardstick: Cell | undefined, pair: Pair | undefined): Ratios {
  if (pair !== undefined) return { encode: times(pair.encodeRatio), decode: times(pair.decodeRatio) };
  if (yardstick === undefined) return { encode: "–", decode: "–" };
  const star = cell.contract === yardstick.contract ? "" : "*";
  return {
    encode: `${times(cell.encodePerSecond / yardstick.encodePerSecond)}${star}`,
    decode: `${times(cell.decodePerSecond / yardstick.decodePerSecond)}${star}`,
  };
}

function rowOf(cell: Cell, ratios: Ratios): string[] {
  return [
    cell.contender,
    cell.contract,
    short(cell.encodePerSecond),
    ratios.encode,
    short(cell.decodePerSecond),
    ratios.decode,
    cell.bytes.toFixed(Number.isInteger(cell.bytes) ? 0 : 1),
    bytesOrDash(cell.encodeAllocatedBytes),
    bytesOrDash(cell.decodeAllocatedBytes),
  ];
}

/** The first two columns to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => {
    const texts = row.map((text, column) =>
      column < 2 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!),
    );
    return `  ${texts.join("  ")}`.trimEnd();
  });
}

/** 12,345,678 as 12.3M. */
export function short(value: number): string {
  if (value >= 1e7) return `${(value / 1e6).toFixed(1)}M`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)}M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(value >= 1e5 ? 0 : 1)}k` : value.toFixed(0);
}

function times(ratio: number): string {
  return ratio.toFixed(ratio < 0.1 ? 3 : 2);
}

function bytesOrDash(bytes: number | null): string {
  return bytes === null ? "–" : String(bytes);
}
