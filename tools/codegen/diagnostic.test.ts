import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import { formatDiagnostic } from "./diagnostic.ts";

/** What a terminal shows for a schema. */
function shown(text: string): string[] {
  const source = { path: "shared/schema/arena.wire", text };
  return compile(source, { runtime: "tickwire/wire" }).diagnostics.map((diagnostic) =>
    formatDiagnostic(source, diagnostic),
  );
}

test("a diagnostic says where, what is wrong, and what to type", () => {
  expect(shown("protocol arena 1;\nstruct Row {\n  u61 health;\n};\n")).toEqual([
    [
      `shared/schema/arena.wire:3:3  no type is named "u61"`,
      "    3 |   u61 health;",
      "      |   ^^^",
      "   did you mean u16?",
    ].join("\n"),
  ]);
});

test("a mistake behind the last line is shown there, and tabs and carriage returns do not shift the caret", () => {
  expect(shown("protocol arena 1;\r\nstruct Row {\r\n\tu8 a\r\n")).toEqual([
    [
      "shared/schema/arena.wire:4:1  expected ;, found the end of the file",
      "    4 | ",
      "      | ^",
      "   write ; here",
    ].join("\n"),
  ]);
  expect(shown("protocol arena 1;\r\nstruct Row {\r\n\tu7 a;\r\n}")[0]).toContain("    3 |  u7 a;\n      |  ^^\n");
});

test.each([
  [
    "struct A { unit8 a; }",
    "known types: bool, u8, i8, u16, i16, u32, i32, u64, i64, f32, f64, angle, char, string, bytes",
  ],
  ["struct Point { u8 a; } struct B { point a; }", "did you mean Point?"],
  ["message A [[lane(evnt)]] {}", "did you mean event?"],
  ["entity A { f32 a [[interpolated]]; }", "did you mean interpolate?"],
  ["entity A { f32 a [[smooth]]; }", "a field takes quantize, predict, interpolate, rare, owner, since"],
  ["mesage A [[lane(event)]] {}", "write message"],
  ["const SIZE = 1; const A = SIZES;", "did you mean SIZE? Otherwise declare it: const SIZES = …;"],
])("%s is answered with: %s", (text, advice) => {
  const { diagnostics } = compile({ path: "p.wire", text: `protocol p 1; ${text}` }, { runtime: "tickwire/wire" });

  expect(diagnostics.map((diagnostic) => diagnostic.advice)).toEqual([advice]);
});
