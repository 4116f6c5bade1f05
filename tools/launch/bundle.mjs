// Bundles the two Node programs into dist/. A program of its own, for it needs esbuild, which a fresh clone lacks.
import { build } from "esbuild";
import { root } from "./root.mjs";

await build({
  absWorkingDir: root,
  entryPoints: { server: "server/main.ts", bots: "tools/bots/main.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});
