import type { Distribution } from "../engine/distribution.ts";
import { COMING_MS, type RunReport } from "../engine/run.ts";
import type { Section } from "./section.ts";

const COMING_S = COMING_MS / 1_000;

/** How the session felt to its players. */
export function feelSection(feel: RunReport): Section {
  return { json: { ...feel }, text: [...feelLines(feel), ...brokenLines(feel)].join("\n") };
}

function feelLines(feel: RunReport): string[] {
  const { correctionPx, calmCorrectionPx, inputLeadMs, interpolationDelayMs, hits, measuredSeconds } = feel;
  const { underrunShare, lateInputShare, lateInputShareOutsideStalls } = feel;
  if (measuredSeconds === 0)
    return [`how it feels: not measured. The first ${COMING_S} s do not count: say --seconds ${COMING_S + 1} or more`];
  return [
    `how it feels, over ${measuredSeconds} s, for the first ${COMING_S} do not count`,
    `corrections of the own ship: ${spread(correctionPx)} px; of one that nothing hits: ${spread(calmCorrectionPx)} px`,
    `interpolation: ${spread(interpolationDelayMs)} ms behind, ${percent(underrunShare)} of frames without a snapshot ahead`,
    `inputs: ${spread(inputLeadMs)} ms before their ticks, ${percent(lateInputShare)} too late, ${percent(lateInputShareOutsideStalls)} where the link did not stall`,
    `beams: ${hits.claimed} hit what their players saw, ${hits.confirmed} of them were true`,
  ];
}

function brokenLines({ invariantsBroken, brokenInvariants }: RunReport): string[] {
  const lines = brokenInvariants.map(({ invariant, atMs, player, says, times }) => {
    const where = `${Math.round(atMs)} ms${player === undefined ? "" : `, player ${player}`}`;
    return `  ${times} × ${invariant}; first at ${where}: ${says}`;
  });
  return [`invariants broken: ${invariantsBroken}`, ...lines];
}

function spread({ p50, p99 }: Distribution): string {
  return p50 === null || p99 === null ? "–" : `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}`;
}

function percent(part: number | null): string {
  return part === null ? "–" : `${(100 * part).toFixed(2)} %`;
}
