import { cpus } from "node:os";
import { Progress } from "../codec/progress.ts";
import { type RunFigures } from "./figures.ts";
import { benchLinkNamed, type BenchLink } from "./links.ts";
import { runReal } from "./real/real-bed.ts";
import { rowsOf, type Bed, type Results, type Runs } from "./rows.ts";
import { runVirtual } from "./virtual-bed.ts";
import type { Workload } from "./workload.ts";

export interface LanesBenchOptions {
  readonly isQuick: boolean;
  readonly links: readonly string[];
  readonly hows: readonly string[];
  /** Of real TCP, at least one; undefined for virtual time. */
  readonly congestions: readonly string[] | undefined;
  readonly runs: number | undefined;
  readonly say: (text: string) => void;
}

/** One contender over one link on one test bed. */
interface Case {
  readonly link: BenchLink;
  readonly how: string;
  readonly bed: Bed;
  readonly measure: (seed: number) => RunFigures | Promise<RunFigures>;
  /** What a run is expected to take. */
  readonly seconds: number;
}

const IDLE_MS = 10_000;
/** Virtual time costs nothing, so it is never in a hurry. */
const QUICK_IDLE_MS = 4000;
/** To start programs and make the namespaces. */
const STARTING_SECONDS = 4;
const VIRTUAL_SECONDS = 0.15;

/** Runs everyone asked for over every link asked for, one after the other. */
export async function runLanesBench(options: LanesBenchOptions): Promise<Results> {
  const cases = casesOf(options);
  const seeds = Array.from({ length: runsOf(options) }, (_, at) => at + 1);
  const startMs = performance.now();
  const progress = new Progress(
    cases.reduce((sum, { seconds }) => sum + seconds * seeds.length, 0),
    options.say,
  );
  const found = new Map<Case, RunFigures[]>(cases.map((each) => [each, []]));
  // Seed by seed and not case by case: what disturbs the machine for a minute then disturbs everyone a little.
  for (const seed of seeds) {
    for (const each of cases) {
      const { link, how, bed, measure, seconds } = each;
      progress.tell(`${link.name}  ${how}  ${bed}`, (performance.now() - startMs) / 1000);
      found.get(each)!.push(await measure(seed));
      progress.finish(seconds);
    }
  }
  progress.end();
  const runs: Runs[] = cases.map((each) => ({ ...each, link: each.link.name, runs: found.get(each)! }));
  return { rows: rowsOf(runs), machine: machineOf(), isQuick: options.isQuick };
}

function casesOf({ links, hows, congestions, isQuick }: LanesBenchOptions): Case[] {
  return links
    .map(benchLinkNamed)
    .flatMap((link) =>
      congestions === undefined
        ? hows.map((how) => virtualCase(link, how))
        : congestions.flatMap((congestion) => hows.map((how) => realCase(link, how, congestion, isQuick))),
    );
}

function virtualCase(link: BenchLink, how: string): Case {
  const measure = (seed: number): RunFigures => runVirtual({ how, link, workload: workloadOf(link, IDLE_MS, seed) });
  return { link, how, bed: "virtual", measure, seconds: VIRTUAL_SECONDS };
}

function realCase(link: BenchLink, how: string, congestion: string, isQuick: boolean): Case {
  const idleMs = isQuick ? QUICK_IDLE_MS : IDLE_MS;
  const measure = (seed: number): Promise<RunFigures> =>
    runReal({ how, link, congestion, workload: workloadOf(link, idleMs, seed) });
  const bulkSeconds = (8 * link.bulkBytes) / (link.conditions.downMbit * 1e6);
  return { link, how, bed: `tcp ${congestion}`, measure, seconds: STARTING_SECONDS + idleMs / 1000 + bulkSeconds };
}

function workloadOf({ bulkBytes }: BenchLink, idleMs: number, seed: number): Workload {
  return { idleMs, bulkBytes, seed };
}

function runsOf({ isQuick, congestions, runs }: LanesBenchOptions): number {
  if (runs !== undefined) return runs;
  if (congestions === undefined) return isQuick ? 5 : 20;
  return isQuick ? 1 : 5;
}

function machineOf(): string {
  return `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}`;
}
