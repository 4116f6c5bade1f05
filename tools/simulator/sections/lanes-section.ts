import { type Distribution, distributionOf } from "../engine/distribution.ts";
import type { Section } from "./section.ts";

/** By lane, in milliseconds, each message; of bulk each block of 4,096 bytes. */
export interface LaneLatencies {
  readonly control: readonly number[];
  readonly snapshot: readonly number[];
  readonly input: readonly number[];
  readonly event: readonly number[];
  readonly bulk: readonly number[];
}

const LANES = ["control", "snapshot", "input", "event", "bulk"] as const;
const COLUMNS = ["lane", "messages", "p50", "p99", "max"];
const WIDTH = 10;
const NOTHING = "–";

/** How long messages took, by lane. */
export function lanesSection(latenciesMs: LaneLatencies): Section {
  const rows = LANES.map((lane) => ({ lane, latencyMs: distributionOf(latenciesMs[lane]) }));
  const lines = rows.map(({ lane, latencyMs }) => lineOf(lane, latenciesMs[lane].length, latencyMs));
  return {
    json: { lanes: Object.fromEntries(rows.map(({ lane, latencyMs }) => [lane, { latencyMs }])) },
    text: [aligned(COLUMNS), ...lines, "", LEGEND].join("\n"),
  };
}

const LEGEND = `Milliseconds from when a message is sent until it lies in the receiver's inbox; of bulk, from when the first byte of a
block of 4,096 leaves until the block is handed over.`;

function lineOf(lane: string, messages: number, { p50, p99, max }: Distribution): string {
  const figures = [p50, p99, max].map((figure) => figure?.toFixed(1) ?? NOTHING);
  return aligned([lane, String(messages), ...figures]);
}

function aligned(cells: readonly string[]): string {
  return cells.map((cell, column) => (column === 0 ? cell.padEnd(WIDTH) : cell.padStart(WIDTH))).join("");
}
