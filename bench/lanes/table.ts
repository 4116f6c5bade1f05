import type { Results, Row } from "./rows.ts";
import { YARDSTICK } from "./roster.ts";

const COLUMNS = [
  "how",
  "idle p50",
  "p99",
  "max",
  "loaded p50",
  "p99",
  "max",
  "worst p99",
  "× idle",
  "bulk Mbit/s",
  "share",
  "worst",
  "kernel KB",
  "left out",
];
const NOTHING = "–";

/** The results as a table for a terminal, a block for each link and test bed. */
export function tableOf({ rows, isQuick }: Results): string {
  const keys = [...new Set(rows.map(titleOf))];
  const blocks = keys.map((key) => {
    const lines = rows.filter((row) => titleOf(row) === key).map(cellsOf);
    return [key, ...aligned([COLUMNS, ...lines])].join("\n");
  });
  const isLate = rows.some(({ latePart }) => (latePart ?? 0) > LATE_PART_MAX);
  return [...blocks, LEGEND, ...(isLate ? [LATE] : []), ...(isQuick ? [QUICK] : [])].join("\n\n");
}

const LEGEND = `Milliseconds from the offer of a snapshot (300 bytes, 20 a second) to its arrival, alone on the link and beside bulk;
of one that was left out: to the arrival of a newer one. Medians of the runs; worst: of the worst run. × idle: p99 beside
bulk by p99 alone. bulk: payload, from its start to its end; share: of what "${YARDSTICK.how}" reaches, both without the
first 2 seconds. kernel: the most that was seen to lie in the sender's operating system.`;
const LATE_PART_MAX = 0.01;
const LATE = `The machine was busy: the wire delivered more than ${100 * LATE_PART_MAX} % of a run's packets over a millisecond late.`;
const QUICK = "A quick run: few of them, so one that was unlucky weighs a lot.";

/** Where a row was measured. */
export function titleOf({ link, bed, runs }: Row): string {
  return `${link}, ${bed === "virtual" ? "virtual time" : bed}, ${runs} run${runs === 1 ? "" : "s"}`;
}

function cellsOf(row: Row): string[] {
  return [
    row.how,
    ms(row.idleP50Ms),
    ms(row.idleP99Ms),
    ms(row.idleMaxMs),
    ms(row.loadedP50Ms),
    ms(row.loadedP99Ms),
    ms(row.loadedMaxMs),
    ms(row.loadedP99WorstMs),
    (row.loadedP99Ms / row.idleP99Ms).toFixed(2),
    row.bulkMbit.toFixed(2),
    fixedOrDash(row.bulkShare, 2),
    fixedOrDash(row.bulkShareWorst, 2),
    fixedOrDash(row.kernelBytesMax === null ? null : row.kernelBytesMax / 1000, 0),
    String(row.superseded),
  ];
}

/** 28.7, and 8317 without its tenths. */
export function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}

function fixedOrDash(value: number | null, digits: number): string {
  return value === null ? NOTHING : value.toFixed(digits);
}

/** The first column to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => {
    const texts = row.map((text, column) =>
      column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!),
    );
    return `  ${texts.join("  ")}`.trimEnd();
  });
}
