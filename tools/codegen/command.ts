import { formatDiagnostic } from "./diagnostic.ts";
import {
  changesIn,
  folderOf,
  isFolder,
  type LoadedFiles,
  loadFiles,
  outputFolder,
  pathIn,
  readIfThere,
  schemasNamed,
  writeIfChanged,
} from "./files.ts";
import { type OptionValues, readCommandLine } from "./options.ts";
import { printFiles, type PrintedFile, type PrintOptions } from "./print.ts";
import { EXIT, refuse, type Terminal } from "./terminal.ts";

/** How the command is called, and what it does when no schema is named. */
export interface CodegenPlace {
  /** As it is typed in front of the schemas. */
  readonly command: string;
  /** Whose schemas are meant when none is named. */
  readonly folders: readonly SchemaFolder[];
  /** Where the engine's own schema is. */
  readonly engineSchema: string;
}

/** A folder with schemas. */
export interface SchemaFolder {
  readonly folder: string;
  /** What the modules that are printed from its schemas import. */
  readonly runtime: string;
}

interface NamedSchema {
  readonly path: string;
  readonly runtime: string;
}

interface Job {
  readonly schemas: readonly NamedSchema[];
  /** Undefined: `generated`, beside each schema. */
  readonly out: string | undefined;
  readonly print: Omit<PrintOptions, "runtime">;
  readonly isCheck: boolean;
  readonly command: string;
}

const PUBLISHED_RUNTIME = "tickwire/wire";

const OPTIONS = {
  out: { type: "string" },
  runtime: { type: "string" },
  js: { type: "boolean" },
  c: { type: "boolean" },
  asyncapi: { type: "boolean" },
  wireshark: { type: "boolean" },
  docs: { type: "boolean" },
  check: { type: "boolean" },
  watch: { type: "boolean" },
} as const;

/** What `--help` says. */
export function codegenHelp({ command, folders }: CodegenPlace): string {
  const names = folders.map(({ folder }) => folder).join(", ");
  const standing = names === "" ? "" : `  ${command.padEnd(39)}every schema in ${names}\n`;
  return `Prints the codecs of schemas, and whatever else is asked for.

${standing}  ${`${command} FILE… [options]`.padEnd(39)}a folder stands for every .wire file in it

  --out DIR       where the files go; otherwise into generated, beside each schema
  --runtime PATH  what the codecs import; otherwise ${PUBLISHED_RUNTIME}
  --js            JavaScript and declarations in place of TypeScript
  --c             also a C header: NAME.h
  --asyncapi      also an AsyncAPI 3.1 document: NAME.asyncapi.json
  --wireshark     also a Wireshark dissector: NAME.lua
  --docs          also a reference page: NAME.html and NAME.md
  --check         write nothing; exit 1 and name the files that are missing or stale
  --watch         go on, and print again whenever a schema or one that it imports changes
  --help          say this

Exit code: 0 all is well, 1 a schema has mistakes or a file is stale, 2 the command cannot be understood.`;
}

/** Runs the command; its exit code. With --watch it never ends. */
export async function runCodegen(args: readonly string[], terminal: Terminal, place: CodegenPlace): Promise<number> {
  const line = readCommandLine(args, OPTIONS);
  const mistake = "mistake" in line ? line.mistake : mistakeIn(line.positionals, line.values, place);
  if ("mistake" in line || mistake !== undefined) {
    return refuse(mistake ?? "", place.command, terminal);
  }
  if (line.values.help === true) {
    terminal.say(codegenHelp(place));
    return EXIT.good;
  }
  const job = await jobFrom(line.positionals, line.values, place);
  if (job.schemas.length === 0) {
    terminal.complain(`no schema found: name one, as in ${place.command} game.wire`);
    return EXIT.usage;
  }
  const work = new CodegenWork(job, terminal);
  const code = await work.runAll();
  if (line.values.watch === true) await work.watch();
  return code;
}

type Values = OptionValues<typeof OPTIONS>;

function mistakeIn(files: readonly string[], values: Values, place: CodegenPlace): string | undefined {
  const stranger = files.find((file) => /\.\w+$/.test(file) && !file.endsWith(".wire"));
  if (stranger !== undefined) return `${stranger} is no schema: its name does not end in .wire`;
  if (files.length === 0 && place.folders.length === 0 && values.help !== true) {
    return `no schema is named: write ${place.command} game.wire`;
  }
  if (values.check === true && values.watch === true) return "--check and --watch exclude each other";
  return undefined;
}

async function jobFrom(files: readonly string[], values: Values, place: CodegenPlace): Promise<Job> {
  return {
    schemas: await schemasOf(files, values.runtime, place),
    out: values.out,
    print: {
      js: values.js === true,
      c: values.c === true,
      asyncapi: values.asyncapi === true,
      wireshark: values.wireshark === true,
      docs: values.docs === true,
      engine: values.wireshark === true ? loadFiles(place.engineSchema).layout : undefined,
    },
    isCheck: values.check === true,
    command: [place.command, ...files].join(" "),
  };
}

/** The schemas that are named, or those of the place's folders. */
async function schemasOf(
  files: readonly string[],
  runtime: string | undefined,
  { folders }: CodegenPlace,
): Promise<NamedSchema[]> {
  const named =
    files.length > 0
      ? [{ names: files, runtime: PUBLISHED_RUNTIME }]
      : folders.map((each) => ({ ...each, names: [each.folder] }));
  const found: NamedSchema[] = [];
  for (const each of named) {
    for (const path of await schemasNamed(each.names)) found.push({ path, runtime: runtime ?? each.runtime });
  }
  return found;
}

/** One run of the command: its schemas, and what each was printed from last. */
class CodegenWork {
  private readonly job: Job;
  private readonly terminal: Terminal;
  private readonly loaded = new Map<string, LoadedFiles>();
  /** Undefined: nothing is watched. */
  private watchedFolders: Set<string> | undefined;
  private freshFiles = 0;

  constructor(job: Job, terminal: Terminal) {
    this.job = job;
    this.terminal = terminal;
  }

  /** Every schema, so that all their mistakes are seen at once. */
  async runAll(): Promise<number> {
    let code: number = EXIT.good;
    for (const schema of this.job.schemas) code = Math.max(code, await this.runSchema(schema));
    if (this.job.isCheck && code === EXIT.good) {
      this.terminal.say(
        this.freshFiles === 1 ? "1 generated file is fresh" : `${this.freshFiles} generated files are fresh`,
      );
    }
    return code;
  }

  /** Never ends. */
  async watch(): Promise<void> {
    this.watchedFolders = new Set();
    const endless = this.followFolders(this.watchedFolders);
    this.terminal.say("watching; Ctrl-C ends");
    await endless;
  }

  private async runSchema({ path, runtime }: NamedSchema): Promise<number> {
    const loaded = loadFiles(path);
    const { layout, sources, diagnostics } = loaded;
    const previous = this.loaded.get(path);
    this.loaded.set(path, loaded);
    if (previous !== undefined && textsOf(previous) === textsOf(loaded)) return EXIT.good;
    if (this.watchedFolders !== undefined) void this.followFolders(this.watchedFolders);
    for (const diagnostic of diagnostics) this.terminal.complain(`${formatDiagnostic(sources, diagnostic)}\n`);
    if (layout === undefined) return EXIT.found;
    const folder = outputFolder(path, this.job.out);
    let code: number = EXIT.good;
    for (const file of printFiles(layout, path, { ...this.job.print, runtime })) {
      code = Math.max(code, await this.put(path, pathIn(folder, file.name), file));
    }
    return code;
  }

  private async put(schema: string, target: string, { text }: PrintedFile): Promise<number> {
    if (!this.job.isCheck) {
      try {
        if (await writeIfChanged(target, text)) this.terminal.say(`${schema} → ${target}`);
        return EXIT.good;
      } catch (error) {
        this.terminal.complain(`${target} cannot be written: ${(error as Error).message}`);
        return EXIT.found;
      }
    }
    const present = await readIfThere(target);
    if (present === text) {
      this.freshFiles += 1;
      return EXIT.good;
    }
    this.terminal.complain(`${target} is ${present === undefined ? "missing" : "stale"}: run ${this.job.command}`);
    return EXIT.found;
  }

  /** Watches the folders that schemas are looked for in, apart from those that are watched already. */
  private async followFolders(watched: Set<string>): Promise<void> {
    const folders = [...this.loaded.values()].flatMap(({ asked }) => asked.map(folderOf));
    const found = [...new Set(folders)].filter((folder) => !watched.has(folder) && isFolder(folder));
    for (const folder of found) watched.add(folder);
    await Promise.all(found.map((folder) => this.watchFolder(folder)));
  }

  private async watchFolder(folder: string): Promise<void> {
    for await (const name of changesIn(folder)) {
      const isConcerned = (path: string): boolean =>
        folderOf(path) === folder && (name === null || path === pathIn(folder, name));
      for (const schema of this.job.schemas) {
        if (this.loaded.get(schema.path)?.asked.some(isConcerned) === true) await this.runSchema(schema);
      }
    }
  }
}

function textsOf({ asked, sources }: LoadedFiles): string {
  return JSON.stringify([asked, sources]);
}
