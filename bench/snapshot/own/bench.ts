import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { layoutFrom } from "../../codec/own/own-schema.ts";
import { ALLOCATION_FLAGS, outputOf } from "../../codec/programs.ts";
import type { EntityLayout, SchemaLayout } from "../../../tools/codegen/layout.ts";
import { nearestName } from "../../../tools/codegen/nearest-name.ts";
import type { TrainedEntity } from "../../../tools/codegen/snapshot/trained.ts";
import { train } from "../../../tools/train/trainer.ts";
import { printedText } from "../mover.ts";
import { bundleProgram, PROGRAMS } from "../programs.ts";
import { figuresOf, type Row } from "../results.ts";
import { linesOfFile } from "../user-trace.ts";
import { halvesOf, readOwnTrace, type OwnTrace } from "./own-trace.ts";
import type { OwnFinding, OwnJob } from "./worker.ts";

/** A trace of the user's own, and the entity of a schema that it is of. */
export interface OwnSnapshots {
  readonly trace: string;
  readonly schema: string;
  readonly entity: string;
}

export interface OwnResults {
  readonly rows: readonly Row[];
  readonly trace: OwnTrace;
  /** Where the tables come from. */
  readonly tables: "companion" | "first half";
}

const ROUNDS = 5;
const QUICK_ROUNDS = 1;

/** Trains with the first half of a trace, unless the schema was trained, and measures the second one. */
export async function runOwnBench(
  { trace: traceFile, schema, entity: name }: OwnSnapshots,
  { isQuick, say }: { readonly isQuick: boolean; readonly say: (text: string) => void },
): Promise<OwnResults> {
  const layout = layoutFrom(schema);
  const entity = entityNamed(name, layout);
  say(`read ${traceFile}\n`);
  const trace = await readOwnTrace(entity, linesOfFile(traceFile));
  const companion = layout.trained.get(layout.version)?.[name];
  say(companion === undefined ? "train with the first half\n" : "use what the schema was trained with\n");
  const trained = companion ?? (await train(layout, entity, { ticks: halvesOf(trace)[0].ticks })).trained;
  const job = {
    trace: resolve(traceFile),
    schema: resolve(schema),
    entity: name,
    rounds: isQuick ? QUICK_ROUNDS : ROUNDS,
  };
  const rows: Row[] = [];
  for (const [codec, tables] of [["tickwire", trained] as const, ["tickwire-untrained", undefined] as const]) {
    say(`measure ${codec}\n`);
    const program = await bundleOwn(codec, layout, entity, tables);
    const findings: OwnFinding[] = [];
    for (const tasks of [["time"], ["heap"]] as const) findings.push(await findingOf(program, { ...job, tasks }));
    rows.push({ world: "trace", view: "all", codec, lag: "1", ...figuresOf(findings) });
  }
  return { rows, trace, tables: companion === undefined ? "first half" : "companion" };
}

function entityNamed(name: string, { entities }: SchemaLayout): EntityLayout {
  const found = entities.find((entity) => entity.name === name);
  if (found !== undefined) return found;
  const names = entities.map((entity) => entity.name);
  if (names.length === 0) throw new Error("the schema has no entities");
  throw new Error(`no entity is named ${name}: write ${nearestName(name, names) ?? `one of ${names.join(", ")}`}`);
}

async function bundleOwn(
  codec: string,
  layout: SchemaLayout,
  { name }: EntityLayout,
  tables: TrainedEntity | undefined,
): Promise<string> {
  const module = join(PROGRAMS, `own-${codec}.schema.js`);
  await mkdir(PROGRAMS, { recursive: true });
  await writeFile(module, printedText(layout, layout.name, name, tables));
  return bundleProgram(
    `own-${codec}`,
    `import { workOwn } from "./own/worker.ts";
import { ${name} as codec } from ${JSON.stringify(module)};
process.stdout.write(JSON.stringify(await workOwn(codec, JSON.parse(process.argv[2]))));
`,
  );
}

async function findingOf(program: string, job: OwnJob): Promise<OwnFinding> {
  const flags = job.tasks.includes("heap") ? ALLOCATION_FLAGS : [];
  return JSON.parse(await outputOf([...flags, program, JSON.stringify(job)])) as OwnFinding;
}
