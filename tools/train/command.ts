import { existsSync } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { formatDiagnostic } from "../codegen/diagnostic.ts";
import { loadFiles } from "../codegen/files.ts";
import type { EntityLayout, SchemaLayout } from "../codegen/layout.ts";
import { nearestName } from "../codegen/nearest-name.ts";
import { readCommandLine } from "../codegen/options.ts";
import { type Companion, companionPath, companionText, parseCompanion } from "../codegen/snapshot/companion.ts";
import type { TrainedSchema } from "../codegen/snapshot/trained.ts";
import { EXIT, refuse, type Terminal } from "../codegen/terminal.ts";
import type { Recording } from "./recording.ts";
import { readTrace, type Recordings } from "./trace.ts";
import { type ImportModule, train } from "./trainer.ts";

/** How the command is called. */
export interface TrainPlace {
  /** As it is typed in front of the options. */
  readonly command: string;
  /** What is trained when no schema is named. */
  readonly schema: string | undefined;
  /** Where a recording comes from, and how its codecs are printed again. */
  readonly recorder: string;
  readonly codegen: string;
}

const OPTIONS = {
  trace: { type: "string" },
  schema: { type: "string" },
  entity: { type: "string" },
  force: { type: "boolean" },
} as const;

/** What `--help` says. */
export function trainHelp({ command, schema, recorder, codegen }: TrainPlace): string {
  return `${command} --trace FILE [options]

Finds the predictors and code tables that say a recording in the fewest bytes, and writes them into the schema's
companion file, NAME.trained.json. They are part of the protocol hash: print the codecs again afterwards, with
${codegen}.

  --trace FILE   ${recorder}
                 {"tick": 1, "entity": "Ship", "id": 7, "x": 812.5}
  --schema FILE  what is trained${schema === undefined ? "" : ` (default ${schema})`}
  --entity NAME  the kind of lines that name none
  --force        train a version again that has tables already: builds that have them do not understand the new ones
  --help         this text

Exit code: 0 all is well, 1 a mistake in the schema or the recording, 2 the command cannot be understood.`;
}

interface Job {
  readonly trace: string;
  readonly schema: string;
  readonly entity: string | undefined;
  readonly isForced: boolean;
  readonly importModule: ImportModule | undefined;
  readonly codegen: string;
}

/** Runs the command; its exit code. `importModule` only where modules are not loaded by Node itself. */
export async function runTrain(
  args: readonly string[],
  terminal: Terminal,
  place: TrainPlace,
  importModule?: ImportModule,
): Promise<number> {
  const line = readCommandLine(args, OPTIONS);
  if (!("mistake" in line) && line.values.help === true) {
    terminal.say(trainHelp(place));
    return EXIT.good;
  }
  const mistake =
    "mistake" in line
      ? line.mistake
      : mistakeIn(line.values.trace, line.values.schema ?? place.schema, line.positionals);
  if ("mistake" in line || mistake !== undefined) {
    return refuse(mistake ?? "", place.command, terminal);
  }
  const { trace, schema = place.schema, entity, force } = line.values;
  const isForced = force === true;
  try {
    return await trainSchema(
      { trace: trace!, schema: schema!, entity, isForced, importModule, codegen: place.codegen },
      terminal,
    );
  } catch (error) {
    terminal.complain(error instanceof Error ? error.message : String(error));
    return EXIT.found;
  }
}

function mistakeIn(
  trace: string | undefined,
  schema: string | undefined,
  positionals: readonly string[],
): string | undefined {
  if (positionals.length > 0) return `"${positionals[0]!}" stands alone: write --trace ${positionals[0]!}`;
  if (trace === undefined) return "there is no recording: write --trace FILE";
  if (schema === undefined) return "there is no schema: write --schema FILE";
  return existsSync(trace) ? undefined : `there is no file ${trace}: name a recording`;
}

async function trainSchema(job: Job, terminal: Terminal): Promise<number> {
  const companion = await companionOf(job.schema, terminal);
  const layout = companion === undefined ? undefined : layoutOf(job.schema, terminal);
  if (companion === undefined || layout === undefined) return EXIT.found;
  const version = String(layout.version);
  if (companion[version] !== undefined && !job.isForced) {
    terminal.complain(
      `version ${version} of ${job.schema} has tables already, and builds that have them would not understand others.\n` +
        `   write protocol ${layout.name} ${layout.version + 1}; first, or --force where version ${version} was never released`,
    );
    return EXIT.found;
  }
  const file = await open(job.trace);
  const recordings = await readTrace(file.readLines());
  const trained = await trainAll(layout, named(recordings, job.entity), job.importModule, terminal);
  await writeFile(companionPath(job.schema), companionText({ ...companion, [version]: trained }));
  terminal.say(`${companionPath(job.schema)} holds the tables of version ${version}: run ${job.codegen}`);
  return EXIT.good;
}

/** What is trained already; undefined when the file makes no sense, which is told. */
async function companionOf(schema: string, terminal: Terminal): Promise<Companion | undefined> {
  const path = companionPath(schema);
  if (!existsSync(path)) return {};
  const text = await readFile(path, "utf8");
  const { companion, diagnostics } = parseCompanion(text, path);
  for (const diagnostic of diagnostics) terminal.complain(formatDiagnostic({ path, text }, diagnostic));
  return companion;
}

/** The schema as it is without its companion, which may be of other fields by now. */
function layoutOf(schema: string, terminal: Terminal): SchemaLayout | undefined {
  const { layout, sources, diagnostics } = loadFiles(schema, { isTrained: false });
  for (const diagnostic of diagnostics) terminal.complain(formatDiagnostic(sources, diagnostic));
  return layout;
}

/** Lines without a kind are those of `entity`. */
function named(recordings: Recordings, entity: string | undefined): Recordings {
  const nameless = recordings.get("");
  if (nameless === undefined) return recordings;
  if (entity === undefined) throw new RangeError("some lines name no entity: write --entity NAME");
  if (recordings.has(entity)) throw new RangeError(`some lines name ${entity}, and some no entity: name it in all`);
  return new Map([...[...recordings].filter(([name]) => name !== ""), [entity, nameless]]);
}

async function trainAll(
  layout: SchemaLayout,
  recordings: Recordings,
  importModule: ImportModule | undefined,
  terminal: Terminal,
): Promise<TrainedSchema> {
  const trained: Record<string, TrainedSchema[string]> = {};
  for (const [name, recording] of recordings) {
    const entity = entityNamed(layout, name);
    const names = namesIn(recording);
    const stranger = strangerIn(entity, names);
    if (stranger !== undefined) throw new RangeError(stranger);
    for (const missing of missingFrom(entity, names)) {
      terminal.complain(`${name}.${missing} is not in the recording: it is trained as if it never changed`);
    }
    const onAttempt = (bits: number): void => {
      terminal.complain(`${name}: ${(bits / 8).toFixed(3)} B`);
    };
    const result = await train(layout, entity, recording, onAttempt, importModule);
    trained[name] = result.trained;
    const bytes = (result.bitsPerEntity / 8).toFixed(3);
    terminal.say(`${name}: ${bytes} B an entity and tick, of ${result.entityTicks}`);
  }
  const left = layout.entities.filter(({ name }) => trained[name] === undefined);
  for (const { name } of left) terminal.complain(`${name} is not in the recording: it stays as it is without training`);
  return trained;
}

function entityNamed({ entities }: SchemaLayout, name: string): EntityLayout {
  const found = entities.find((each) => each.name === name);
  if (found !== undefined) return found;
  const nearest = nearestName(
    name,
    entities.map((each) => each.name),
  );
  throw new RangeError(`the schema has no entity ${name}${nearest === undefined ? "" : `: did you mean ${nearest}?`}`);
}

/** The fields that a recording has values of. */
function namesIn({ ticks }: Recording): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { entities } of ticks) {
    for (const values of entities.values()) for (const name of Object.keys(values)) names.add(name);
  }
  return names;
}

/** What is wrong with a name that no field of the entity has. */
function strangerIn(entity: EntityLayout, names: ReadonlySet<string>): string | undefined {
  const known = entity.fields.map(({ name }) => name);
  const stranger = [...names].find((name) => !known.includes(name));
  if (stranger === undefined) return undefined;
  const nearest = nearestName(stranger, known);
  return `${entity.name} has no field ${stranger}${nearest === undefined ? "" : `: did you mean ${nearest}?`}`;
}

/** Fields that deltas carry, and the recording does not. */
function missingFrom({ fields }: EntityLayout, names: ReadonlySet<string>): string[] {
  const carried = fields.filter(({ isConst, isOwnerOnly }) => !isConst && !isOwnerOnly);
  return carried.map(({ name }) => name).filter((name) => !names.has(name));
}
