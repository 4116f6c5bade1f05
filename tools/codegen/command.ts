import { parseArgs } from "node:util";
import { compile } from "./compile.ts";
import { formatDiagnostic } from "./diagnostic.ts";
import { changesOf, outputPath, readIfThere, schemasIn, writeIfChanged } from "./files.ts";

/** Where a command's words go. */
export interface Terminal {
  say(text: string): void;
  complain(text: string): void;
}

interface Job {
  readonly schemas: readonly string[];
  /** Undefined: `generated`, beside each schema. */
  readonly out: string | undefined;
  readonly runtime: string;
  readonly isCheck: boolean;
}

const EXIT = { good: 0, bad: 1, usage: 2 } as const;

/** Where this repository's schemas are, and its runtime, seen from `generated` beside them. */
const HOUSE = { schemas: "shared/schema", runtime: "../../engine/wire/index.ts" } as const;
const PUBLISHED_RUNTIME = "tickwire/wire";

const HELP = `Prints TypeScript from schemas.

  npm run codegen                       every ${HOUSE.schemas}/*.wire
  npm run codegen -- FILE… [options]

  --out DIR       where the modules go; otherwise into generated, beside each schema
  --runtime PATH  what the modules import; otherwise ${PUBLISHED_RUNTIME}
  --check         write nothing; exit 1 and name the files that are missing or stale
  --watch         go on, and print again whenever a schema changes
  --help          say this

Exit code: 0 all is well, 1 a schema has mistakes or a file is stale, 2 the command cannot be understood.`;

/** Runs the command; its exit code. With --watch it never ends. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = optionsFrom(args);
  if ("mistake" in options) {
    terminal.complain(`${options.mistake}\n\n${HELP}`);
    return EXIT.usage;
  }
  if (options.help) {
    terminal.say(HELP);
    return EXIT.good;
  }
  const job = await jobFrom(options);
  if (job.schemas.length === 0) {
    terminal.complain(`no schema found in ${HOUSE.schemas}: name one, as in npm run codegen -- game.wire`);
    return EXIT.usage;
  }
  const code = await runJob(job, terminal);
  if (options.watch) await watchSchemas(job, terminal);
  return code;
}

function optionsFrom(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        runtime: { type: "string" },
        check: { type: "boolean", default: false },
        watch: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const stranger = positionals.find((file) => !file.endsWith(".wire"));
    if (stranger !== undefined) return { mistake: `${stranger} is no schema: its name does not end in .wire` };
    if (values.check && values.watch) return { mistake: "--check and --watch exclude each other" };
    return { ...values, files: positionals };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}

async function jobFrom(options: {
  readonly files: readonly string[];
  readonly out?: string | undefined;
  readonly runtime?: string | undefined;
  readonly check: boolean;
}): Promise<Job> {
  const isHouse = options.files.length === 0;
  return {
    schemas: isHouse ? await schemasIn(HOUSE.schemas) : options.files,
    out: options.out,
    runtime: options.runtime ?? (isHouse ? HOUSE.runtime : PUBLISHED_RUNTIME),
    isCheck: options.check,
  };
}

/** Every schema of the job, so that all their mistakes are seen at once. */
async function runJob(job: Job, terminal: Terminal): Promise<number> {
  let code: number = EXIT.good;
  for (const path of job.schemas) code = Math.max(code, await runSchema(path, job, terminal));
  if (job.isCheck && code === EXIT.good) terminal.say(`${job.schemas.length} generated modules are fresh`);
  return code;
}

async function runSchema(path: string, job: Job, terminal: Terminal): Promise<number> {
  const text = await readIfThere(path);
  if (text === undefined) {
    terminal.complain(`${path}: there is no such file`);
    return EXIT.bad;
  }
  const { text: printed, diagnostics } = compile({ path, text }, { runtime: job.runtime });
  for (const diagnostic of diagnostics) terminal.complain(`${formatDiagnostic({ path, text }, diagnostic)}\n`);
  if (printed === undefined) return EXIT.bad;
  const target = outputPath(path, job.out);
  if (job.isCheck) return checkFresh(target, printed, terminal);
  if (await writeIfChanged(target, printed)) terminal.say(`${path} → ${target}`);
  return EXIT.good;
}

async function checkFresh(target: string, printed: string, terminal: Terminal): Promise<number> {
  const present = await readIfThere(target);
  if (present === printed) return EXIT.good;
  terminal.complain(`${target} is ${present === undefined ? "missing" : "stale"}: run npm run codegen`);
  return EXIT.bad;
}

async function watchSchemas(job: Job, terminal: Terminal): Promise<void> {
  terminal.say("watching; Ctrl-C ends");
  await Promise.all(
    changesOf(job.schemas).map(async ({ schemas, changes }) => {
      for await (const name of changes) {
        for (const path of schemas(name)) await runSchema(path, job, terminal);
      }
    }),
  );
}
