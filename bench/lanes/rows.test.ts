import { expect, test } from "vitest";
import type { RunFigures } from "./figures.ts";
import { reportOf } from "./report.ts";
import { rowsOf, type Results, type Runs } from "./rows.ts";
import { tableOf } from "./table.ts";

function run(changes: Partial<RunFigures> = {}): RunFigures {
  return {
    idleP50Ms: 25,
    idleP99Ms: 26,
    idleMaxMs: 27,
    loadedP50Ms: 28,
    loadedP99Ms: 52,
    loadedMaxMs: 60,
    bulkMbit: 7,
    settledBulkMbit: 7,
    superseded: 0,
    kernelBytesMax: 9000,
    latePart: null,
    ...changes,
  };
}

const RUNS: readonly Runs[] = [
  {
    link: "8M/50",
    how: "one send",
    bed: "virtual",
    runs: [run({ settledBulkMbit: 8, loadedP99Ms: 8295 }), run({ settledBulkMbit: 8, loadedP99Ms: 8295 })],
  },
  {
    link: "8M/50",
    how: "<textbook>",
    bed: "virtual",
    runs: [run({ settledBulkMbit: 6 }), run({ loadedP99Ms: 90, kernelBytesMax: null }), run({ settledBulkMbit: 7.2 })],
  },
  {
    link: "8M/50",
    how: "<textbook>",
    bed: "tcp bbr",
    runs: [run({ settledBulkMbit: null, kernelBytesMax: null, latePart: 0.02 })],
  },
];

const RESULTS: Results = { rows: rowsOf(RUNS), machine: "Node v20", isQuick: false };

test("a row has medians, the worst p99, and the share of what one send reaches over the same link and bed", () => {
  expect(RESULTS.rows[1]).toMatchObject({
    runs: 3,
    loadedP99Ms: 52,
    loadedP99WorstMs: 90,
    bulkShare: 0.875,
    bulkShareWorst: 0.75,
    kernelBytesMax: 9000,
  });
  expect(RESULTS.rows[0]).toMatchObject({ bulkShare: 1, bulkShareWorst: 1 });
});

test("what was not measured is null in a row and a dash in the table", () => {
  expect(RESULTS.rows[2]).toMatchObject({ bulkShare: null, settledBulkMbit: null, kernelBytesMax: null });
  expect(tableOf(RESULTS).split("\n")).toContain(
    "  <textbook>      25.0  26.0  27.0        28.0  52.0  60.0       52.0    2.00         7.00      –      –          –         0",
  );
});

test("the table has a block for each link and test bed", () => {
  const lines = tableOf(RESULTS).split("\n");

  expect(lines.filter((line) => line.startsWith("8M/50"))).toEqual([
    "8M/50, virtual time, 2 runs",
    "8M/50, virtual time, 3 runs",
    "8M/50, tcp bbr, 1 run",
  ]);
  expect(
    lines
      .find((line) => line.includes("one send  "))
      ?.trim()
      .split(/\s{2,}/),
  ).toEqual([
    "one send",
    "25.0",
    "26.0",
    "27.0",
    "28.0",
    "8295",
    "60.0",
    "8295",
    "319.04",
    "7.00",
    "1.00",
    "1.00",
    "9",
    "0",
  ]);
});

test("a wire that was late is told of, one that was late with 1 % of its packets is not", () => {
  const withLate = (latePart: number): Results => ({
    ...RESULTS,
    rows: RESULTS.rows.map((row) => ({ ...row, latePart })),
  });

  expect(tableOf(withLate(0.011))).toContain("The machine was busy");
  expect(tableOf(withLate(0.01))).not.toContain("The machine was busy");
});

test("the page has three bars for each row, needs nothing else, and escapes names", () => {
  const page = reportOf(RESULTS);

  expect(page.match(/<rect /g)).toHaveLength(3 * 3);
  expect(page).not.toMatch(/<script|https?:|src=|NaN/);
  expect(page).toContain("&lt;textbook&gt;");
});
