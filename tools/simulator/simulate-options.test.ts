import { expect, test } from "vitest";
import { parseSimulateOptions as parse } from "./simulate-options.ts";

const PLAN = { seconds: 9, links: ["3g"], faults: [{ kind: "reset", player: 0, atMs: 700 }] };
const FILES: Readonly<Record<string, string>> = {
  "plan.json": JSON.stringify(PLAN),
  "no-plan.json": '{"seconds":9}',
  "half.json": "{",
};

function parseSimulateOptions(argv: readonly string[]): ReturnType<typeof parse> {
  return parse(argv, (path) => {
    const text = FILES[path];
    if (text === undefined) throw new Error(`there is no ${path}`);
    return text;
  });
}

const USUAL = {
  linkName: "4g",
  seconds: 60,
  seed: 1,
  seeds: 1,
  players: 1,
  play: "fight",
  hasBulk: true,
  isJson: false,
};

test("without options it is a minute of one player over 4g", () => {
  expect(parseSimulateOptions([])).toEqual(USUAL);
});

test("--faults are sessions of 20 s and 4 players, whose faults a plan may say, in a file or as it is", () => {
  const usual = { sessions: 3, seed: 1, seconds: 20, players: 4, plan: undefined, isTwice: false, isJson: false };

  expect(parseSimulateOptions(["--faults", "3"])).toEqual(usual);
  expect(parseSimulateOptions(["--faults", "3", "--twice"])).toEqual({ ...usual, isTwice: true });
  expect(parseSimulateOptions(["--faults", "3", "--plan", "plan.json"])).toEqual({ ...usual, plan: PLAN });
  expect(parseSimulateOptions(["--faults", "3", "--plan", JSON.stringify(PLAN)])).toEqual({ ...usual, plan: PLAN });
});

test("20 seeds of 8 who change their minds all the time, and nothing large on its way", () => {
  expect(parseSimulateOptions(["--seeds", "20", "--players", "8", "--play", "dance", "--without-bulk"])).toEqual({
    ...USUAL,
    seeds: 20,
    players: 8,
    play: "dance",
    hasBulk: false,
  });
});

test("--help goes before everything else", () => {
  expect(parseSimulateOptions(["--help", "--seconds", "0"])).toBe("help");
});

test.each([
  { refused: ["--link", "5g"], accepted: ["--link", "3g"], error: /^--link is one of lan, fibre, 4g,.* not "5g"$/ },
  { refused: ["--link", "8M"], accepted: ["--link", "10M/80"], error: /^--link is .* not "8M"$/ },
  { refused: ["--seconds", "0"], accepted: ["--seconds", "1"], error: '--seconds is 1 to 3600, not "0"' },
  { refused: ["--seconds", "3601"], accepted: ["--seconds", "3600"], error: '--seconds is 1 to 3600, not "3601"' },
  { refused: ["--seed", "4294967296"], accepted: ["--seed", "4294967295"], error: /^--seed is 0 to 4294967295/ },
  { refused: ["--seed", "-1"], accepted: ["--seed", "0"], error: '--seed is 0 to 4294967295, not "-1"' },
  { refused: ["--players", "65"], accepted: ["--players", "64"], error: '--players is 1 to 64, not "65"' },
  { refused: ["--players", "1.5"], accepted: ["--players", "2"], error: '--players is 1 to 64, not "1.5"' },
  { refused: ["--seeds", "0"], accepted: ["--seeds", "2"], error: '--seeds is 1 to 1000, not "0"' },
  { refused: ["--play", "rest"], accepted: ["--play", "dance"], error: '--play is fight or dance, not "rest"' },
  {
    refused: ["--faults", "1", "--play", "dance"],
    accepted: ["--faults", "1", "--twice"],
    error: "--play does not go with --faults",
  },
  { refused: ["--faults", "0"], accepted: ["--faults", "1"], error: '--faults is 1 to 1000000, not "0"' },
  {
    refused: ["--faults", "1", "--seconds", "8"],
    accepted: ["--faults", "1", "--seconds", "9"],
    error: '--seconds is 9 to 3600, not "8"',
  },
  {
    refused: ["--faults", "1", "--link", "3g"],
    accepted: ["--link", "3g"],
    error: /^--link does not go with --faults/,
  },
  {
    refused: ["--faults", "1", "--players", "2", "--plan", "plan.json"],
    accepted: ["--faults", "1", "--plan", "plan.json"],
    error: /^--seconds and --players do not go with --plan/,
  },
  {
    refused: ["--plan", "plan.json"],
    accepted: ["--faults", "1", "--plan", "plan.json"],
    error: "--plan and --twice go with --faults",
  },
  {
    refused: ["--faults", "1", "--plan", "no-plan.json"],
    accepted: ["--faults", "1", "--plan", JSON.stringify(PLAN)],
    error: /^--plan: links has the name of a link/,
  },
  {
    refused: ["--faults", "1", "--plan", "lost.json"],
    accepted: ["--faults", "1", "--plan", "plan.json"],
    error: "--plan: lost.json cannot be read: there is no lost.json",
  },
  {
    refused: ["--faults", "1", "--plan", '{"seconds":20,'],
    accepted: ["--faults", "1", "--plan", ` ${JSON.stringify(PLAN)}`],
    error: /^--plan is no JSON: /,
  },
  {
    refused: ["--faults", "1", "--plan", "half.json"],
    accepted: ["--faults", "1", "--plan", "plan.json"],
    error: /^--plan: half.json is no JSON: /,
  },
  {
    refused: ["--faults", "1", "--plan", JSON.stringify([PLAN])],
    accepted: ["--faults", "1", "--plan", JSON.stringify(PLAN)],
    error: "--plan: a plan is an object with seconds, links and faults",
  },
  {
    refused: ["--seeds", "2", "--seconds", "5"],
    accepted: ["--seeds", "2", "--seconds", "6"],
    error: '--seconds with --seeds is 6 to 3600, not "5": the first 5 do not count',
  },
  {
    refused: ["--seed", "4294967294", "--seeds", "3"],
    accepted: ["--seed", "4294967294", "--seeds", "2"],
    error: "--seeds from --seed 4294967294 on is at most 2, not 3",
  },
  {
    refused: ["--seed", "4294967295", "--faults", "2"],
    accepted: ["--seed", "4294967295", "--faults", "1"],
    error: "--faults from --seed 4294967295 on is at most 1, not 2",
  },
  { refused: ["--twice"], accepted: ["--faults", "1", "--twice"], error: "--plan and --twice go with --faults" },
  { refused: ["--jason"], accepted: ["--json"], error: /--jason/ },
])("$refused is refused, and $accepted is not", ({ refused, accepted, error }) => {
  const result = parseSimulateOptions(refused) as { readonly error: string };
  if (typeof error === "string") expect(result.error).toBe(error);
  else expect(result.error).toMatch(error);
  expect(parseSimulateOptions(accepted)).not.toHaveProperty("error");
});
