import { median } from "../statistics.ts";
import type { RunFigures } from "./figures.ts";
import { YARDSTICK } from "./roster.ts";

/** What a run ran on: virtual time, or TCP of this machine with a congestion control. */
export type Bed = "virtual" | `tcp ${string}`;

/** One contender over one link: medians of its runs, and of some figures the worst run. */
export interface Row {
  readonly link: string;
  readonly how: string;
  readonly bed: Bed;
  readonly runs: number;
  readonly idleP50Ms: number;
  readonly idleP99Ms: number;
  readonly idleMaxMs: number;
  readonly loadedP50Ms: number;
  readonly loadedP99Ms: number;
  readonly loadedMaxMs: number;
  /** The p99 of the worst run. */
  readonly loadedP99WorstMs: number;
  readonly bulkMbit: number;
  /** Bulk rate as a part of what one send reaches, both without the bulk's first two seconds. */
  readonly bulkShare: number | null;
  readonly bulkShareWorst: number | null;
  readonly settledBulkMbit: number | null;
  /** The most of all runs. */
  readonly kernelBytesMax: number | null;
  readonly superseded: number;
  /** Of the run where the wire was late most. */
  readonly latePart: number | null;
}

/** The runs of one contender over one link. */
export interface Runs {
  readonly link: string;
  readonly how: string;
  readonly bed: Bed;
  readonly runs: readonly RunFigures[];
}

export interface Results {
  readonly rows: readonly Row[];
  readonly machine: string;
  readonly isQuick: boolean;
}

/** A row for each; shares are relative to the yardstick's runs over the same link and bed. */
export function rowsOf(all: readonly Runs[]): Row[] {
  return all.map(({ link, how, bed, runs }) => {
    const mark = all.find((each) => each.how === YARDSTICK.how && each.link === link && each.bed === bed);
    const shares = sharesOf(runs, mark?.runs ?? []);
    const medianOf = (figure: (run: RunFigures) => number): number => median(runs.map(figure));
    return {
      link,
      how,
      bed,
      runs: runs.length,
      idleP50Ms: medianOf(({ idleP50Ms }) => idleP50Ms),
      idleP99Ms: medianOf(({ idleP99Ms }) => idleP99Ms),
      idleMaxMs: medianOf(({ idleMaxMs }) => idleMaxMs),
      loadedP50Ms: medianOf(({ loadedP50Ms }) => loadedP50Ms),
      loadedP99Ms: medianOf(({ loadedP99Ms }) => loadedP99Ms),
      loadedMaxMs: medianOf(({ loadedMaxMs }) => loadedMaxMs),
      loadedP99WorstMs: Math.max(...runs.map(({ loadedP99Ms }) => loadedP99Ms)),
      bulkMbit: medianOf(({ bulkMbit }) => bulkMbit),
      bulkShare: shares.length === 0 ? null : median(shares),
      bulkShareWorst: shares.length === 0 ? null : Math.min(...shares),
      settledBulkMbit: runs.some(({ settledBulkMbit }) => settledBulkMbit === null)
        ? null
        : medianOf(({ settledBulkMbit }) => settledBulkMbit!),
      kernelBytesMax: mostOf(runs.map(({ kernelBytesMax }) => kernelBytesMax)),
      superseded: medianOf(({ superseded }) => superseded),
      latePart: mostOf(runs.map(({ latePart }) => latePart)),
    };
  });
}

function sharesOf(runs: readonly RunFigures[], marks: readonly RunFigures[]): number[] {
  const settled = marks.flatMap(({ settledBulkMbit }) => settledBulkMbit ?? []);
  if (settled.length === 0) return [];
  const mark = median(settled);
  return runs.flatMap(({ settledBulkMbit }) => (settledBulkMbit === null ? [] : settledBulkMbit / mark));
}

function mostOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : Math.max(...known);
}
