/** What is bundled into one program. */
export interface Program {
  /** Modules that export a `contender`, as paths from this folder: `./contenders/hand.ts`. */
  readonly contenders: readonly string[];
  readonly fixtures: readonly string[];
  /** The module that exports `createWorkload`. */
  readonly workload: string;
  readonly platform: "node" | "browser";
}

/**
 * The text of a program's first module.
 *
 * It imports the loops once for each contender and fixture, each time by a name of its own, so that the bundler
 * copies them.
 */
export function entryText({ contenders, fixtures, workload, platform }: Program): string {
  const lines = contenders.flatMap((path, at) => [
    `import { contender as contender${at} } from ${JSON.stringify(path)};`,
    ...fixtures.map((_, fixture) => `import * as loop${at}x${fixture} from "./loop.ts?${at}x${fixture}";`),
  ]);
  const entrants = contenders.map((_, at) => {
    const loops = fixtures.map((name, fixture) => `${JSON.stringify(name)}: loop${at}x${fixture}`).join(", ");
    return `  { contender: contender${at}, loops: { ${loops} } },`;
  });
  return [
    `import { createWorkload } from ${JSON.stringify(workload)};`,
    `import { work } from "./worker.ts";`,
    ...lines,
    "const entrants = [",
    ...entrants,
    "];",
    ...(platform === "node" ? NODE_TAIL : BROWSER_TAIL),
    "",
  ].join("\n");
}

const NODE_TAIL = [
  "const memory = globalThis.gc && {",
  "  collect: () => globalThis.gc(),",
  "  usedBytes: () => { const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; },",
  "};",
  "const result = work(entrants, createWorkload(), JSON.parse(process.argv[2]), memory);",
  "process.stdout.write(JSON.stringify(result));",
];

const BROWSER_TAIL = ["globalThis.runJob = (job) => work(entrants, createWorkload(), job, undefined);"];
