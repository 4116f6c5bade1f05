import { CloseCode } from "#engine/shared";

/** How one bot fared. */
export interface BotReport {
  /** Whether a room ever said Welcome to it. */
  readonly hasJoined: boolean;
  /** Why it is not in the room any more; undefined while it is, and when it left by itself. */
  readonly ending: { readonly code: number; readonly reason: string } | undefined;
  /** Since its Welcome, in seconds. */
  readonly joinedSeconds: number;
  /** Received since its Welcome. */
  readonly snapshots: number;
  readonly bytes: number;
  /** Mean over its time in the room. */
  readonly entitiesInView: number;
  /** Round trips in milliseconds. */
  readonly rttSamplesMs: readonly number[];
}

/** How all of them fared: what `--json` prints. Rates are means of the bots', but for the one that says Min. */
export interface BotSummary {
  /** Joined the room, whether or not they stayed. */
  readonly connected: number;
  /** Never joined it. */
  readonly refused: number;
  /** Joined it and lost it. */
  readonly dropped: number;
  /** Endings that no rule of a room explains: broken connections, and bytes that one side did not understand. */
  readonly errors: number;
  readonly snapshotsPerSecond: number;
  /** The least that any bot received. */
  readonly snapshotsPerSecondMin: number;
  /** Received, without the framing of WebSocket and TCP. */
  readonly bytesPerSecond: number;
  readonly entitiesInView: number;
  readonly rttMs: { readonly p50: number; readonly p99: number };
}

const ERROR_CODES: readonly number[] = [
  CloseCode.ABNORMAL,
  CloseCode.TEXT_REFUSED,
  CloseCode.TOO_LARGE,
  CloseCode.BAD_MESSAGE,
  CloseCode.OUT_OF_ORDER,
];

/** One summary of many reports. */
export function summarise(reports: readonly BotReport[]): BotSummary {
  const joined = reports.filter((report) => report.hasJoined);
  const measured = joined.filter((report) => report.joinedSeconds > 0);
  const snapshotRates = measured.map((report) => report.snapshots / report.joinedSeconds);
  const rttSamplesMs = joined.flatMap((report) => report.rttSamplesMs).sort((a, b) => a - b);
  return {
    connected: joined.length,
    refused: reports.length - joined.length,
    dropped: joined.filter((report) => report.ending !== undefined).length,
    errors: reports.filter(({ ending }) => ending !== undefined && ERROR_CODES.includes(ending.code)).length,
    snapshotsPerSecond: rounded(mean(snapshotRates)),
    snapshotsPerSecondMin: snapshotRates.length === 0 ? 0 : rounded(Math.min(...snapshotRates)),
    bytesPerSecond: Math.round(mean(measured.map((report) => report.bytes / report.joinedSeconds))),
    entitiesInView: rounded(mean(measured.map((report) => report.entitiesInView))),
    rttMs: { p50: rounded(quantile(rttSamplesMs, 0.5)), p99: rounded(quantile(rttSamplesMs, 0.99)) },
  };
}

/** 0 when every bot joined and stayed, else 1. */
export function exitCodeOf({ refused, dropped }: BotSummary): 0 | 1 {
  return refused + dropped > 0 ? 1 : 0;
}

/** The summary for a person, and why bots were lost. */
export function summaryText(summary: BotSummary, reports: readonly BotReport[]): string {
  const { connected, refused, dropped, errors, rttMs } = summary;
  return [
    `connected        ${connected} of ${reports.length} (${refused} refused, ${dropped} dropped, ${errors} errors)`,
    `snapshots/s      ${summary.snapshotsPerSecond} a bot (least ${summary.snapshotsPerSecondMin})`,
    `bytes/s          ${summary.bytesPerSecond} a bot`,
    `entities in view ${summary.entitiesInView}`,
    `round trip       p50 ${rttMs.p50} ms, p99 ${rttMs.p99} ms`,
    ...endingLines(reports),
  ].join("\n");
}

function endingLines(reports: readonly BotReport[]): string[] {
  const counts = new Map<string, number>();
  for (const { ending } of reports) {
    if (ending === undefined) continue;
    const line = `${ending.code} ${ending.reason}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => `lost             ${count} × ${line}`);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value that a share of `sorted` does not exceed; 0 when there is none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
