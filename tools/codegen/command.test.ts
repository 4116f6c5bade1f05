import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCodegen } from "./command.ts";

const REPOSITORY = {
  command: "npm run codegen --",
  folders: [{ folder: "shared/schema", runtime: "../../engine/wire/index.ts" }],
  engineSchema: "shared/schema/engine.wire",
};

interface Session {
  readonly folder: string;
  readonly schema: string;
  readonly module: string;
  readonly said: string[];
  readonly complained: string[];
  /** The exit code of a command line. */
  readonly type: (...args: string[]) => Promise<number>;
}

/** A folder that holds `game.wire`, and a terminal in it. */
function sessionWith(text: string): Session {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-codegen-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const schema = join(folder, "game.wire");
  writeFileSync(schema, text);
  const said: string[] = [];
  const complained: string[] = [];
  const terminal = { say: (line: string) => said.push(line), complain: (line: string) => complained.push(line) };
  const type = (...args: string[]): Promise<number> => runCodegen(args, terminal, REPOSITORY);
  return { folder, schema, module: join(folder, "generated", "game.ts"), said, complained, type };
}

/** Resolves when the condition holds; the test's own timeout is the limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test("a schema is printed beside itself, and printed again only when it has changed", async () => {
  const { schema, module, said, type } = sessionWith("protocol game 1;");

  expect(await type(schema)).toBe(0);
  expect(readFileSync(module, "utf8")).toContain(`PROTOCOL_NAME = "game"`);
  expect(said).toHaveLength(1);
  expect(await type(schema)).toBe(0);
  expect(said).toHaveLength(1);
});

test("--out and --runtime say where the module goes and what it imports", async () => {
  const { folder, schema, type } = sessionWith("protocol game 1; struct A { u8 a; }");

  expect(await type(schema, "--out", join(folder, "here"), "--runtime", "../wire.ts")).toBe(0);
  expect(readFileSync(join(folder, "here", "game.ts"), "utf8")).toContain(`from "../wire.ts"`);
});

test("a folder stands for the 2 schemas in it", async () => {
  const { folder, type } = sessionWith("protocol game 1;");
  writeFileSync(join(folder, "other.wire"), "protocol other 1;");

  expect(await type(folder)).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual(["game.ts", "other.ts"]);
});

test("when none is named, the schemas of every folder are printed, with the runtime of their folder", async () => {
  const one = sessionWith("protocol game 1; struct A { u8 a; }");
  const other = sessionWith("protocol game 1; struct A { u8 a; }");
  const folders = [
    { folder: one.folder, runtime: "../near.ts" },
    { folder: other.folder, runtime: "far/wire" },
  ];
  const terminal = { say: () => undefined, complain: () => undefined };

  expect(await runCodegen([], terminal, { ...REPOSITORY, folders })).toBe(0);
  expect(readFileSync(one.module, "utf8")).toContain(`from "../near.ts"`);
  expect(readFileSync(other.module, "utf8")).toContain(`from "far/wire"`);
});

test("every output has its own name, and --check looks at all of them", async () => {
  const { folder, schema, said, complained, type } = sessionWith("protocol game 1; struct A { u8 a; }");
  const all = [schema, "--js", "--c", "--asyncapi", "--wireshark", "--docs"];

  expect(await type(...all)).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual([
    "game.asyncapi.json",
    "game.d.ts",
    "game.h",
    "game.html",
    "game.js",
    "game.lua",
    "game.md",
  ]);
  expect(await type(...all, "--check")).toBe(0);
  expect(said.at(-1)).toBe("7 generated files are fresh");
  rmSync(join(folder, "generated", "game.h"));
  expect(await type(...all, "--check")).toBe(1);
  expect(complained).toHaveLength(1);
});

test("--check names what is missing or stale, says what to run, and writes nothing", async () => {
  const { schema, module, complained, type } = sessionWith("protocol game 1;");

  expect(await type(schema, "--check")).toBe(1);
  expect(complained.at(-1)).toMatch(/game\.ts is missing: run npm run codegen -- .*game\.wire$/);
  await type(schema);
  expect(await type(schema, "--check")).toBe(0);
  writeFileSync(schema, "protocol game 2;");
  expect(await type(schema, "--check")).toBe(1);
  expect(complained.at(-1)).toMatch(/game\.ts is stale: run npm run codegen -- .*game\.wire$/);
  expect(readFileSync(module, "utf8")).toContain("PROTOCOL_VERSION = 1;");
});

test("a schema with mistakes exits 1, shows all of them, and leaves the old module", async () => {
  const { schema, module, complained, type } = sessionWith("protocol game 1;");
  await type(schema);
  writeFileSync(schema, "protocol game 2;\nstruct A { u9 a; };\nstruct B {};\n");

  expect(await type(schema)).toBe(1);
  expect(complained).toHaveLength(2);
  expect(complained[0]).toContain(`game.wire:2:12  no type is named "u9"`);
  expect(readFileSync(module, "utf8")).toContain("PROTOCOL_VERSION = 1;");
});

test("a mistake in an imported file is shown where it stands", async () => {
  const { folder, schema, complained, type } = sessionWith(`import "types.wire";\nprotocol game 1;\n`);
  writeFileSync(join(folder, "types.wire"), "struct A {\n  u9 a;\n};\n");

  expect(await type(schema)).toBe(1);
  expect(complained[0]).toContain(`types.wire:2:3  no type is named "u9"`);
  writeFileSync(join(folder, "types.wire"), "struct A {\n  u8 a;\n};\n");
  expect(await type(schema)).toBe(0);
});

test("a schema that is not there exits 1, and the others are printed", async () => {
  const { folder, schema, module, complained, type } = sessionWith("protocol game 1;");

  expect(await type(join(folder, "other.wire"), schema)).toBe(1);
  expect(complained[0]).toContain(`there is no file ${join(folder, "other.wire")}`);
  expect(readFileSync(module, "utf8")).toContain("game");
});

test("--watch prints again when a schema changes, and when one that it imports does", async () => {
  const { folder, schema, module, said, complained, type } = sessionWith(`import "types.wire";\nprotocol game 1;\n`);
  mkdirSync(join(folder, "lib"));
  writeFileSync(join(folder, "types.wire"), "struct A { u8 a; };\n");
  const printed = (): string => readFileSync(module, "utf8");

  void type(schema, "--watch");
  await until(() => said.includes("watching; Ctrl-C ends"));
  writeFileSync(join(folder, "types.wire"), "struct A { u8 b; };\n");
  await until(() => printed().includes("b: number"));
  writeFileSync(schema, `import "types.wire";\nimport "lib/more.wire";\nprotocol game 1;\n`);
  await until(() => complained.length === 1);
  expect(complained[0]).toContain("more.wire");
  writeFileSync(join(folder, "lib", "more.wire"), "struct M { u8 m; };\n");
  writeFileSync(schema, `import "types.wire";\nimport "lib/more.wire";\nprotocol game 2;\n`);
  await until(() => printed().includes("m: number"));
  writeFileSync(join(folder, "lib", "more.wire"), "struct M { u8 n; };\n");
  await until(() => printed().includes("n: number"));
});

test.each([
  ["an unknown option", ["--chek"], "there is no option --chek: did you mean --check?"],
  ["an option without its value", ["--out"], "--out needs a value: write --out VALUE"],
  ["a value for an option that has none", ["--check=yes"], "--check takes no value: write --check alone"],
  ["a file that is no schema", ["game.ts"], "game.ts is no schema: its name does not end in .wire"],
  ["--check with --watch", ["--check", "--watch"], "--check and --watch exclude each other"],
])("%s exits 2 and says where the help is", async (_, args, says) => {
  const { complained, type } = sessionWith("");

  expect(await type(...args)).toBe(2);
  expect(complained[0]).toContain(says);
  expect(complained[0]!.split("\n").slice(1)).toEqual(["", "npm run codegen -- --help says how it is used."]);
});

test("--help and -h say the same and exit 0", async () => {
  const { said, type } = sessionWith("");

  expect(await type("--help")).toBe(0);
  expect(await type("-h")).toBe(0);
  expect(said[0]).toContain("--check");
  expect(said[1]).toBe(said[0]);
});

test("the repository's own modules are fresh", async () => {
  const { said, type } = sessionWith("");

  expect(await type("--check")).toBe(0);
  expect(said).toEqual(["2 generated files are fresh"]);
});
