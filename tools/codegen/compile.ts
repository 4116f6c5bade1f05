import type { Diagnostic } from "./diagnostic.ts";
import { emitModule } from "./emit/module.ts";
import { load } from "./load.ts";
import type { SchemaSource } from "./source.ts";

export interface CompileOptions {
  /** What the printed module imports its runtime from. */
  readonly runtime: string;
}

export interface CompileResult {
  /** The printed module, when there are no diagnostics. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of a schema that imports nothing to TypeScript text. Touches no file: the command line does that. */
export function compile(source: SchemaSource, options: CompileOptions): CompileResult {
  const { layout, diagnostics } = load(source.path, (path) => (path === source.path ? source.text : undefined));
  return layout === undefined ? { diagnostics } : { diagnostics, text: emitModule(layout, source.path, options) };
}
