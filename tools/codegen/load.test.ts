import { expect, test } from "vitest";
import { formatDiagnostic } from "./diagnostic.ts";
import { load } from "./load.ts";

/** What becomes of a folder of files, `game.wire` being the schema. */
function loaded(files: Readonly<Record<string, string>>) {
  const read: string[] = [];
  const result = load("games/game.wire", (path) => {
    read.push(path);
    return files[path];
  });
  return { ...result, read, shown: result.diagnostics.map((each) => formatDiagnostic(result.sources, each)) };
}

test("an import is seen from its file, read once, and declared in front of what imports it", () => {
  const { layout, read, sources, diagnostics } = loaded({
    "games/game.wire": `protocol game 1; import "./a.wire"; import "../lib/b.wire"; struct C { A a; B b; };`,
    "games/a.wire": `import "../lib/b.wire"; struct A { B b; };`,
    "lib/b.wire": `const SIZE = 2; struct B { u8 b[SIZE]; };`,
  });

  expect(diagnostics).toEqual([]);
  expect(read).toEqual(["games/game.wire", "games/a.wire", "lib/b.wire"]);
  expect(sources.map(({ path }) => path)).toEqual(read);
  expect(layout!.structs.map(({ name, bytesMax }) => [name, bytesMax])).toEqual([
    ["B", 2],
    ["A", 2],
    ["C", 4],
  ]);
});

test("a mistake is shown in the file and the line where it stands", () => {
  const { shown, layout } = loaded({
    "games/game.wire": `protocol game 1;\nimport "a.wire";\nstruct C { u9 c; };`,
    "games/a.wire": `\n\nstruct A { u7 a; };`,
  });

  expect(layout).toBeUndefined();
  expect(shown).toEqual([
    [
      `games/game.wire:3:12  no type is named "u9"`,
      `    3 | struct C { u9 c; };`,
      `      |            ^^`,
      `   did you mean u8?`,
    ].join("\n"),
    [
      `games/a.wire:3:12  no type is named "u7"`,
      `    3 | struct A { u7 a; };`,
      `      |            ^^`,
      `   did you mean u8?`,
    ].join("\n"),
  ]);
});

test.each([
  [
    "a file that is not there",
    { "games/game.wire": `protocol game 1; import "b.wire";` },
    "there is no file games/b.wire",
  ],
  [
    "files that import one another",
    {
      "games/game.wire": `protocol game 1; import "a.wire";`,
      "games/a.wire": `import "b.wire";`,
      "games/b.wire": `import "a.wire";`,
    },
    "a.wire imports itself: games/a.wire → games/b.wire → games/a.wire",
  ],
  [
    "a protocol",
    { "games/game.wire": `protocol game 1; import "a.wire";`, "games/a.wire": `protocol other 1;` },
    "other is a protocol of its own, and cannot be imported",
  ],
  ["no file at all", { "games/game.wire": `protocol game 1; import a;` }, "expected a file in quotes, found a"],
  ["a file without a name", { "games/game.wire": `protocol game 1; import "";` }, "this import names no file"],
  ["a text without end", { "games/game.wire": `protocol game 1; struct A { u8 a; } "` }, "this text never ends"],
])("%s cannot be imported", (_, files, says) => {
  expect(loaded(files).diagnostics.map(({ message }) => message)).toEqual([says]);
});

test("the schema itself may be missing", () => {
  expect(loaded({}).shown).toEqual([
    "games/game.wire:1:1  there is no file games/game.wire\n    1 | \n      | ^\n   name a .wire file",
  ]);
});

test("messages of an imported file take the first opcodes", () => {
  const { layout } = loaded({
    "games/game.wire": `protocol game 1; message Mine [[lane(event)]] {} import "a.wire";`,
    "games/a.wire": `message Theirs [[lane(event)]] {}`,
  });

  expect(layout!.messages.map(({ name, opcode }) => [name, opcode])).toEqual([
    ["Theirs", 32],
    ["Mine", 33],
  ]);
});
