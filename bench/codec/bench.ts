import { mkdir } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { cellsOf, pairsOf, type Results } from "./cells.ts";
import type { Finding } from "./job.ts";
import { planOf, type Step } from "./plan.ts";
import type { Runner } from "./programs.ts";
import { Progress } from "./progress.ts";
import { OURS, YARDSTICK } from "./roster.ts";

/** What is measured, and where. */
export interface BenchOptions {
  /** Modules of contenders, by their paths from this folder. */
  readonly modules: ReadonlyMap<string, string>;
  /** The module that exports `createWorkload`, by its path from this folder. */
  readonly workload: string;
  readonly fixtures: readonly string[];
  readonly isQuick: boolean;
  readonly isBrowser: boolean;
  readonly runner: Runner;
  readonly say: (text: string) => void;
}

/** Programs are kept inside of the repository, where Node finds the peers' packages. */
export const PROGRAMS = join(import.meta.dirname, "../../.cache/bench");

/** Bundles, runs every step of the plan, and puts the findings together. */
export async function runBench(options: BenchOptions): Promise<Results> {
  const { modules, fixtures, isQuick, isBrowser } = options;
  const pair = [OURS, YARDSTICK].filter((name) => modules.has(name));
  const plan = planOf({ modules: [...modules.keys()], pair, fixtures, isQuick, countsAllocation: !isBrowser });
  const programs = await bundleAll(plan, options);
  const findings = await runPlan(plan, programs, options);
  const of = (kind: Step["job"]["kind"]): (readonly Finding[])[] =>
    findings.filter((_, at) => plan[at]!.job.kind === kind);
  return {
    // The pair's cells come from its own programs: what the machine did to one it did to the other.
    cells: cellsOf(byFixture([...of("pair").flatMap(inOrder), ...of("time").flat()], fixtures), of("allocate").flat()),
    pairs: pairsOf(of("pair"), OURS, YARDSTICK),
    machine: `${isBrowser ? "Chromium" : `Node ${process.version}`}, ${cpus()[0]?.model ?? "unknown processor"}`,
    isQuick,
  };
}

/** Builds each program of the plan once; its file by its modules. */
async function bundleAll(plan: readonly Step[], options: BenchOptions): Promise<ReadonlyMap<string, string>> {
  const { modules, fixtures, workload, isBrowser } = options;
  await mkdir(PROGRAMS, { recursive: true });
  const programs = new Map<string, string>();
  for (const step of plan) {
    const name = nameOf(step);
    if (programs.has(name)) continue;
    const file = join(PROGRAMS, `${name}${isBrowser ? ".browser.js" : ".mjs"}`);
    const contenders = step.modules.map((module) => modules.get(module)!);
    await bundle({ contenders, fixtures, workload, platform: isBrowser ? "browser" : "node" }, file);
    programs.set(name, file);
  }
  return programs;
}

/**
 * Timing goes one program at a time. Counting allocations minds no neighbour, and takes two cores; so does the timing
 * of a quick run, all but the pair's: it tells factors, not percents.
 */
async function runPlan(
  plan: readonly Step[],
  programs: ReadonlyMap<string, string>,
  { runner, say, isQuick }: BenchOptions,
): Promise<(readonly Finding[])[]> {
  const startMs = performance.now();
  const progress = new Progress(
    plan.reduce((sum, { seconds }) => sum + seconds, 0),
    say,
  );
  const findings: (readonly Finding[])[] = [];
  const runStep = async (step: Step): Promise<void> => {
    const { modules, job, seconds } = step;
    progress.tell(
      `${job.kind} ${modules.join(" and ")}  ${job.fixtures.join(" ")}`,
      (performance.now() - startMs) / 1000,
    );
    findings[plan.indexOf(step)] = (await runner.run(programs.get(nameOf(step))!, job)).findings;
    progress.finish(seconds);
  };
  const isAlone = ({ job }: Step): boolean => job.kind === "pair" || (job.kind === "time" && !isQuick);
  for (const step of plan.filter(isAlone)) await runStep(step);
  const waiting = plan.filter((step) => !isAlone(step));
  const runWaiting = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await runStep(step);
  };
  await Promise.all([runWaiting(), runWaiting()]);
  progress.end();
  return findings;
}

/** Ours first, whoever began. */
function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => Number(other.contender === OURS) - Number(one.contender === OURS));
}

function nameOf({ modules }: Step): string {
  return modules.join("+");
}

/** A fixture's findings together; the first round gives the contenders' order. */
function byFixture(findings: readonly Finding[], fixtures: readonly string[]): Finding[] {
  return fixtures.flatMap((fixture) => findings.filter((finding) => finding.fixture === fixture));
}
