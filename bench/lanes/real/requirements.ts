import { accessSync, constants, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

const TUN = "/dev/net/tun";
const AVAILABLE = "/proc/sys/net/ipv4/tcp_available_congestion_control";

/** What to measure with when nobody says; where the machine has it. */
const USUAL = ["cubic", "bbr"];

/** Why real TCP cannot be measured here, in words for who asked; undefined when it can. */
export function whatIsMissing(): string | undefined {
  if (process.platform !== "linux") return `--real needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "--real needs root: it makes network namespaces and TUN devices";
  if (!isWritable(TUN)) return `--real needs ${TUN}, and it is not there or cannot be opened`;
  if (!hasProgram("ip", "-V")) return "--real needs `ip` of iproute2, and it is not installed";
  if (!hasProgram("python3", "--version")) return "--real needs python3, and it is not installed";
  return undefined;
}

/** The congestion controls to measure with: those asked for, or the usual ones that this kernel has. */
export function congestionsOf(asked: readonly string[]): string[] {
  const available = readFileSync(AVAILABLE, "utf8").trim().split(/\s+/);
  const strange = asked.find((name) => !available.includes(name));
  if (strange !== undefined) {
    throw new Error(`this kernel has no congestion control ${strange}: it has ${available.join(", ")}`);
  }
  return asked.length > 0 ? [...asked] : USUAL.filter((name) => available.includes(name));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function hasProgram(name: string, argument: string): boolean {
  return spawnSync(name, [argument], { stdio: "ignore" }).status === 0;
}
