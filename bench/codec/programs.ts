import { spawn } from "node:child_process";
import type { Browser } from "playwright-core";
import type { Job, JobResult } from "./job.ts";

/** Runs jobs, each in a program that nobody has used before. */
export interface Runner {
  run(program: string, job: Job): Promise<JobResult>;
}

const PROGRAM_MS_MAX = 300_000;

/** Counting needs a young generation that is not collected meanwhile; the sizes are in MB. */
export const ALLOCATION_FLAGS = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];

/** A Node of its own for each job. */
export const nodeRunner: Runner = {
  run: async (program, job) => {
    const flags = job.kind === "allocate" ? ALLOCATION_FLAGS : [];
    return JSON.parse(await outputOf([...flags, program, JSON.stringify(job)])) as JobResult;
  },
};

/** What a Node prints that is started with `args`. Rejects with its errors when it fails. */
export function outputOf(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], timeout: PROGRAM_MS_MAX });
    const printed = { out: "", errors: "" };
    child.stdout.on("data", (bytes: Buffer) => (printed.out += bytes.toString()));
    child.stderr.on("data", (bytes: Buffer) => (printed.errors += bytes.toString()));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(printed.out);
      else reject(new Error(`a contender ended with ${signal ?? code ?? "nothing"}:\n${printed.errors}`));
    });
  });
}

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium of its own for each job, at `executablePath`. */
export async function createBrowserRunner(executablePath: string): Promise<Runner> {
  const { chromium } = await import("playwright-core");
  return {
    run: async (program, job) => {
      const browser = await chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
      try {
        return await runInPage(browser, program, job);
      } finally {
        await browser.close();
      }
    },
  };
}

async function runInPage(browser: Browser, program: string, job: Job): Promise<JobResult> {
  const page = await browser.newPage();
  await page.addScriptTag({ path: program });
  return page.evaluate((asked) => (globalThis as unknown as { runJob(job: Job): JobResult }).runJob(asked), job);
}
