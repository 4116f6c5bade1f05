import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/** How a launcher ends that was started with `words`, and what it prints. */
function run(launcher: string, ...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(import.meta.dirname, launcher), ...words], { encoding: "utf8" });
}

test.each([
  { launcher: "start.mjs", words: ["--bot", "3"], mistake: "'--bot'", usage: "npm start -- [options]" },
  { launcher: "start.mjs", words: ["--seed", "abc"], mistake: '"abc"', usage: "npm start -- [options]" },
  { launcher: "dev.mjs", words: ["nonsense"], mistake: "'nonsense'", usage: "npm run dev -- [options]" },
])("$launcher $words says what is wrong and its own usage, builds nothing, and ends with 2", (row) => {
  const { status, stdout, stderr } = run(row.launcher, ...row.words);

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr.split("\n")[0]).toContain(row.mistake);
  expect(stderr).toContain(row.usage);
  expect(stderr).not.toContain("Building");
});

test("--help is no mistake: it prints the usage to standard output, and ends with 0", () => {
  const { status, stdout, stderr } = run("start.mjs", "--help");

  expect(status).toBe(0);
  expect(stdout).toContain("--host [ADDRESS]");
  expect(stdout).toContain("--ticks-per-snapshot N");
  expect(stderr).toBe("");
});
