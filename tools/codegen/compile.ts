import { check } from "./check/schema.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { inOrder } from "./diagnostic.ts";
import { emitModule } from "./emit/module.ts";
import { parse } from "./parser.ts";
import { scan } from "./scanner.ts";
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

/** Schema text to TypeScript text. Touches no file: the command line does that. */
export function compile(source: SchemaSource, options: CompileOptions): CompileResult {
  const { tokens, diagnostics: spelling } = scan(source.text);
  const { tree, diagnostics: syntax } = parse(tokens);
  const { layout, diagnostics: meaning } = check(tree);
  const diagnostics = inOrder([...spelling, ...syntax, ...meaning]);
  return diagnostics.length > 0 ? { diagnostics } : { diagnostics, text: emitModule(layout, source.path, options) };
}
