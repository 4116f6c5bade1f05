import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");
/**
 * Collections of the young are seldom and large, and done by the one thread: two files of seeds have both cores for
 * themselves, where helpers of the collector only wait for each other. An eighth of the time.
 */
const COLLECTOR = ["--max-semi-space-size=64", "--single-threaded-gc"];

/**
 * What `npm run simulate -- --faults` prints and ends with. It runs as a program of its own, in one piece: half as fast
 * again as in a test's process, where every name of another module is looked up each time.
 */
export async function simulateFaults(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-faults-"));
  const outfile = join(folder, "simulate.mjs");
  try {
    await build({
      entryPoints: [join(ROOT, "tools/simulator/main.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      // As it is here, but said once: codecs ask with each message, and to look into the environment takes longer than to encode.
      define: { "process.env.NODE_ENV": '"development"' },
    });
    const program = spawn(process.execPath, [...COLLECTOR, outfile, "--faults", ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [said, [code]] = await Promise.all([text(program.stdout), once(program, "exit") as Promise<[number]>]);
    return { code, said };
  } finally {
    await rm(folder, { recursive: true });
  }
}
