import type { ArrivalLog, LinkCount } from "./arrivals.ts";
import type { OfferLog } from "./offering.ts";
import { distributionOf } from "../snapshot/distribution.ts";
import { SETTLING_MS } from "./workload.ts";

/** One run of one contender over one link. Latencies are from offer to arrival. */
export interface RunFigures {
  readonly idleP50Ms: number;
  readonly idleP99Ms: number;
  readonly idleMaxMs: number;
  readonly loadedP50Ms: number;
  readonly loadedP99Ms: number;
  readonly loadedMaxMs: number;
  /** Payload, from the moment the bulk was given to the sender until all of it had arrived. */
  readonly bulkMbit: number;
  /** The same without its first two seconds; null when the bulk was there by then. */
  readonly settledBulkMbit: number | null;
  /** Snapshots that were left out in favour of newer ones. */
  readonly superseded: number;
  /** The most that the sender's operating system was seen to hold; null where nobody can tell. */
  readonly kernelBytesMax: number | null;
  /** How many of the packets our own wire delivered more than a millisecond late, as a part; null in virtual time. */
  readonly latePart: number | null;
}

/**
 * Puts together what the two ends of a run know.
 *
 * The latency of a snapshot that was left out ends when a newer one arrives: that is how long its receiver went without
 * it, and to leave out what would have come late must not look like speed.
 */
export function figuresOf(offers: OfferLog, arrivals: ArrivalLog, latePart: number | null): RunFigures {
  const { offeredAtMs, bulkBeganAtMs, kernelBytesMax } = offers;
  const bulkEndedAtMs = arrivals.bulk.at(-1)!.atMs;
  const knownAtMs = momentsKnown(offeredAtMs.length, arrivals);
  const latenciesMs = (fromMs: number, untilMs: number): number[] =>
    offeredAtMs.flatMap((atMs, sequence) => (atMs >= fromMs && atMs < untilMs ? knownAtMs[sequence]! - atMs : []));
  const idle = distributionOf(latenciesMs(-Infinity, bulkBeganAtMs));
  const loaded = distributionOf(latenciesMs(bulkBeganAtMs, bulkEndedAtMs));
  if (!Number.isFinite(idle.max) || !Number.isFinite(loaded.max)) throw new Error("a snapshot never arrived");
  return {
    idleP50Ms: idle.p50,
    idleP99Ms: idle.p99,
    idleMaxMs: idle.max,
    loadedP50Ms: loaded.p50,
    loadedP99Ms: loaded.p99,
    loadedMaxMs: loaded.max,
    bulkMbit: mbit(bytesOf(arrivals.bulk), bulkEndedAtMs - bulkBeganAtMs),
    settledBulkMbit: settledBulkMbit(arrivals, bulkBeganAtMs + SETTLING_MS),
    superseded: arrivals.snapshots.at(-1)!.sequence + 1 - arrivals.snapshots.length,
    kernelBytesMax,
    latePart,
  };
}

/** When the receiver first had each snapshot or a newer one; Infinity for never. */
function momentsKnown(offered: number, { snapshots }: ArrivalLog): number[] {
  const momentsMs = new Array<number>(offered).fill(Infinity);
  let next = 0;
  for (const { sequence, atMs } of snapshots) {
    for (; next <= sequence; next++) momentsMs[next] = atMs;
  }
  return momentsMs;
}

function settledBulkMbit({ bulk, linkCounts }: ArrivalLog, settledAtMs: number): number | null {
  const endedAtMs = bulk.at(-1)!.atMs;
  if (endedAtMs <= settledAtMs) return null;
  const at = bulk.findIndex(({ atMs }) => atMs > settledAtMs);
  const straddling = bulk[at]!;
  const before = linkBytesAt(linkCounts, bulk[at - 1]?.atMs ?? settledAtMs - SETTLING_MS);
  const [settled, after] = [linkBytesAt(linkCounts, settledAtMs), linkBytesAt(linkCounts, straddling.atMs)];
  // A message is told when all of it is here. How much of it was here before is seen by what came out of the link.
  const partLeft = after > before ? (after - settled) / (after - before) : 1;
  return mbit(partLeft * straddling.bytes + bytesOf(bulk.slice(at + 1)), endedAtMs - settledAtMs);
}

/** What had come out of the link by then, between two counts in proportion. */
function linkBytesAt(counts: readonly LinkCount[], atMs: number): number {
  const next = counts.findIndex((count) => count.atMs >= atMs);
  if (next < 0) return counts.at(-1)!.bytes;
  const [one, other] = [counts[Math.max(0, next - 1)]!, counts[next]!];
  if (other.atMs === one.atMs) return other.bytes;
  return one.bytes + ((atMs - one.atMs) / (other.atMs - one.atMs)) * (other.bytes - one.bytes);
}

function bytesOf(bulk: readonly { readonly bytes: number }[]): number {
  return bulk.reduce((sum, { bytes }) => sum + bytes, 0);
}

function mbit(bytes: number, durationMs: number): number {
  return (bytes * 8) / durationMs / 1000;
}
