import type { Distribution } from "../engine/distribution.ts";
import type { RunReport } from "../engine/run.ts";
import type { Section } from "./section.ts";

/** How the session felt to its players. */
export function feelSection(feel: RunReport): Section {
  const { correctionPx, calmCorrectionPx, inputLeadMs, interpolationDelayMs, hits } = feel;
  const { underrunShare, lateInputShare, lateInputShareOutsideStalls, invariantsBroken } = feel;
  return {
    json: { ...feel },
    text: [
      `corrections of the own ship: ${spread(correctionPx)} px; of one that nothing hits: ${spread(calmCorrectionPx)} px`,
      `interpolation: ${spread(interpolationDelayMs)} ms behind, ${percent(underrunShare)} of frames without a snapshot ahead`,
      `inputs: ${spread(inputLeadMs)} ms before their ticks, ${percent(lateInputShare)} too late, ${percent(lateInputShareOutsideStalls)} where the link did not stall`,
      `beams: ${hits.claimed} hit what their players saw, ${hits.confirmed} of them were true`,
      `invariants broken: ${invariantsBroken}`,
    ].join("\n"),
  };
}

function spread({ p50, p99 }: Distribution): string {
  return p50 === null || p99 === null ? "–" : `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}
