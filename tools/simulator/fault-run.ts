import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ROOT = join(import.meta.dirname, "../..");

/** What `npm run simulate -- --faults` prints and ends with, for tests: as a program of its own it is half as fast again. */
export async function simulateFaults(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const argv = ["--import", "tsx", "tools/simulator/main.ts", "--faults", ...args];
  const program = spawn(process.execPath, argv, { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
  const [said, [code]] = await Promise.all([text(program.stdout), once(program, "exit") as Promise<[number]>]);
  return { code, said };
}
