import type { Distribution } from "../engine/distribution.ts";
import type { FeelReport } from "../engine/feel-meter.ts";
import type { Section } from "./section.ts";

/** How the session felt to its players. */
export function feelSection(feel: FeelReport): Section {
  const { correctionPx, underrunShare, lateInputShare, inputLeadMs, interpolationDelayMs } = feel;
  return {
    json: { ...feel },
    text: [
      `corrections of the own ship: ${spread(correctionPx)} px`,
      `interpolation: ${spread(interpolationDelayMs)} ms behind, ${percent(underrunShare)} of frames without a snapshot ahead`,
      `inputs: ${spread(inputLeadMs)} ms before their ticks, ${percent(lateInputShare)} too late`,
    ].join("\n"),
  };
}

function spread({ p50, p99 }: Distribution): string {
  return p50 === null || p99 === null ? "–" : `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}
