import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { emitJavaScript } from "../../tools/codegen/emit/javascript.ts";
import { loadFiles } from "../../tools/codegen/files.ts";
import type { SchemaLayout } from "../../tools/codegen/layout.ts";
import type { TrainedEntity } from "../../tools/codegen/snapshot/trained.ts";
import { train } from "../../tools/train/trainer.ts";
import type { Recording } from "../../tools/train/recording.ts";
import type { EntityCodec } from "../../shared/engine/wire/protocol.ts";
import { FIELDS, type Field } from "./row.ts";
import { recordTrace, SEEDS } from "./trace.ts";
import { ENTITIES, type Motion } from "./world.ts";

export type MoverCodec = EntityCodec<Readonly<Record<Field, unknown>>>;

const SCHEMA = resolve(import.meta.dirname, "schema/mover.wire");
const RUNTIME = resolve(import.meta.dirname, "../../shared/engine/wire/index.ts");

/** The schema's codec as it is without training. */
export async function untrainedMover(): Promise<MoverCodec> {
  return importMover(moverText());
}

/** The schema's codec, trained with the training seed of a world. */
export async function trainedMover(motion: Motion): Promise<MoverCodec> {
  return importMover(moverText(await trainedTables(motion)));
}

/** What the trainer makes of the training seed of a world. */
export async function trainedTables(motion: Motion): Promise<TrainedEntity> {
  const layout = moverLayout();
  return (await train(layout, layout.entities[0]!, recordingOf(motion))).trained;
}

/** The module that is printed from the schema: JavaScript that exports `Mover`. */
export function moverText(trained?: TrainedEntity): string {
  return printedText(moverLayout(), SCHEMA, "Mover", trained);
}

/** The module of a schema one of whose entities is coded with `trained`, or as if nobody had trained it. */
export function printedText(layout: SchemaLayout, path: string, entity: string, trained?: TrainedEntity): string {
  const versions = new Map(trained === undefined ? [] : [[layout.version, { [entity]: trained }]]);
  return emitJavaScript({ ...layout, trained: versions }, path, { runtime: RUNTIME }).js;
}

function moverLayout(): SchemaLayout {
  const { layout } = loadFiles(SCHEMA);
  if (layout === undefined) throw new Error(`${SCHEMA} has mistakes`);
  return layout;
}

function recordingOf(motion: Motion): Recording {
  const ticks = recordTrace(SEEDS.training, motion).map((rows, tick) => {
    const entities = Array.from({ length: ENTITIES }, (_, id) => {
      return [id, Object.fromEntries(FIELDS.map((field) => [field, rows[field][id]!]))] as const;
    });
    return { tick, entities: new Map(entities) };
  });
  return { ticks };
}

async function importMover(text: string): Promise<MoverCodec> {
  const withAddress = text.replaceAll(JSON.stringify(RUNTIME), JSON.stringify(pathToFileURL(RUNTIME).href));
  const address = `data:text/javascript;base64,${Buffer.from(withAddress).toString("base64")}`;
  return ((await import(address)) as { readonly Mover: MoverCodec }).Mover;
}
