import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { emitModule } from "../emit/module.ts";
import { loadFiles } from "../files.ts";
import type { SchemaLayout } from "../layout.ts";
import { load } from "../load.ts";

const RUNTIME = fileURLToPath(new URL("../../../shared/engine/wire/index.ts", import.meta.url));

/** A schema, and the module that the compiler prints of it. */
export interface FreshCodecs {
  readonly layout: SchemaLayout;
  readonly module: Readonly<Record<string, unknown>>;
}

/** The layout of a schema of this repository that has no mistakes. */
export function layoutOf(schema: string): SchemaLayout {
  const { layout, diagnostics } = loadFiles(pathOf(schema));
  if (layout === undefined) throw new Error(`${schema}: ${diagnostics[0]!.message}`);
  return layout;
}

/** Loads a module of TypeScript, as tests can. */
export type LoadModule = (url: string) => Promise<unknown>;

/** Compiles a schema of this repository and loads its module. */
export async function freshCodecs(schema: string, loadModule: LoadModule): Promise<FreshCodecs> {
  const layout = layoutOf(schema);
  return { layout, module: await codecsOf(layout, loadModule) };
}

/** Compiles the text of a schema without mistakes, and loads its module. */
export async function codecsOfText(text: string, loadModule: LoadModule): Promise<FreshCodecs> {
  const { layout, diagnostics } = load("schema.wire", () => text);
  if (layout === undefined) throw new Error(diagnostics[0]!.message);
  return { layout, module: await codecsOf(layout, loadModule) };
}

/** Prints a schema's module and loads it. */
export async function codecsOf(layout: SchemaLayout, loadModule: LoadModule): Promise<FreshCodecs["module"]> {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-codecs-"));
  const file = join(folder, "codecs.ts");
  writeFileSync(file, emitModule(layout, `${layout.name}.wire`, { runtime: RUNTIME }));
  try {
    return (await loadModule(pathToFileURL(file).href)) as FreshCodecs["module"];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `schema`: from the root of the repository. */
function pathOf(schema: string): string {
  return fileURLToPath(new URL(`../../../${schema}`, import.meta.url));
}
