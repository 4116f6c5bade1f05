import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const WINDOWS = [
  "Google/Chrome/Application/chrome.exe",
  "Chromium/Application/chrome.exe",
  "Microsoft/Edge/Application/msedge.exe",
];

export const CHROMIUM_MISSING = `The browser tests need Chromium (or Chrome), and none was found.
  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y chromium
  macOS:           brew install --cask google-chrome
  Windows:         winget install Google.Chrome
Elsewhere installed? Say where: CHROMIUM=/path/to/chromium npm test
`;

/**
 * What decides which browser is found.
 *
 * @typedef {object} Machine
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {string} platform as in `process.platform`
 * @property {(path: string) => boolean} exists
 */

/**
 * The program to start, or undefined when there is none. CHROMIUM names one and wins.
 *
 * @param {Machine} [machine]
 * @returns {string | undefined}
 */
export function findChromium(
  { env, platform, exists } = { env: process.env, platform: process.platform, exists: existsSync },
) {
  const named = env.CHROMIUM;
  if (named !== undefined && named !== "") return exists(named) ? named : undefined;
  if (platform === "darwin") return MAC.find((path) => exists(path));
  if (platform === "win32") {
    const folders = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA];
    const paths = folders.flatMap((folder) => (folder === undefined ? [] : WINDOWS.map((path) => `${folder}/${path}`)));
    return paths.find((path) => exists(path));
  }
  const folders = ["/usr/bin", ...(env.PATH ?? "").split(delimiter).filter((folder) => folder !== "")];
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => exists(path));
}

/**
 * Finds Chromium, or installs it where apt may do so without asking anyone.
 *
 * @returns {boolean} false: it is missing still
 */
export function ensureChromium() {
  if (findChromium() !== undefined) return true;
  if (process.env.CHROMIUM || process.platform !== "linux" || !existsSync("/usr/bin/apt-get")) return false;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  process.stderr.write("Installing Chromium, once …\n");
  const isInstalled = runs([...sudo, "apt-get", "update"]) && runs([...sudo, "apt-get", "install", "-y", "chromium"]);
  return isInstalled && findChromium() !== undefined;
}

/** @param {readonly string[]} words */
function runs([command = "", ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { env, stdio: ["ignore", 2, 2] }).status === 0;
}
