import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** How a launcher ends that was started with `words`, and what it prints. */
function run(launcher: string, ...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(import.meta.dirname, launcher), ...words], { encoding: "utf8" });
}

test.each([
  {
    launcher: "start.mjs",
    words: ["--bot", "3"],
    mistake: "'--bot'",
    usage: "npm start -- --help says how it is used.",
  },
  {
    launcher: "start.mjs",
    words: ["--seed", "abc"],
    mistake: '"abc"',
    usage: "npm start -- --help says how it is used.",
  },
  {
    launcher: "dev.mjs",
    words: ["nonsense"],
    mistake: "'nonsense'",
    usage: "npm run dev -- --help says how it is used.",
  },
])("$launcher $words says what is wrong and where its help is, builds nothing, and ends with 2", (row) => {
  const { status, stdout, stderr } = run(row.launcher, ...row.words);

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr.split("\n")[0]).toContain(row.mistake);
  expect(stderr.split("\n")[2]).toContain(row.usage);
  expect(stderr.split("\n")).toHaveLength(4);
  expect(stderr).not.toContain("Building");
});

test("--help is no mistake: it prints the usage to standard output, and ends with 0", () => {
  const { status, stdout, stderr } = run("start.mjs", "--help");

  expect(status).toBe(0);
  expect(stdout).toContain("--host [ADDRESS]");
  expect(stdout).toContain("--ticks-per-snapshot N");
  expect(stderr).toBe("");
});

test("every script of package.json begins with a launcher, which a fresh clone can run: npm knows no tsx there yet", () => {
  const text = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> };
  const strangers = Object.entries(scripts).filter(([, line]) => !/^node tools\/launch\/\w+\.mjs\b/.test(line));

  expect(Object.keys(scripts).length).toBeGreaterThan(10);
  expect(strangers).toEqual([]);
});
