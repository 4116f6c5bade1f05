import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "./command.ts";

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
  const type = (...args: string[]): Promise<number> => run(args, terminal);
  return { folder, schema, module: join(folder, "generated", "game.ts"), said, complained, type };
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

test("--check names what is missing or stale, says what to run, and writes nothing", async () => {
  const { schema, module, complained, type } = sessionWith("protocol game 1;");

  expect(await type(schema, "--check")).toBe(1);
  expect(complained.at(-1)).toMatch(/game\.ts is missing: run npm run codegen$/);
  await type(schema);
  expect(await type(schema, "--check")).toBe(0);
  writeFileSync(schema, "protocol game 2;");
  expect(await type(schema, "--check")).toBe(1);
  expect(complained.at(-1)).toMatch(/game\.ts is stale: run npm run codegen$/);
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

test("a schema that is not there exits 1, and the others are printed", async () => {
  const { folder, schema, complained, type } = sessionWith("protocol game 1;");

  expect(await type(join(folder, "other.wire"), schema)).toBe(1);
  expect(complained).toEqual([`${join(folder, "other.wire")}: there is no such file`]);
});

test.each([
  ["an unknown option", ["--chek"]],
  ["an option without its value", ["--out"]],
  ["a file that is no schema", ["game.ts"]],
  ["--check with --watch", ["--check", "--watch"]],
])("%s exits 2 and shows how the command is used", async (_, args) => {
  const { complained, type } = sessionWith("");

  expect(await type(...args)).toBe(2);
  expect(complained[0]).toContain("npm run codegen -- FILE…");
});

test("--help exits 0", async () => {
  const { said, type } = sessionWith("");

  expect(await type("--help")).toBe(0);
  expect(said[0]).toContain("--check");
});

test("the repository's own modules are fresh", async () => {
  const { said, type } = sessionWith("");

  expect(await type("--check")).toBe(0);
  expect(said).toEqual(["2 generated modules are fresh"]);
});
