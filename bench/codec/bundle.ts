import { dirname, join } from "node:path";
import type { Plugin } from "esbuild";
import { build } from "esbuild";
import { entryText, type Program } from "./entry.ts";

/**
 * Bundles a program into one file, as production code: Tickwire's and the hand-written code into one scope.
 *
 * In Node the peers stay packages, as a server would load them; a browser gets everything.
 */
export async function bundle(program: Program, outfile: string): Promise<void> {
  const isNode = program.platform === "node";
  await build({
    stdin: { contents: entryText(program), resolveDir: import.meta.dirname, sourcefile: "entry.ts", loader: "ts" },
    outfile,
    bundle: true,
    format: isNode ? "esm" : "iife",
    platform: program.platform,
    target: "es2023",
    define: { "process.env.NODE_ENV": '"production"', ...(isNode ? {} : { global: "globalThis" }) },
    minifySyntax: true,
    plugins: [copies],
    logLevel: "error",
    ...(isNode ? { packages: "external" as const } : {}),
  });
}

/** `./loop.ts?anything` is a copy of `./loop.ts`, for each `anything` one. */
const copies: Plugin = {
  name: "copies",
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /\.ts\?\w+$/ }, ({ path, resolveDir, importer }) => {
      const [file = "", suffix = ""] = path.split("?");
      return { path: join(resolveDir === "" ? dirname(importer) : resolveDir, file), suffix: `?${suffix}` };
    });
  },
};
