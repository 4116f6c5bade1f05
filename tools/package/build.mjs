// Builds what the npm package holds into dist/package: JavaScript, declarations and source maps of everything that
// package.json's `exports` and `bin` name, in the folders of the sources. `npm pack` then packs it.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = join(root, "dist/package");

/** The engine's doors inside the repository. The package's own files go by relative paths: it needs no `imports`. */
const DOORS = {
  "#engine/shared": "shared/engine/index.js",
  "#engine/server": "server/engine/index.js",
  "#engine/client": "client/engine/index.js",
};
const SPECIFIER = /(\bfrom |\bimport |\bimport\()"([^"\n]+)"/g;

rmSync(target, { recursive: true, force: true });
// Where `npm run package` puts what it packs; npm makes no folder for it.
mkdirSync(join(root, "artifacts"), { recursive: true });
const tsc = join(root, "node_modules/typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tools/package"], { cwd: root, stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

const built = filesBelow(target);
for (const file of built) {
  if (file.endsWith(".js") || file.endsWith(".d.ts")) rewriteSpecifiers(file);
}
// What `tickwire inspect` and the dissector know of the engine's own messages.
copyFileSync(join(root, "shared/schema/engine.wire"), join(target, "shared/schema/engine.wire"));
chmodSync(join(target, "tools/cli/main.js"), 0o755);
process.stderr.write(`${built.length} files in ${relative(root, target)}\n`);

/**
 * Relative imports of declarations still end in .ts, and doors still start with #.
 *
 * @param {string} file
 */
function rewriteSpecifiers(file) {
  const text = readFileSync(file, "utf8");
  const rewritten = text.replace(
    SPECIFIER,
    (_, /** @type {string} */ before, /** @type {string} */ specifier) => `${before}"${packaged(file, specifier)}"`,
  );
  if (rewritten !== text) writeFileSync(file, rewritten);
}

/**
 * @param {string} file
 * @param {string} specifier
 */
function packaged(file, specifier) {
  const door = Object.entries(DOORS).find(([name]) => name === specifier)?.[1];
  if (door !== undefined) {
    const path = relative(dirname(file), join(target, door)).replaceAll("\\", "/");
    return path.startsWith(".") ? path : `./${path}`;
  }
  return specifier.startsWith(".") ? specifier.replace(/\.ts$/, ".js") : specifier;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
