import { median, spread } from "../statistics.ts";
import type { Contract } from "./contender.ts";
import type { Finding } from "./job.ts";

/** One contender on one fixture: medians over all rounds. */
export interface Cell {
  readonly fixture: string;
  readonly contender: string;
  readonly encodePerSecond: number;
  readonly decodePerSecond: number;
  /** On the wire; the mean over all values. */
  readonly bytes: number;
  /** Heap and arrays outside of it, for each operation; null where nobody counted. */
  readonly encodeAllocatedBytes: number | null;
  readonly decodeAllocatedBytes: number | null;
  readonly contract: Contract;
  /** How far the middle half of the rounds reaches, as a part of the median. */
  readonly encodeSpread: number;
  readonly decodeSpread: number;
}

/** Ours against the yardstick, measured slice by slice: the median over the programs of each one's median ratio. */
export interface Pair {
  readonly fixture: string;
  readonly encodeRatio: number;
  readonly decodeRatio: number;
  readonly encodeRatios: readonly number[];
  readonly decodeRatios: readonly number[];
}

/** What a run has found: what `--json` writes. */
export interface Results {
  readonly cells: readonly Cell[];
  readonly pairs: readonly Pair[];
  /** Engine and processor. */
  readonly machine: string;
  readonly isQuick: boolean;
}

/** Cells in the order in which fixture and contender were first met. */
export function cellsOf(timings: readonly Finding[], allocations: readonly Finding[]): Cell[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of timings) groups.set(keyOf(finding), [...(groups.get(keyOf(finding)) ?? []), finding]);
  const allocationOf = new Map(allocations.map((finding) => [keyOf(finding), finding]));
  return [...groups].map(([key, findings]) => {
    const first = findings[0]!;
    const [encodes, decodes] = [
      findings.map(({ encode }) => median(encode)),
      findings.map(({ decode }) => median(decode)),
    ];
    const allocation = allocationOf.get(key);
    return {
      fixture: first.fixture,
      contender: first.contender,
      encodePerSecond: Math.round(median(encodes)),
      decodePerSecond: Math.round(median(decodes)),
      bytes: first.bytes,
      encodeAllocatedBytes: roundedOrNull(allocation?.encode[0]),
      decodeAllocatedBytes: roundedOrNull(allocation?.decode[0]),
      contract: first.contract,
      encodeSpread: spread(encodes),
      decodeSpread: spread(decodes),
    };
  });
}

/** `runs` has the findings of one program each; ours and the yardstick are in every one. */
export function pairsOf(runs: readonly (readonly Finding[])[], ours: string, yardstick: string): Pair[] {
  const fixtures = [...new Set(runs.flat().map(({ fixture }) => fixture))];
  return fixtures.map((fixture) => {
    const both = runs.flatMap((findings) => {
      const mine = findings.find((finding) => finding.fixture === fixture && finding.contender === ours);
      const theirs = findings.find((finding) => finding.fixture === fixture && finding.contender === yardstick);
      return mine === undefined || theirs === undefined ? [] : [{ mine, theirs }];
    });
    const encodeRatios = both.map(({ mine, theirs }) => medianRatio(mine.encode, theirs.encode));
    const decodeRatios = both.map(({ mine, theirs }) => medianRatio(mine.decode, theirs.decode));
    return {
      fixture,
      encodeRatio: median(encodeRatios),
      decodeRatio: median(decodeRatios),
      encodeRatios,
      decodeRatios,
    };
  });
}

/** Slice against slice, since neighbours in time had the same machine. */
function medianRatio(mine: readonly number[], theirs: readonly number[]): number {
  return median(mine.map((value, slice) => value / theirs[slice]!));
}

function keyOf({ fixture, contender }: Finding): string {
  return `${fixture} ${contender}`;
}

function roundedOrNull(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}
