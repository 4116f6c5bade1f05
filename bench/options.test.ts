import { expect, test } from "vitest";
import { ROSTER } from "./codec/roster.ts";
import { parseOptions } from "./options.ts";

test("codec alone measures all five fixtures in Node, at length", () => {
  expect(parseOptions(["codec"])).toEqual({
    kind: "codec",
    options: {
      isQuick: false,
      isBrowser: false,
      fixtures: ["F1", "F2", "F3", "F4", "F4-cold"],
      contenders: ROSTER.map(({ module }) => module),
      json: undefined,
      report: undefined,
      own: undefined,
    },
  });
});

test("fixtures keep their order, whatever order they are asked for in", () => {
  expect(parseOptions(["codec", "--fixture", "F4", "--fixture", "F1"])).toMatchObject({
    options: { fixtures: ["F1", "F4"] },
  });
});

test("contenders keep their order too", () => {
  expect(parseOptions(["codec", "--contender", "hand", "--contender", "tickwire"])).toMatchObject({
    options: { contenders: ["tickwire", "hand"] },
  });
});

test.each([
  ["nothing to measure", []],
  ["something else to measure", ["ticks"]],
  ["an unknown fixture", ["codec", "--fixture", "F5"]],
  ["an unknown contender", ["codec", "--contender", "xml"]],
  ["an unknown option", ["codec", "--fast"]],
  ["a schema without a message", ["codec", "--schema", "game.wire"]],
  ["a message without a schema", ["codec", "--message", "Chat"]],
])("%s is a mistake", (_, args) => {
  expect(parseOptions(args).kind).toBe("mistake");
});

test("a schema with its message, and help, are none", () => {
  expect(parseOptions(["codec", "--schema", "game.wire", "--message", "Chat"])).toMatchObject({
    options: { own: { schema: "game.wire", message: "Chat" } },
  });
  expect(parseOptions(["--help"])).toEqual({ kind: "help" });
});
