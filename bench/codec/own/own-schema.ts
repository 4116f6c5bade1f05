import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Rng } from "../../../shared/engine/time/rng.ts";
import { formatDiagnostic } from "../../../tools/codegen/diagnostic.ts";
import { emitModule } from "../../../tools/codegen/emit/module.ts";
import { loadFiles } from "../../../tools/codegen/files.ts";
import type { RecordLayout, SchemaLayout } from "../../../tools/codegen/layout.ts";
import { decodeOf, encodeOf } from "../../../tools/codegen/naming.ts";
import { nearestName } from "../../../tools/codegen/nearest-name.ts";
import { literalOf } from "./literal.ts";
import { sampleRecord } from "./sample.ts";
import { traitsOf } from "./traits.ts";

/** A schema of the user's own, ready to be benched. */
export interface OwnBench {
  /** Modules of contenders by their names. */
  readonly modules: ReadonlyMap<string, string>;
  readonly workload: string;
  /** Who cannot say the message, and why. */
  readonly leftOut: readonly string[];
}

const SEED = 0x0b5e_55ed;
/** A power of two. */
const SAMPLES = 64;
const CODEC = resolve(import.meta.dirname, "..");
const RUNTIME = resolve(import.meta.dirname, "../../../shared/engine/wire/index.ts");

/** Compiles a schema into `folder`, beside samples of one of its messages or structs and a module for each contender. */
export async function prepareOwn(
  { schema, message }: { readonly schema: string; readonly message: string },
  folder: string,
): Promise<OwnBench> {
  const layout = layoutFrom(schema);
  const record = recordNamed(message, layout);
  const { hasBigInts, hasBytes, hasDoubles } = traitsOf(record);
  const msgpack = `maps({ useBigInt64: ${hasBigInts}, forceFloat32: ${!hasDoubles}, ignoreUndefined: true })`;
  const texts = new Map([
    ["tickwire", tickwireText(record)],
    ["msgpack", contenderText(record, "@msgpack/msgpack", "msgpack", "maps", msgpack)],
    [
      "msgpackr",
      contenderText(record, "msgpackr records", "msgpackr-records", "records", `records(${hasDoubles ? 0 : 1})`),
    ],
  ]);
  if (!hasBigInts && !hasBytes) texts.set("json", contenderText(record, "JSON", "json", "json", "json()"));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "schema.ts"), emitModule(layout, schema, { runtime: RUNTIME }));
  await writeFile(join(folder, "samples.ts"), samplesText(record));
  for (const [name, text] of texts) await writeFile(join(folder, `${name}.ts`), text);
  return {
    modules: new Map([...texts.keys()].map((name) => [name, join(folder, `${name}.ts`)])),
    workload: join(folder, "samples.ts"),
    leftOut: texts.has("json") ? [] : ["without JSON: it has neither 64-bit integers nor bytes"],
  };
}

/** The layout of a schema. Throws with its diagnostics. */
export function layoutFrom(schema: string): SchemaLayout {
  const { layout, sources, diagnostics } = loadFiles(schema);
  if (layout !== undefined) return layout;
  throw new Error(diagnostics.map((diagnostic) => formatDiagnostic(sources, diagnostic)).join("\n\n"));
}

function recordNamed(name: string, { messages, structs }: SchemaLayout): RecordLayout {
  const records = [...messages, ...structs];
  const found = records.find((record) => record.name === name);
  if (found !== undefined) return found;
  const names = records.map((record) => record.name);
  const nearest = nearestName(name, names);
  throw new Error(`no message or struct is named ${name}: write ${nearest ?? `one of ${names.join(", ")}`}`);
}

/** Samples go through the codec once: what is measured is what the wire can say. */
function samplesText(record: RecordLayout): string {
  const rng = new Rng(SEED);
  const samples = Array.from({ length: SAMPLES }, () => literalOf(sampleRecord(record, rng)));
  const [encode, decode] = [encodeOf(record.name), decodeOf(record.name)];
  return `import { ${decode}, ${encode} } from "./schema.ts";
const samples = [
  ${samples.join(",\n  ")},
];
export const createWorkload = () => ({
  ${JSON.stringify(record.name)}: () => samples.map((sample) => ${decode}(${encode}(sample as never).slice())),
});
`;
}

function tickwireText({ name }: RecordLayout): string {
  return `import { codec } from ${JSON.stringify(join(CODEC, "contender.ts"))};
import { ${decodeOf(name)}, ${encodeOf(name)} } from "./schema.ts";
export const contender = {
  name: "tickwire",
  contract: "owned",
  codecs: { ${JSON.stringify(name)}: codec(${encodeOf(name)}, ${decodeOf(name)}) },
};
`;
}

function contenderText({ name }: RecordLayout, title: string, file: string, maker: string, made: string): string {
  return `import { ${maker} } from ${JSON.stringify(join(CODEC, `contenders/${file}.ts`))};
export const contender = {
  name: ${JSON.stringify(title)},
  contract: "owned",
  codecs: { ${JSON.stringify(name)}: ${made} },
};
`;
}
