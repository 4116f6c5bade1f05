import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { ALLOCATION_FLAGS, outputOf } from "../codec/programs.ts";
import type { Job, JobResult } from "./job.ts";
import { moverText, trainedTables } from "./mover.ts";
import { tablesOf, type SubjectName } from "./subjects.ts";

/** Programs are kept inside of the repository, where Node finds the peers' packages. */
export const PROGRAMS = join(import.meta.dirname, "../../.cache/bench/snapshot");

/** What makes a peer: imports, and an expression. */
const PEERS: Readonly<Record<Exclude<SubjectName, `tickwire${string}`>, readonly [text: string, made: string]>> = {
  "json-delta": ['import { jsonDelta } from "./peers/json-delta.ts";', "jsonDelta"],
  "json-delta-deflate": [
    'import { jsonDelta } from "./peers/json-delta.ts";\nimport { deflated } from "./peers/deflated.ts";',
    "deflated(jsonDelta)",
  ],
  "msgpack-delta": ['import { msgpackDelta } from "./peers/msgpack-delta.ts";', "msgpackDelta"],
  "msgpack-delta-deflate": [
    'import { msgpackDelta } from "./peers/msgpack-delta.ts";\nimport { deflated } from "./peers/deflated.ts";',
    "deflated(msgpackDelta)",
  ],
  colyseus: ['import { colyseus } from "./peers/colyseus.ts";', "colyseus"],
};

/** Trains where that is needed and bundles one codec and the worker into a program; its file. */
export async function bundleSubject(subject: SubjectName): Promise<string> {
  const name = subject.replaceAll(" ", "-");
  return bundleProgram(name, await entryText(subject, join(PROGRAMS, `${name}.mover.js`)));
}

/** Bundles the text of a program's first module, which stands in this folder; its file. */
export async function bundleProgram(name: string, text: string): Promise<string> {
  const outfile = join(PROGRAMS, `${name}.mjs`);
  await build({
    stdin: { contents: text, resolveDir: import.meta.dirname, sourcefile: "entry.ts", loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2023",
    define: { "process.env.NODE_ENV": '"production"' },
    minifySyntax: true,
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}

/** Does a job in a Node of its own that nobody has used before. */
export async function runProgram(program: string, job: Job): Promise<JobResult> {
  const flags = job.tasks.includes("heap") ? ALLOCATION_FLAGS : [];
  return JSON.parse(await outputOf([...flags, program, JSON.stringify(job)])) as JobResult;
}

async function entryText(subject: SubjectName, mover: string): Promise<string> {
  const [imports, codec, own] = isPeer(subject)
    ? [...PEERS[subject], "undefined"]
    : [await tickwireImports(subject, mover), `tickwire(${JSON.stringify(subject)}, Mover)`, "Mover"];
  return `import { work } from "./worker.ts";
${imports}
const result = await work({ codec: ${codec}, mover: ${own} }, JSON.parse(process.argv[2]));
process.stdout.write(JSON.stringify(result));
`;
}

async function tickwireImports(subject: SubjectName, mover: string): Promise<string> {
  const tables = tablesOf(subject);
  await mkdir(PROGRAMS, { recursive: true });
  await writeFile(mover, moverText(tables === undefined ? undefined : await trainedTables(tables)));
  return `import { tickwire } from "./tickwire.ts";\nimport { Mover } from ${JSON.stringify(mover)};`;
}

function isPeer(subject: SubjectName): subject is keyof typeof PEERS {
  return subject in PEERS;
}
