import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIfChanged } from "./build.mjs";
import { Children, onStopRequest } from "./children.mjs";
import { CHROMIUM_MISSING, ensureChromium } from "./chromium.mjs";
import { mistakeText } from "./command-line.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { countsIn, summaryOf } from "./report.mjs";
import { root } from "./root.mjs";

const HELP = `npm test

Lint, unit tests, browser tests, types, format and generated code, two at a time. Each step runs even when one before it failed.

  --check     everything but the browser tests (npm run check)
  --browser   the browser tests alone (npm run test:browser)
  --help      this text
`;

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} args what Node is started with
 * @property {string} [report] where the step's runner leaves its JSON report
 * @property {boolean} [needsBuild] whether it asks for the page and the server as they are served
 */

/**
 * In the order in which they begin, two at a time: the long ones first, so that all end together.
 *
 * @type {readonly Step[]}
 */
const STEPS = [
  { name: "lint", args: ["node_modules/eslint/bin/eslint.js", "."] },
  vitest("unit"),
  { ...vitest("browser"), needsBuild: true },
  { name: "types", args: ["node_modules/typescript/bin/tsc", "-b"] },
  { name: "format", args: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."] },
  { name: "generated code", args: ["--import", "tsx", "tools/codegen/main.ts", "--check"] },
];

const argv = process.argv.slice(2);
const unknown = argv.find((word) => !["--check", "--browser", "--help"].includes(word));
if (unknown !== undefined) {
  process.stderr.write(mistakeText(`"${unknown}" is no option`, "npm test --"));
  process.exitCode = 2;
} else if (argv.includes("--help")) {
  process.stdout.write(HELP);
} else {
  const isWanted = ({ needsBuild = false }) => !argv.includes(needsBuild ? "--check" : "--browser");
  await main(STEPS.filter(isWanted));
}

/** @param {readonly Step[]} steps */
async function main(steps) {
  ensureInstalled();
  if (steps.some((step) => step.needsBuild) && !ensureChromium()) {
    process.stderr.write(CHROMIUM_MISSING);
    process.exitCode = 1;
    return;
  }
  const children = new Children();
  onStopRequest(() => void children.stop().then(() => process.exit(130)));
  mkdirSync(join(root, "artifacts"), { recursive: true });

  const waiting = [...steps];
  const failed = (await Promise.all([runSteps(children, waiting), runSteps(children, waiting)])).flat();
  if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(", ")}\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
  const reports = steps.flatMap(({ report }) => (report === undefined ? [] : [report]));
  process.stdout.write(`${summaryOf(reports.map((path) => countsIn(textAt(path))))}\n`);
}

/**
 * Takes one step after another from those that wait, and returns the names of those that failed.
 *
 * @param {Children} children
 * @param {Step[]} waiting
 */
async function runSteps(children, waiting) {
  /** @type {string[]} */
  const failed = [];
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const { name } = step;
    process.stdout.write(`> ${name} …\n`);
    const startMs = performance.now();
    const code = await runStep(children, step);
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
    process.stdout.write(code === 0 ? `> ${name}: ok, ${seconds} s\n` : `> ${name}: FAILED, ${seconds} s\n`);
    if (code !== 0) failed.push(name);
  }
  return failed;
}

/**
 * Runs one step, and returns its exit code.
 *
 * @param {Children} children
 * @param {Step} step
 */
async function runStep(children, { name, args, report, needsBuild = false }) {
  // An old report must not speak for a runner that did not get as far as writing one.
  if (report !== undefined) rmSync(join(root, report), { force: true });
  const buildCode = needsBuild ? await buildIfChanged(children) : 0;
  return buildCode === 0 ? children.run({ args, prefix: `${name} | ` }) : buildCode;
}

/**
 * @param {"unit" | "browser"} project
 * @returns {Step}
 */
function vitest(project) {
  const report = `artifacts/${project}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return {
    name: `${project} tests`,
    args: ["node_modules/vitest/vitest.mjs", "run", "--project", `${project}*`, ...reporters],
    report,
  };
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function textAt(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
