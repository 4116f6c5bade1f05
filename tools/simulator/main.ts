import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { mistakeText } from "../launch/command-line.mjs";
import { arenaUnderFaults } from "./arena-faults.ts";
import { ArenaSimulation } from "./arena-simulation.ts";
import { type FailedRun, runSeeds } from "./engine/faults/run-seeds.ts";
import { linkNamed } from "./engine/link-conditions.ts";
import { failedRunLine } from "./failed-run-line.ts";
import { feelTable } from "./sections/feel-table.ts";
import { ProgressLine } from "./progress-line.ts";
import {
  parseSimulateOptions,
  SIMULATE_HELP,
  type SimulateFaultsOptions,
  type SimulateOptions,
} from "./simulate-options.ts";

const nowMs = (): number => performance.now();
const say = (text: string): void => {
  process.stderr.write(text);
};
const options = parseSimulateOptions(process.argv.slice(2), (path) => readFileSync(path, "utf8"));
if (options === "help") {
  process.stdout.write(SIMULATE_HELP);
} else if ("error" in options) {
  process.stderr.write(mistakeText(options.error, "npm run simulate --"));
  process.exitCode = 2;
} else if ("sessions" in options) {
  process.exitCode = simulateFaults(options) === 0 ? 0 : 1;
} else {
  process.stdout.write(simulate(options));
}

/** Runs it to its end; returns what is to be printed. */
function simulate(options: SimulateOptions): string {
  const { linkName, seconds, seed, seeds, players, play, isJson } = options;
  const progress = new ProgressLine(nowMs, say, process.stderr.isTTY);
  const simulateSeed = (index: number): ArenaSimulation => {
    const simulation = new ArenaSimulation({ ...options, link: linkNamed(linkName)!, seed: seed + index });
    for (let second = 1; second <= seconds; second++) {
      simulation.advanceTo(1_000 * second);
      progress.tell((index + second / seconds) / seeds);
    }
    return simulation;
  };
  const title = `${linkName}, ${players} player${players === 1 ? "" : "s"}, ${play}, ${seconds} s`;
  if (seeds > 1) {
    const reports = Array.from({ length: seeds }, (_, index) => simulateSeed(index).feelReport());
    progress.end();
    return isJson ? `${JSON.stringify(reports)}\n` : `${title}\n\n${feelTable(seed, reports)}\n`;
  }
  const sections = simulateSeed(0).sections();
  progress.end();
  if (isJson) return `${JSON.stringify(Object.assign({}, ...sections.map(({ json }) => json)))}\n`;
  return `${[`${title}, seed ${seed}`, ...sections.map(({ text }) => text)].join("\n\n")}\n`;
}

/** Prints what goes wrong as soon as it is found, or all of it in the end; returns how many sessions went wrong. */
function simulateFaults({ sessions, seed, plan, players, seconds, isTwice, isJson }: SimulateFaultsOptions): number {
  const progress = new ProgressLine(nowMs, say, process.stderr.isTTY);
  const failed: FailedRun[] = [];
  const count = runSeeds({
    ...arenaUnderFaults(),
    firstSeed: seed,
    count: sessions,
    players,
    seconds,
    isTwice,
    ...(plan && { plan }),
    onDone: (done) => {
      progress.tell(done / sessions);
    },
    onFailed: (run) => {
      failed.push(run);
      progress.end();
      if (!isJson) process.stdout.write(failedRunLine(run));
    },
  });
  progress.end();
  const summary = `${sessions} session${sessions === 1 ? "" : "s"} under faults, ${count} went wrong\n`;
  process.stdout.write(isJson ? `${JSON.stringify({ sessions, failed })}\n` : summary);
  return count;
}
