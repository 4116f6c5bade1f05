import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "../codegen/compile.ts";

const RUNTIME = join(import.meta.dirname, "../../shared/engine/wire/index.ts");

/** Compiles a schema that stands in a test, and gives what is printed from it. Throws where it has a mistake. */
export async function importSchema<Module>(name: string, schema: string): Promise<Module> {
  const { text, diagnostics } = compile({ path: `${name}.wire`, text: schema }, { runtime: RUNTIME });
  if (text === undefined) throw new Error(JSON.stringify(diagnostics));
  const path = join(mkdtempSync(join(tmpdir(), `tickwire-${name}-`)), `${name}.ts`);
  writeFileSync(path, text);
  return (await import(/* @vite-ignore */ path)) as Module;
}
