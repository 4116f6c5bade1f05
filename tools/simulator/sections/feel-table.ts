import type { RunReport } from "../engine/run.ts";

/** One figure of a session, and how it is written. */
interface Column {
  readonly title: string;
  /** Null where there was nothing to measure. */
  readonly figure: (report: RunReport) => number | null;
  readonly text: (figure: number) => string;
}

const ms = (figure: number): string => figure.toFixed(1);
const px = (figure: number): string => figure.toFixed(2);
const percent = (figure: number): string => `${(100 * figure).toFixed(2)} %`;
const whole = (figure: number): string => String(Math.round(figure));

const COLUMNS: readonly Column[] = [
  { title: "correction p99, px", figure: ({ correctionPx }) => correctionPx.p99, text: px },
  { title: "when calm", figure: ({ calmCorrectionPx }) => calmCorrectionPx.p99, text: px },
  { title: "underruns", figure: ({ underrunShare }) => underrunShare, text: percent },
  { title: "late inputs", figure: ({ lateInputShare }) => lateInputShare, text: percent },
  { title: "outside stalls", figure: (report) => report.lateInputShareOutsideStalls, text: percent },
  { title: "input lead p50, ms", figure: ({ inputLeadMs }) => inputLeadMs.p50, text: ms },
  { title: "delay p50, ms", figure: ({ interpolationDelayMs }) => interpolationDelayMs.p50, text: ms },
  { title: "hits claimed", figure: ({ hits }) => hits.claimed, text: whole },
  { title: "confirmed", figure: ({ hits }) => hits.confirmed, text: whole },
  { title: "broken invariants", figure: (report) => report.invariantsBroken, text: whole },
];

/** How each of several sessions felt, whose seeds rise from `firstSeed`; and below them their mean and their most. */
export function feelTable(firstSeed: number, reports: readonly RunReport[]): string {
  const figures = reports.map((report, i) => ({
    seed: firstSeed + i,
    row: COLUMNS.map(({ figure }) => figure(report)),
  }));
  const columns = COLUMNS.map((_, i) => figures.flatMap(({ row }) => row[i] ?? []));
  const rows = [
    ["seed", ...COLUMNS.map(({ title }) => title)],
    ...figures.map(({ seed, row }) => [String(seed), ...texts(row)]),
    ["mean", ...texts(columns.map(meanOf))],
    ["most", ...texts(columns.map((column) => (column.length === 0 ? null : Math.max(...column))))],
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) => row.map((cell, i) => cell.padStart(widths[i]!)).join("  ")).join("\n");
}

function meanOf(column: readonly number[]): number | null {
  return column.length === 0 ? null : column.reduce((sum, each) => sum + each, 0) / column.length;
}

function texts(row: readonly (number | null)[]): string[] {
  return row.map((figure, i) => (figure === null ? "–" : COLUMNS[i]!.text(figure)));
}
