import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { SchemaLayout } from "../layout.ts";
import { load } from "../load.ts";
import { emitCHeader } from "./c-header.ts";

// gcc is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const GCC_FLAGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
const hasGcc = spawnSync("gcc", ["--version"]).status === 0;
const WELL = { complaints: "", status: 0 };
const GCC_MISSING = "gcc is not installed: the header was not compiled";

/** The layout of a schema that has no mistakes. */
function layoutOf(text: string): SchemaLayout {
  const { layout, diagnostics } = load("p.wire", () => text);
  expect(diagnostics).toEqual([]);
  return layout!;
}

/** The layout of a schema of the golden folder. */
function goldenLayout(name: string): SchemaLayout {
  const path = `../golden/${name}.wire`;
  return load(path, (file) => readFileSync(new URL(file, import.meta.url), "utf8")).layout!;
}

/** What gcc says of a program that includes the header, and how the program ends. */
function compiled(header: string, main = "return 0;"): { readonly complaints: string; readonly status: number | null } {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-c-"));
  writeFileSync(join(folder, "p.h"), header);
  writeFileSync(join(folder, "p.c"), `#include "p.h"\nint main(void) { ${main} }\n`);
  const { stderr } = spawnSync("gcc", [...GCC_FLAGS, "-o", join(folder, "p"), join(folder, "p.c")]);
  const { status } = spawnSync(join(folder, "p"));
  rmSync(folder, { recursive: true });
  return { complaints: stderr.toString(), status };
}

test("every kind of record prints exactly the golden header", async () => {
  await expect(emitCHeader(goldenLayout("outputs"))).toMatchFileSnapshot("../golden/outputs.h");
});

test.for(["outputs", "kitchen"])("gcc takes the header of the %s schema without a warning", (name, { skip }) => {
  skip(!hasGcc, GCC_MISSING);

  expect(compiled(emitCHeader(goldenLayout(name)))).toEqual(WELL);
});

test("a struct pasted from C takes 146 bytes at offsets 0, 16 and 18, and gcc agrees", ({ skip }) => {
  skip(!hasGcc, GCC_MISSING);
  const pasted = "struct someStruct { char username[16]; unsigned short id; float scores[32]; };";
  const header = emitCHeader(layoutOf(pasted));

  expect(header).toContain("_Static_assert(sizeof(struct someStruct) == 146,");
  for (const [field, offset] of [
    ["username", 0],
    ["id", 16],
    ["scores", 18],
  ]) {
    expect(header).toContain(`_Static_assert(offsetof(struct someStruct, ${field!}) == ${offset!},`);
  }
  expect(compiled(header)).toEqual(WELL);
  expect(compiled(header.replace("== 146", "== 148")).complaints).toContain("someStruct takes 146 bytes");
});

test("what has no fixed size is named in a comment, and its opcode stays", () => {
  const header = emitCHeader(
    layoutOf("protocol p 1; message Chat [[lane(event)]] { string text<9>; }; struct Row { u8 a; };"),
  );

  expect(header).toContain("/* The message Chat takes 2 to 11 bytes, which no C struct can say. */");
  expect(header).toContain("#define P_CHAT_OPCODE 32");
  expect(header).not.toContain("struct Chat");
  expect(header).toContain("struct Row {");
});

test("entities are named in a comment, and are no structs", () => {
  const header = emitCHeader(layoutOf("protocol p 1; entity Ship { u8 a; angle b : 9; };"));

  expect(header).toContain("/* The entity Ship travels in snapshots, packed into bits, which no C struct can say. */");
  expect(header).not.toContain("struct Ship");
  expect(header).not.toContain("P_SHIP_");
});

test("what takes the rest of a message is an array at the end of its struct, where C can say what stands in front", ({
  skip,
}) => {
  skip(!hasGcc, GCC_MISSING);
  const header = emitCHeader(
    layoutOf(
      "protocol p 1; message A [[lane(bulk)]] { u16 a; bytes body<9> [[rest]]; };" +
        "message B [[lane(bulk)]] { string a<9>; bytes body<9> [[rest]]; };",
    ),
  );
  const main = "unsigned char wire[] = {32, 2, 1, 7, 8}; return ((struct A *)wire)->body[1] == 8 ? 0 : 1;";

  expect(header).toContain(`_Static_assert(sizeof(struct A) == 3, "A takes 3 bytes in front of its body");`);
  expect(header).toContain("/* The message B takes 2 to 20 bytes, which no C struct can say. */");
  expect(compiled(header, main)).toEqual(WELL);
});

test("names that C keeps for itself, and words of comments that would end them, still compile", ({ skip }) => {
  skip(!hasGcc, GCC_MISSING);
  const header = emitCHeader(
    layoutOf(
      "/** /* ??/ \u202e \\ */ protocol p 1; struct auto { u8 register, signed, signed_; /** // /* */ u8 a : 3; };",
    ),
  );

  expect(header).toContain("struct auto_ {");
  expect(header).toMatch(/uint8_t register_;\s+uint8_t signed_;\s+uint8_t signed_2;/);
  expect(header).not.toContain("\u202e");
  expect(compiled(header)).toEqual(WELL);
});

test("a file without a protocol gives its macros a name that C can say", ({ skip }) => {
  skip(!hasGcc, GCC_MISSING);
  const { layout } = load("folder/1st-game.wire", () => "const A = 1; struct S { angle heading : 9; };");
  const header = emitCHeader(layout!);

  expect(header).toContain("#define _1ST_GAME_S_HEADING_STEPS 512");
  expect(compiled(header)).toEqual(WELL);
});

test("the conversion macros round, clamp and take what is not finite for the minimum, as the printed codecs do", ({
  skip,
}) => {
  skip(!hasGcc, GCC_MISSING);
  const header = emitCHeader(layoutOf("protocol p 1; struct S { f32 x [[quantize(-1, 1, 1/8)]]; };"));
  const cases = ["P_S_X_RAW(0.0) == 8", "P_S_X_RAW(0.0625) == 9", "P_S_X_RAW(-9.0) == 0", "P_S_X_RAW(9.0) == 15"];
  const checks = [...cases, "P_S_X_RAW(1.0 / zero) == 0", "P_S_X_VALUE(9) == 0.125"].map(
    (one) => `if (!(${one})) return 1;`,
  );

  expect(compiled(header, `volatile double zero = 0; ${checks.join(" ")} return 0;`)).toEqual(WELL);
});
