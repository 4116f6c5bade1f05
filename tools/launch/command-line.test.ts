import { expect, test } from "vitest";
import { mistakeText, readCommandLine } from "./command-line.mjs";

const OPTIONS = { count: { type: "string" }, json: { type: "boolean" }, name: { type: "string", short: "n" } } as const;

function read(...args: string[]) {
  return readCommandLine({ args, options: OPTIONS }).values;
}

test("a number below zero is the value of the option before it, as it is behind an equals sign", () => {
  expect(read("--count", "-3", "--json")).toEqual(read("--count=-3", "--json"));
  expect(read("--count", "-0.5")).toEqual({ count: "-0.5" });
});

test.each([
  { refused: ["--cuont", "3"], accepted: ["--count", "3"], says: "Unknown option '--cuont'" },
  { refused: ["-3"], accepted: ["--count", "-3"], says: "Unknown option '-3'" },
  { refused: ["--count=1", "-3"], accepted: ["--count=1", "--json"], says: "Unknown option '-3'" },
  { refused: ["--count", "--json"], accepted: ["--count", "1", "--json"], says: "--count needs a value" },
  { refused: ["--name", "-n", "x"], accepted: ["-n", "x"], says: "--name needs a value" },
  { refused: ["--json", "-3"], accepted: ["--json"], says: "Option '--json' does not take an argument" },
  { refused: ["3"], accepted: ["--count", "3"], says: "Unexpected argument '3'" },
])("$refused is refused in one sentence, and $accepted is not", ({ refused, accepted, says }) => {
  expect(() => read(...refused)).toThrow(new Error(says));
  expect(() => read(...accepted)).not.toThrow();
});

test("a mistake is told with where the options are, in 3 lines", () => {
  expect(mistakeText("a port is 0 to 65535", "npm start --")).toBe(
    "a port is 0 to 65535\n\nnpm start -- --help says how it is used.\n",
  );
});
