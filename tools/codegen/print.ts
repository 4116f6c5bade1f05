import { emitAsyncApi } from "./emit/asyncapi.ts";
import { emitCHeader } from "./emit/c-header.ts";
import { emitJavaScript } from "./emit/javascript.ts";
import { emitModule } from "./emit/module.ts";
import { emitReference } from "./emit/reference.ts";
import { emitDissector } from "./emit/wireshark.ts";
import type { SchemaLayout } from "./layout.ts";

/** How the codecs are printed, and what is printed besides. */
export interface PrintOptions {
  /** What the codecs import their runtime from. */
  readonly runtime: string;
  /** JavaScript with declarations, not TypeScript. */
  readonly js: boolean;
  /** A C header. */
  readonly c: boolean;
  /** An AsyncAPI document. */
  readonly asyncapi: boolean;
  /** A Wireshark dissector. */
  readonly wireshark: boolean;
  /** A reference page, as HTML and as Markdown. */
  readonly docs: boolean;
  /** The engine's own schema, for what a dissector meets besides the game's messages. */
  readonly engine: SchemaLayout | undefined;
}

/** A file that is printed. */
export interface PrintedFile {
  /** Without a folder. */
  readonly name: string;
  readonly text: string;
}

/** A checked schema to the texts of its files. */
export function printFiles(layout: SchemaLayout, path: string, options: PrintOptions): PrintedFile[] {
  const stem = path
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.wire$/, "");
  const { c, asyncapi, wireshark, docs, engine } = options;
  return [
    ...printCodecs(layout, path, options).map(({ name, text }) => ({ name: `${stem}${name}`, text })),
    ...(c ? [{ name: `${stem}.h`, text: emitCHeader(layout) }] : []),
    ...(asyncapi ? [{ name: `${stem}.asyncapi.json`, text: emitAsyncApi(layout) }] : []),
    ...(wireshark ? [{ name: `${stem}.lua`, text: emitDissector(layout, engine) }] : []),
    ...(docs ? [{ name: `${stem}.html`, text: emitReference(layout, "html") }] : []),
    ...(docs ? [{ name: `${stem}.md`, text: emitReference(layout, "markdown") }] : []),
  ];
}

/** By the end of their names. */
function printCodecs(layout: SchemaLayout, path: string, { runtime, js: isJs }: PrintOptions): PrintedFile[] {
  if (!isJs) return [{ name: ".ts", text: emitModule(layout, path, { runtime }) }];
  const { js, dts } = emitJavaScript(layout, path, { runtime });
  return [
    { name: ".js", text: js },
    { name: ".d.ts", text: dts },
  ];
}
