import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Diagnostic, formatDiagnostic, placeOf } from "../codegen/diagnostic.ts";
import { emitJavaScript } from "../codegen/emit/javascript.ts";
import { loadFiles } from "../codegen/files.ts";
import type { SchemaSource } from "../codegen/source.ts";

/** A mistake as Vite's overlay shows it. */
export interface WireError {
  readonly message: string;
  readonly id: string;
  /** Both count from 1: the overlay shows them as they are, and opens the editor there. */
  readonly loc: { readonly file: string; readonly line: number; readonly column: number };
  /** The lines of every mistake, with carets, and what to type. */
  readonly frame: string;
}

/** A module or a mistake, and the files that were looked for on the way to it. */
export type CompiledWire =
  | { readonly code: string; readonly sources: readonly string[] }
  | { readonly error: WireError; readonly sources: readonly string[] };

export interface WireModuleOptions {
  /** What the codecs import their runtime from. */
  readonly runtime: string;
  /** Where declarations go: undefined beside the schemas, otherwise the folder that mirrors `root`; false: nowhere. */
  readonly types: string | false | undefined;
  readonly root: string;
}

/** Compiles a schema to a JavaScript module, and writes the declarations of what it exports. */
export function compileWire(file: string, options: WireModuleOptions): CompiledWire {
  const { layout, sources, diagnostics, asked } = loadFiles(file);
  if (layout === undefined) return { error: errorOf(file, sources, diagnostics), sources: asked };
  const { js, dts } = emitJavaScript(layout, file, { runtime: options.runtime });
  writeDeclarations(file, dts, options);
  return { code: js, sources: asked };
}

function errorOf(file: string, sources: readonly SchemaSource[], diagnostics: readonly Diagnostic[]): WireError {
  const [first, ...others] = diagnostics;
  const span = first?.span ?? { path: file, start: 0, end: 0 };
  const { path, line, column } = placeOf(sources, span);
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return {
    message: `${path}:${line}:${column}  ${first?.message ?? "this schema cannot be read"}${more}\n   ${first?.advice ?? ""}`,
    id: path,
    loc: { file: path, line, column },
    frame: diagnostics.map((diagnostic) => formatDiagnostic(sources, diagnostic)).join("\n\n"),
  };
}

/** `game.wire.d.ts`, written only when it says something new: TypeScript watches it. */
function writeDeclarations(file: string, dts: string, { types, root }: WireModuleOptions): void {
  if (types === false) return;
  const place = types === undefined ? file : join(root, types, relative(root, file));
  const target = `${place}.d.ts`;
  if (existsSync(target) && readFileSync(target, "utf8") === dts) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, dts);
}
