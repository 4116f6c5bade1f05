import { expect, test } from "vitest";
import { checkDiscipline } from "./discipline.ts";

function findingsIn(path: string, text: string): string[] {
  return checkDiscipline(new Map([[path, text]])).map(({ line, says }) => `${line} ${says.split(":")[0]!}`);
}

const leftOut = [
  ['test.only("a ship turns", turn);', "test.only"],
  ['it.skip("a ship turns", turn);', "it.skip"],
  ['test.skip.each(ROWS)("a ship turns", turn);', "test.skip"],
  ['test.each.only(ROWS)("a ship turns", turn);', "test.only"],
  ['test.todo("a ship turns");', "test.todo"],
  ['describe.skipIf(isWindows)("ships", all);', "describe.skipIf"],
];

test.each(leftOut)("`%s` is found", (text, name) => {
  expect(findingsIn("shared/arena/movement.test.ts", text)).toEqual([`1 ${name} leaves tests out`]);
});

test("a test that runs is accepted, and so is another thing's skip", () => {
  const text = 'test("test.only is found", turn);\ntest.each(ROWS)("a ship turns", turn);\nreader.skip(4);\n';

  expect(findingsIn("shared/arena/movement.test.ts", text)).toEqual([]);
});

test("an eslint-disable without a reason is found, and one with a reason is not", () => {
  const text = [
    "// eslint-disable-next-line no-bitwise",
    "a = b | c;",
    "// eslint-disable-next-line no-bitwise -- the wire is made of bits",
    "a = b | c;",
    "/* eslint-disable no-bitwise */",
    "function f() {",
    "  return a; // eslint-disable-line",
    "  // eslint-disable-line --",
    "}",
  ].join("\n");

  expect(findingsIn("shared/engine/wire/a.ts", text)).toEqual([
    "1 eslint-disable without a reason",
    "5 eslint-disable without a reason",
    "7 eslint-disable without a reason",
    "8 eslint-disable without a reason",
  ]);
});

test("an eslint-disable inside a string is only text", () => {
  expect(findingsIn("tools/tidy/a.ts", "const a = `// eslint-disable-next-line no-bitwise`;")).toEqual([]);
});
