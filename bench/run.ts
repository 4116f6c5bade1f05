import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mistakeText } from "../tools/launch/command-line.mjs";
import { findChromium } from "../tools/launch/chromium.mjs";
import { PROGRAMS, runBench, type BenchOptions } from "./codec/bench.ts";
import { prepareOwn } from "./codec/own/own-schema.ts";
import { createBrowserRunner, nodeRunner, type Runner } from "./codec/programs.ts";
import { reportOf } from "./codec/report.ts";
import { OURS, ROSTER, YARDSTICK } from "./codec/roster.ts";
import { tableOf } from "./codec/table.ts";
import { HELP, parseOptions, type CodecOptions } from "./options.ts";
import { runLanesBench } from "./lanes/bench.ts";
import type { LanesOptions } from "./lanes/options.ts";
import { congestionsOf, whatIsMissing } from "./lanes/real/requirements.ts";
import { reportOf as lanesReportOf } from "./lanes/report.ts";
import { tableOf as lanesTableOf } from "./lanes/table.ts";
import { runSnapshotBench } from "./snapshot/bench.ts";
import type { Calibrated } from "./snapshot/calibration.ts";
import type { SnapshotOptions } from "./snapshot/options.ts";
import { runOwnBench } from "./snapshot/own/bench.ts";
import { ownTableOf } from "./snapshot/own/table.ts";
import { jsonOf } from "./snapshot/results.ts";
import { calibrationTable, tableOf as snapshotTableOf } from "./snapshot/table.ts";

const EXIT = { good: 0, bad: 1, usage: 2 } as const;

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const asked = parseOptions(args);
  switch (asked.kind) {
    case "help":
      console.log(HELP);
      return EXIT.good;
    case "mistake":
      process.stderr.write(mistakeText(asked.mistake, "npm run bench --"));
      return EXIT.usage;
    case "codec":
      return finished(benchCodecs(asked.options));
    case "snapshot":
      return finished(benchSnapshots(asked.options));
    case "lanes":
      return finished(benchLanes(asked.options));
  }
}

async function finished(bench: Promise<void>): Promise<number> {
  try {
    await bench;
    return EXIT.good;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    return EXIT.bad;
  }
}

async function benchSnapshots(options: SnapshotOptions): Promise<void> {
  const { own, isQuick, json } = options;
  if (own !== undefined) {
    const results = await runOwnBench(own, { isQuick, say });
    console.log(ownTableOf(results, isQuick));
    if (json !== undefined) await writeFile(json, jsonOf({ rows: results.rows }));
    return;
  }
  const onCalibrated = (calibration: readonly Calibrated[]): void => {
    console.log(`${calibrationTable(calibration)}\n`);
  };
  const results = await runSnapshotBench({ ...options, say, onCalibrated });
  console.log(snapshotTableOf(results));
  if (json !== undefined) await writeFile(json, jsonOf(results));
}

async function benchLanes(options: LanesOptions): Promise<void> {
  const { isReal, congestions, json, report } = options;
  const missing = isReal ? whatIsMissing() : undefined;
  if (missing !== undefined) throw new Error(missing);
  const results = await runLanesBench({
    ...options,
    say,
    congestions: isReal ? congestionsOf(congestions) : undefined,
  });
  console.log(lanesTableOf(results));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(results, undefined, 2)}\n`);
  if (report !== undefined) await writeFile(report, lanesReportOf(results));
}

function say(text: string): void {
  process.stderr.write(text);
}

async function benchCodecs(options: CodecOptions): Promise<void> {
  const results = await runBench(await benchOf(options));
  console.log(tableOf(results, OURS, options.own === undefined ? YARDSTICK : OURS));
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
  if (options.report !== undefined) await writeFile(options.report, reportOf(results, OURS, YARDSTICK));
}

async function benchOf(options: CodecOptions): Promise<BenchOptions> {
  const { isBrowser, isQuick, own } = options;
  const entrants = own === undefined ? ourEntrants(options) : await ownEntrants(own);
  const runner = await runnerFor(options);
  return { ...entrants, isQuick, isBrowser, runner, say };
}

type Entrants = Pick<BenchOptions, "modules" | "workload" | "fixtures">;

function ourEntrants({ isBrowser, fixtures, contenders }: CodecOptions): Entrants {
  const asked = ROSTER.filter(({ module }) => contenders.includes(module));
  for (const { module, needsNode } of asked) {
    if (isBrowser && needsNode !== undefined) console.error(`without ${module}: ${needsNode}`);
  }
  const entries = asked.filter(({ needsNode }) => !isBrowser || needsNode === undefined);
  const modules = new Map(entries.map(({ module }) => [module, `./contenders/${module}.ts`]));
  return { modules, workload: "../workload.ts", fixtures };
}

async function ownEntrants(own: NonNullable<CodecOptions["own"]>): Promise<Entrants> {
  const { modules, workload, leftOut } = await prepareOwn(own, join(PROGRAMS, "own"));
  for (const line of leftOut) console.error(line);
  return { modules, workload, fixtures: [own.message] };
}

async function runnerFor({ isBrowser }: CodecOptions): Promise<Runner> {
  if (!isBrowser) return nodeRunner;
  const chromium = findChromium();
  if (chromium === undefined) throw new Error("--browser needs Chromium; say where with CHROMIUM=/path/to/chromium");
  return createBrowserRunner(chromium);
}
