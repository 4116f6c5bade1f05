import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

function simulate(...args: string[]) {
  const run = spawnSync(process.execPath, ["--import", "tsx", "tools/simulator/main.ts", ...args], { cwd: ROOT });
  return { code: run.status, said: run.stdout.toString(), complained: run.stderr.toString() };
}

test("two runs of a seed print the same object: a latency for every lane, the bulk's rate, and how it feels", () => {
  const args = ["--link", "3g", "--seconds", "7", "--seed", "7", "--json"];
  const { code, said } = simulate(...args);

  expect(code).toBe(0);
  expect(simulate(...args).said).toBe(said);
  const spread = {
    p50: expect.any(Number) as number,
    p99: expect.any(Number) as number,
    max: expect.any(Number) as number,
  };
  const lane = { latencyMs: spread };
  expect(JSON.parse(said)).toMatchObject({
    correctionPx: spread,
    hits: { claimed: expect.any(Number) as number, confirmed: expect.any(Number) as number },
    measuredSeconds: 2,
    invariantsBroken: 0,
    brokenInvariants: [],
    lanes: { control: lane, snapshot: lane, input: lane, event: lane, bulk: lane },
    bulkMbit: expect.any(Number) as number,
  });
});

test("5 s are too short to say how it feels, and said to be; 6 are not", () => {
  const feels = (seconds: string): string | undefined =>
    /^how it feels.*$/m.exec(simulate("--link", "lan", "--without-bulk", "--seconds", seconds).said)?.[0];

  expect(feels("5")).toBe("how it feels: not measured. The first 5 s do not count: say --seconds 6 or more");
  expect(feels("6")).toBe("how it feels, over 1 s, for the first 5 do not count");
});

test("of 2 seeds it is a table of how they felt, with their mean and their most; with --json an object of each", () => {
  const args = ["--link", "lan", "--players", "2", "--seconds", "7", "--seeds", "2", "--seed", "5", "--without-bulk"];
  const { said } = simulate(...args);
  const lines = said.trim().split("\n").slice(2);

  expect(lines.map((line) => line.trim().split(/ {2,}/)[0])).toEqual(["seed", "5", "6", "mean", "most"]);
  expect(lines[0]).toMatch(/correction p99, px {2}when calm {2}underruns {2}late inputs .* broken invariants$/);
  expect(JSON.parse(simulate(...args, "--json").said)).toMatchObject([
    { correctionPx: { p50: 0 }, invariantsBroken: 0 },
    { correctionPx: { p50: 0 }, invariantsBroken: 0 },
  ]);
});

test("a link without that name ends with 2, and the names of those there are", () => {
  const { code, said, complained } = simulate("--link", "5g");

  expect(code).toBe(2);
  expect(said).toBe("");
  expect(complained).toMatch(/^--link is one of lan, fibre, 4g, 3g, wifi-bad, outage, .* not "5g"\n/);
});

test(
  "a session that is cut off to its very end goes wrong: one line with the fewest faults, the reason, and code 1",
  { timeout: 120_000 },
  () => {
    const dark = { kind: "outage", player: 0, atMs: 3_000, lastsMs: 6_000 };
    const plan = { seconds: 9, links: ["lan"], faults: [{ kind: "hide", player: 0, atMs: 500, lastsMs: 200 }, dark] };
    const args = ["--faults", "1", "--seed", "4", "--plan", JSON.stringify(plan)];
    const { code, said } = simulate(...args);
    const [line, summary] = said.split("\n");

    expect(code).toBe(1);
    expect(line).toMatch(
      /^seed 4: broken: every client holds .* \(9000 ms, player 0: expected .*\): npm run simulate -- /,
    );
    expect(line).toContain(JSON.stringify({ ...plan, faults: [dark] }).slice(0, -2));
    expect(summary).toBe("1 session under faults, 1 went wrong");
  },
);

test("with --json it is one object: none of 2 sessions of 9 s went wrong", () => {
  const { code, said } = simulate("--faults", "2", "--seconds", "9", "--players", "2", "--json");

  expect(code).toBe(0);
  expect(JSON.parse(said)).toEqual({ sessions: 2, failed: [] });
});
