import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

const SOURCES = [
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
  "shared",
  "server",
  "client",
  "tools/bots",
  "tools/launch",
];
const BUILT = ["dist/client/index.html", "dist/server.js", "dist/bots.js"];
/** Holds the fingerprint of the sources that dist/ was built from. */
const STAMP = "dist/built-from";

/** @typedef {import("./children.mjs").Children} Children */

/**
 * Builds page, server and bots into dist/, unless they were built from these very sources.
 *
 * @param {Children} children
 * @returns {Promise<number>} 0, or the exit code of what failed
 */
export async function buildIfChanged(children) {
  const stamp = join(root, STAMP);
  const fingerprint = fingerprintOf(SOURCES);
  const isBuilt = BUILT.every((path) => existsSync(join(root, path)));
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) return 0;

  process.stderr.write("Building …\n");
  const codes = await Promise.all([
    children.run({
      args: ["node_modules/vite/bin/vite.js", "build", "--config", "client/vite.config.ts", "--logLevel", "warn"],
    }),
    children.run({ args: ["tools/launch/bundle.mjs"] }),
  ]);
  const failed = codes.find((code) => code !== 0);
  if (failed !== undefined) return failed;
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stamp, fingerprint);
  return 0;
}

/**
 * A hash over the paths and the bytes of every file below `paths`, tests apart. The bytes, not their dates: a
 * checkout changes every date.
 *
 * @param {readonly string[]} paths
 */
function fingerprintOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((top) => filesBelow(top))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} path a file or a folder
 * @returns {string[]}
 */
function filesBelow(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined || path.endsWith(".test.ts")) return [];
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(join(root, path)).sort();
  return names.flatMap((name) => filesBelow(`${path}/${name}`));
}
