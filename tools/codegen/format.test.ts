import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSchema } from "./format.ts";
import { scan } from "./scanner.ts";

function formatted(text: string): string {
  const { text: found, diagnostics } = formatSchema({ path: "a.wire", text });
  expect(diagnostics).toEqual([]);
  return found!;
}

const LAYOUTS: readonly (readonly [name: string, typed: string, laidOut: string])[] = [
  ["a short struct stands on one line", "struct A\n{\n u8 a ;\n\n u16 b; }", "struct A { u8 a; u16 b; };\n"],
  [
    "one of four fields does not",
    "struct A { u8 a; u8 b; u8 c; u8 d; }",
    "struct A {\n  u8 a;\n  u8 b;\n  u8 c;\n  u8 d;\n};\n",
  ],
  ["an enum loses its last comma on one line", "enum E:u8 {A,B=4,}", "enum E : u8 { A, B = 4 };\n"],
  [
    "and gains one on several",
    `enum E:u8 {${"ABCDEFGHIJ".replaceAll(/./g, "$&_LONG_NAME,").slice(0, -1)}}`,
    `enum E : u8 {\n${"ABCDEFGHIJ".replaceAll(/./g, "  $&_LONG_NAME,\n")}};\n`,
  ],
  ["an empty message", "message A[[lane( event )]]{\n}", "message A [[lane(event)]] {};\n"],
  ["shapes", "struct A { u8 a:4; u8 b [ 3 ]; string c < 4 >; }", "struct A { u8 a : 4; u8 b[3]; string c<4>; };\n"],
  ["several names", "struct A { u8 a,b [2]  ,c<3>; }", "struct A { u8 a, b[2], c<3>; };\n"],
  [
    "attributes",
    "struct A { f32 a [[ quantize(-1,1,1/16),interpolate ]]; }",
    "struct A { f32 a [[quantize(-1, 1, 1/16), interpolate]]; };\n",
  ],
  [
    "a field that takes the rest",
    "message A [[lane(bulk)]] { bytes a<9>[[ rest ]]; }",
    "message A [[lane(bulk)]] { bytes a<9> [[rest]]; };\n",
  ],
  ["signs and differences", "const A=- 3-(-2) ;", "const A = -3 - (-2);\n"],
  ["fractions are tight, quotients are not", "const A = 1 / 3*B / 2;", "const A = 1/3 * B / 2;\n"],
  ["a union", "union U:u8 { A a;B b; }", "union U : u8 { A a; B b; };\n"],
  ["an rpc", "rpc Buy( Order )returns( Receipt );", "rpc Buy(Order) returns (Receipt);\n"],
  ["an import", `import   "a.wire" ;`, `import "a.wire";\n`],
  ["C spellings", "struct A { unsigned   short a; }", "struct A { unsigned short a; };\n"],
  ["an optional field", "struct A { optional  u16 to; }", "struct A { optional u16 to; };\n"],
  ["a version's range", "protocol a 3 [[ since( 2 ) ]];", "protocol a 3 [[since(2)]];\n"],
  [
    "a field too long for its line: its attributes go below",
    "struct A { f32 aFieldWithALongName, anotherFieldOfThatKind [[quantize(0, 4096, 1/16), interpolate, priority(1)]]; }",
    "struct A {\n  f32 aFieldWithALongName, anotherFieldOfThatKind\n      [[quantize(0, 4096, 1/16), interpolate, priority(1)]];\n};\n",
  ],
  [
    "two empty lines become one, and none stand at either end",
    "\n\nconst A = 1;\n\n\n\nconst B = 2;\n\n",
    "const A = 1;\n\nconst B = 2;\n",
  ],
  [
    "a block has empty lines around it",
    "const A = 1;\nstruct S { u8 a; // x\n}\nconst B = 2;",
    "const A = 1;\n\nstruct S {\n  u8 a; // x\n};\n\nconst B = 2;\n",
  ],
  ["Windows line ends become line ends", "const A = 1;\r\nconst B = 2;\r\n", "const A = 1;\nconst B = 2;\n"],

  ["a comment above keeps its line", "// a\nconst A = 1;", "// a\nconst A = 1;\n"],
  ["a comment behind stays behind", "const A = 1;// a\nconst B = 2;", "const A = 1; // a\nconst B = 2;\n"],
  [
    "a doc comment stands above what it describes",
    "struct A { u8 a; /** b */ u8 b; }",
    "struct A {\n  u8 a;\n  /** b */\n  u8 b;\n};\n",
  ],
  [
    "a comment in front of a comma goes behind it",
    "enum E : u8 { A // a\n, B }",
    "enum E : u8 {\n  A, // a\n  B,\n};\n",
  ],
  [
    "a doc comment in front of a semicolon or a brace documents nothing, there or behind it",
    "struct A { u8 a /** a */; u8 b; }\nstruct B /** b */ { u8 a; }",
    "struct A {\n  u8 a; /* a */\n  u8 b;\n};\n\nstruct B { /* b */\n  u8 a;\n};\n",
  ],
  [
    "an empty comment in front of a semicolon or a comma goes behind it, and stays there",
    "struct A { u8 a /**/; u8 b; }\nenum E : u8 { A /**/, B }\nconst A = 1 /**/;",
    "struct A {\n  u8 a; /**/\n  u8 b;\n};\n\nenum E : u8 {\n  A, /**/\n  B,\n};\n\nconst A = 1; /**/\n",
  ],
  [
    "a comment that starts with many stars documents nothing there either",
    "struct A { u8 a /*** a */; u8 b /***/; u8 c; }",
    "struct A {\n  u8 a; /* a */\n  u8 b; /**/\n  u8 c;\n};\n",
  ],
  ["a comment within a field", "struct A { u8 /* x */ a; }", "struct A { u8 /* x */ a; };\n"],
  ["a line comment within a field", "struct A { u8 // x\n a; }", "struct A {\n  u8 // x\n    a;\n};\n"],
  [
    "comments behind the opening brace and in front of the closing one",
    "struct A { // x\n u8 a;\n // y\n}",
    "struct A { // x\n  u8 a;\n  // y\n};\n",
  ],
  [
    "stars stand one below the other",
    "/**\n* a\n      * b\n  */\nconst A = 1;",
    "/**\n * a\n * b\n */\nconst A = 1;\n",
  ],
  ["a comment without stars stays as it is", "/*\n  a\n    b */\nconst A = 1;", "/*\n  a\n    b */\nconst A = 1;\n"],
  ["nothing but a comment", "// a", "// a\n"],
  ["nothing", "\n", ""],
];

test.each(LAYOUTS)("%s", (_, typed, laidOut) => {
  expect(formatted(typed)).toBe(laidOut);
  expect(formatted(laidOut)).toBe(laidOut);
});

test("what cannot be read is not laid out, and all its mistakes are told", () => {
  const { text, diagnostics } = formatSchema({ path: "a.wire", text: "struct { u8 a; }\nconst = 1;\nconst B = 2;" });

  expect(text).toBeUndefined();
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "expected the struct's name, found {",
    "expected the constant's name, found =",
  ]);
});

const ROOT = join(import.meta.dirname, "../..");
const SCHEMAS = ["shared/schema/engine.wire", "shared/schema/arena.wire", "tools/codegen/golden/kitchen.wire"];

test.each(SCHEMAS.slice(0, 2))("%s is laid out", (path) => {
  const text = readFileSync(join(ROOT, path), "utf8");

  expect(formatted(text)).toBe(text);
});

/** What a schema says, whatever its layout: words, docs and comments; not `;` behind braces, nor an enum's last comma. */
function meaningOf(text: string): string[] {
  const { tokens } = scan(text);
  const words = tokens.map((token) => `${token.doc.replaceAll(/\s+/g, " ")}|${token.text}`);
  const comments = text.match(/\/\/[^\n]*|\/\*[^]*?\*\//g) ?? [];
  const marks = words.filter((word) => word !== "|;" && word !== "|,");
  return [...marks, ...comments.map((comment) => comment.replaceAll(/\s+/g, " ").trim()).sort()];
}

test.each(SCHEMAS)(
  "%s says the same after its spaces and comments were shuffled, and 2 passes do no more than 1",
  (path) => {
    const { tokens } = scan(readFileSync(join(ROOT, path), "utf8"));
    const gap = fc.constantFrom(" ", "\n", "\n\n\n", " // c\n", " /* d */ ", " /**/ ", "\n/* e\n * f */\n", "\t");

    fc.assert(
      fc.property(fc.array(gap, { minLength: 40, maxLength: 40 }), (gaps) => {
        const isBracket = (index: number): boolean =>
          /[[\]]/.test(tokens[index]!.text + (tokens[index + 1]?.text ?? ""));
        const shuffled = tokens
          .map(({ text }, index) => text + (isBracket(index) ? "" : gaps[(index * 7) % gaps.length]!))
          .join("");

        const once = formatted(shuffled);

        expect(meaningOf(once)).toEqual(meaningOf(shuffled));
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 50 },
    );
  },
);
