// The first step of every command, run by a bare Node in a fresh clone: this file, and every file that a
// launcher imports, may use nothing but what Node itself brings.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./root.mjs";

const NODE_MAJOR_MIN = 20;
const NODE_MINOR_MIN = 19;

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Installs what package-lock.json names, unless it is there already. Ends the program with a clear error when
 * that cannot be done.
 */
export function ensureInstalled() {
  if (!isNodeNewEnough(process.versions.node)) {
    fail(
      `Tickwire needs Node ${NODE_MAJOR_MIN}.${NODE_MINOR_MIN} or newer; this is ${process.versions.node}. Get it from https://nodejs.org`,
    );
  }
  const wanted = readLockfile(join(root, "package-lock.json"));
  if (wanted === undefined)
    fail("package-lock.json is missing or broken: restore it with `git checkout package-lock.json`");
  if (isInstalled(wanted, readLockfile(join(root, "node_modules/.package-lock.json")))) return;

  process.stderr.write("Installing packages, once …\n");
  const { command, args } = npmCommand(process.env, process.execPath, existsSync);
  const install = [...args, "ci", "--include=dev", "--no-audit", "--no-fund"];
  // Standard output is kept for what the command itself has to say.
  const { status, error } = spawnSync(command, install, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error !== undefined) fail(`npm could not be started (${error.message}): run \`npm ci\` yourself, then try again`);
  if (status !== 0) fail("npm ci did not finish: its message stands above. Is the network there?");
}

/**
 * @param {string} version as in `process.versions.node`
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > NODE_MAJOR_MIN || (major === NODE_MAJOR_MIN && minor >= NODE_MINOR_MIN);
}

/**
 * Whether every package that is wanted is there in its version. npm writes `installed` itself, as the last act of
 * an installation that succeeded. Optional packages are for other machines: npm leaves them out.
 *
 * @param {Lockfile} wanted
 * @param {Lockfile | undefined} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === "" || entry.optional === true) return true;
    const found = installed?.packages?.[path];
    return found !== undefined && found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * How to start npm without a shell: the npm that started us, or the one beside this Node.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} nodePath
 * @param {(path: string) => boolean} exists
 */
export function npmCommand(env, nodePath, exists) {
  const folder = dirname(nodePath);
  const besideNode = ["node_modules/npm/bin/npm-cli.js", "../lib/node_modules/npm/bin/npm-cli.js"];
  const candidates = [env.npm_execpath ?? "", ...besideNode.map((path) => join(folder, path))];
  const cli = candidates.find((path) => path.endsWith("npm-cli.js") && exists(path));
  return cli === undefined ? { command: "npm", args: [] } : { command: nodePath, args: [cli] };
}

/**
 * @param {string} path
 * @returns {Lockfile | undefined}
 */
function readLockfile(path) {
  try {
    /** @type {unknown} */
    const lockfile = JSON.parse(readFileSync(path, "utf8"));
    return /** @type {Lockfile} */ (lockfile);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
