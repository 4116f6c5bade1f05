import { expect, test } from "vitest";
import { parseSimulateOptions } from "./simulate-options.ts";

const USUAL = { linkName: "4g", seconds: 60, seed: 1, players: 1, isJson: false };

test("without options it is a minute of one player over 4g", () => {
  expect(parseSimulateOptions([])).toEqual(USUAL);
});

test("--help goes before everything else", () => {
  expect(parseSimulateOptions(["--help", "--seconds", "0"])).toBe("help");
});

test.each([
  { refused: ["--link", "5g"], accepted: ["--link", "3g"], error: /^--link is one of lan, fibre, 4g,.* not "5g"$/ },
  { refused: ["--seconds", "0"], accepted: ["--seconds", "1"], error: '--seconds is 1 to 3600, not "0"' },
  { refused: ["--seconds", "3601"], accepted: ["--seconds", "3600"], error: '--seconds is 1 to 3600, not "3601"' },
  { refused: ["--seed", "4294967296"], accepted: ["--seed", "4294967295"], error: /^--seed is 0 to 4294967295/ },
  { refused: ["--seed", "-1"], accepted: ["--seed", "0"], error: /--seed/ },
  { refused: ["--players", "65"], accepted: ["--players", "64"], error: '--players is 1 to 64, not "65"' },
  { refused: ["--players", "1.5"], accepted: ["--players", "2"], error: '--players is 1 to 64, not "1.5"' },
  { refused: ["--jason"], accepted: ["--json"], error: /--jason/ },
])("$refused is refused, and $accepted is not", ({ refused, accepted, error }) => {
  const result = parseSimulateOptions(refused) as { readonly error: string };
  if (typeof error === "string") expect(result.error).toBe(error);
  else expect(result.error).toMatch(error);
  expect(parseSimulateOptions(accepted)).not.toHaveProperty("error");
});
