import { ENGINE_SCHEMA } from "./engine-schema.ts";
import { emitJavaScript } from "../codegen/emit/javascript.ts";
import { loadFiles } from "../codegen/files.ts";
import type { MessageLayout, SchemaLayout } from "../codegen/layout.ts";
import type { InspectedEntity } from "./inspect-snapshot.ts";

/** A decoded message. */
export interface Decoded {
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A schema that was compiled in memory, and its codecs. */
export interface LoadedSchema {
  readonly layout: SchemaLayout;
  /** Newest first; none where no protocol is named. */
  readonly versions: readonly { readonly version: number; readonly hash: number }[];
  readonly entities: readonly InspectedEntity[];
  decodeClientMessage(bytes: Uint8Array): Decoded | undefined;
  decodeServerMessage(bytes: Uint8Array, peerVersion: number): Decoded | undefined;
}

/** The sources run from .ts, the built package from .js; each has its own runtime beside it. */
const ENDING = import.meta.url.endsWith(".ts") ? "ts" : "js";
const RUNTIME = new URL(`../../shared/engine/wire/index.${ENDING}`, import.meta.url).href;

/** The engine's own messages. */
export function loadEngineLayout(): SchemaLayout {
  const { layout } = loadFiles(ENGINE_SCHEMA);
  if (layout === undefined) throw new Error(`${ENGINE_SCHEMA} has mistakes: install tickwire again`);
  return layout;
}

/** A checked schema to its codecs: printed as JavaScript, and imported without a file. */
export async function importSchema(path: string, layout: SchemaLayout): Promise<LoadedSchema> {
  const { js } = emitJavaScript(layout, path, { runtime: RUNTIME });
  const printedModule = `data:text/javascript;base64,${Buffer.from(js).toString("base64")}`;
  const codecs = (await import(printedModule)) as Omit<LoadedSchema, "layout" | "versions" | "entities"> & {
    readonly PROTOCOL_VERSIONS?: LoadedSchema["versions"];
  } & Readonly<Record<string, unknown>>;
  return {
    layout,
    versions: codecs.PROTOCOL_VERSIONS ?? [],
    entities: layout.entities.map(({ name }) => codecs[name] as InspectedEntity),
    decodeClientMessage: codecs.decodeClientMessage,
    decodeServerMessage: codecs.decodeServerMessage,
  };
}

/** The message with an opcode, in any of the schemas. */
export function messageWith(opcode: number, layouts: readonly SchemaLayout[]): MessageLayout | undefined {
  for (const { messages } of layouts) {
    const found = messages.find((message) => message.opcode === opcode);
    if (found !== undefined) return found;
  }
  return undefined;
}
