import { resolve } from "node:path";
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
const RUNTIME = new URL("../../shared/engine/wire/index.ts", import.meta.url).href;

/** The schema's codec as it is without training. */
export async function untrainedMover(): Promise<MoverCodec> {
  return importMover(moverLayout());
}

/** The schema's codec, trained with the training seed of a world. */
export async function trainedMover(motion: Motion): Promise<MoverCodec> {
  const layout = moverLayout();
  const { trained } = await train(layout, layout.entities[0]!, recordingOf(motion));
  return importMover(layout, trained);
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

async function importMover(layout: SchemaLayout, trained?: TrainedEntity): Promise<MoverCodec> {
  const versions = new Map(trained === undefined ? [] : [[layout.version, { Mover: trained }]]);
  const { js } = emitJavaScript({ ...layout, trained: versions }, SCHEMA, { runtime: RUNTIME });
  const printed = `data:text/javascript;base64,${Buffer.from(js).toString("base64")}`;
  return ((await import(printed)) as { readonly Mover: MoverCodec }).Mover;
}
