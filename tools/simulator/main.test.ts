import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

function simulate(...args: string[]) {
  const run = spawnSync(process.execPath, ["--import", "tsx", "tools/simulator/main.ts", ...args], { cwd: ROOT });
  return { code: run.status, said: run.stdout.toString(), complained: run.stderr.toString() };
}

test("two runs of a seed print the same object: a latency for every lane, and the bulk's rate", () => {
  const args = ["--link", "3g", "--seconds", "4", "--seed", "7", "--json"];
  const { code, said } = simulate(...args);

  expect(code).toBe(0);
  expect(simulate(...args).said).toBe(said);
  const spread = {
    p50: expect.any(Number) as number,
    p99: expect.any(Number) as number,
    max: expect.any(Number) as number,
  };
  const lane = { latencyMs: spread };
  expect(JSON.parse(said)).toEqual({
    lanes: { control: lane, snapshot: lane, input: lane, event: lane, bulk: lane },
    bulkMbit: expect.any(Number) as number,
  });
});

test("a link without that name ends with 2, and the names of those there are", () => {
  const { code, said, complained } = simulate("--link", "5g");

  expect(code).toBe(2);
  expect(said).toBe("");
  expect(complained).toMatch(/^--link is one of lan, fibre, 4g, 3g, wifi-bad, outage, .* not "5g"\n/);
});
