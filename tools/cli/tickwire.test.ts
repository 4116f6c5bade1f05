import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runTickwire } from "./tickwire.ts";

interface Session {
  readonly folder: string;
  readonly said: string[];
  readonly complained: string[];
  /** The exit code of a command line. */
  readonly type: (...args: string[]) => Promise<number>;
}

/** A folder that holds these files, and a terminal. */
function sessionWith(files: Readonly<Record<string, string>>): Session {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-cli-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const said: string[] = [];
  const complained: string[] = [];
  const terminal = { say: (line: string) => said.push(line), complain: (line: string) => complained.push(line) };
  return { folder, said, complained, type: (...args) => runTickwire(args, terminal) };
}

const COMMANDS = ["codegen", "check", "format", "inspect"];

test.each(COMMANDS)("tickwire help %s, and --help or -h behind it, say how it is used and exit 0", async (name) => {
  const { said, type } = sessionWith({});

  expect(await type("help", name)).toBe(0);
  expect(await type(name, "--help")).toBe(0);
  expect(await type(name, "-h")).toBe(0);
  expect(said[0]).toContain(`tickwire ${name} `);
  expect(said.slice(1)).toEqual([said[0], said[0]]);
});

test.each([["nothing"], ["help"], ["--help"], ["-h"]])("%s lists the 4 commands", async (word) => {
  const { said, type } = sessionWith({});

  expect(await type(...(word === "nothing" ? [] : [word]))).toBe(0);
  for (const name of COMMANDS) expect(said[0]).toContain(`tickwire ${name}`);
});

test("--version says the version of package.json", async () => {
  const { said, type } = sessionWith({});
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

  expect(await type("--version")).toBe(0);
  expect(said).toEqual([version]);
});

test.each([
  ["an unknown command", ["formt"], "did you mean tickwire format?"],
  ["help for an unknown command", ["help", "chek"], "did you mean tickwire check?"],
  ["codegen without a schema", ["codegen"], "write tickwire codegen game.wire"],
  ["check of one schema", ["check", "a.wire"], "write tickwire check old.wire new.wire"],
  ["check of three schemas", ["check", "a.wire", "b.wire", "c.wire"], "two schemas are compared"],
  ["format without a schema", ["format"], "write tickwire format game.wire"],
  ["format with an unknown option", ["format", "--chekc", "a.wire"], "did you mean --check?"],
  ["inspect without a server", ["inspect"], "write tickwire inspect ws://localhost:8080"],
  ["inspect over HTTP", ["inspect", "http://localhost:8080"], "write ws://localhost:8080"],
  ["inspect of two servers", ["inspect", "ws://a", "ws://b"], "ws://b is one too many"],
  ["a Hello that is no JSON", ["inspect", "ws://a", "--hello", "{name}"], `write --hello '{"name":"Ada"}'`],
  ["a count of 0", ["inspect", "ws://a", "--count", "0"], "write a whole number above 0"],
  ["seconds that no timer counts", ["inspect", "ws://a", "--seconds", "9999999"], "1 to 2147483"],
])("%s exits 2 and says what to type", async (_, args, says) => {
  const { complained, type } = sessionWith({});

  expect(await type(...args)).toBe(2);
  expect(complained[0]).toContain(says);
});

test("check names a compatible change with its line, and exits 0", async () => {
  const { folder, said, type } = sessionWith({
    "old.wire": "protocol game 1;\nmessage A [[lane(event)]] {\n  u8 a;\n};\n",
    "new.wire": "protocol game 2 [[since(1)]];\nmessage A [[lane(event)]] {\n  u8 a;\n  u8 b [[since(2)]];\n};\n",
  });

  expect(await type("check", join(folder, "old.wire"), join(folder, "new.wire"))).toBe(0);
  expect(said).toEqual([
    `${join(folder, "new.wire")}:4:6  compatible  A.b: appended, since version 2`,
    "\n0 breaking, 1 compatible",
  ]);
});

test("check names a breaking change with its line and what to type, and exits 1", async () => {
  const { folder, said, type } = sessionWith({
    "old.wire": "protocol game 1;\nmessage A [[lane(event)]] {\n  u8 a;\n};\n",
    "new.wire": "protocol game 1;\nmessage A [[lane(event)]] {\n  u16 a;\n};\n",
  });

  expect(await type("check", join(folder, "old.wire"), join(folder, "new.wire"))).toBe(1);
  expect(said).toEqual([
    `${join(folder, "new.wire")}:3:7  breaking    A.a: retyped from u8 to u16\n   keep it, and append a new field`,
    "\n1 breaking, 0 compatible",
    "raise the version: write protocol game 2;",
  ]);
});

test("check of a schema with itself finds nothing", async () => {
  const { folder, said, type } = sessionWith({ "a.wire": "protocol game 1;" });

  expect(await type("check", join(folder, "a.wire"), join(folder, "a.wire"))).toBe(0);
  expect(said).toEqual(["nothing has changed"]);
});

test("check says that version 2 speaks no 1, though nothing else has changed, and exits 1", async () => {
  const { folder, said, type } = sessionWith({ "old.wire": "protocol game 1;", "new.wire": "protocol game 2;" });

  expect(await type("check", join(folder, "old.wire"), join(folder, "new.wire"))).toBe(1);
  expect(said).toEqual(["peers of version 1 are refused, and need not be: write protocol game 2 [[since(1)]];"]);
});

test("codegen into what is a file says so, and exits 1", async () => {
  const { folder, complained, type } = sessionWith({ "a.wire": "struct A { u8 a; };" });
  const file = join(folder, "a.wire");

  expect(await type("codegen", file, "--out", file)).toBe(1);
  expect(complained[0]).toContain("a.ts cannot be written");
});

test("check of a schema with mistakes shows them and exits 1", async () => {
  const { folder, complained, type } = sessionWith({
    "a.wire": "protocol game 1;",
    "b.wire": "protocol game 1;\nstruct A { u9 a; };",
  });

  expect(await type("check", join(folder, "a.wire"), join(folder, "b.wire"))).toBe(1);
  expect(complained[0]).toContain("b.wire:2:12");
});

test("format rewrites what is laid out otherwise, once, and --check only names it", async () => {
  const { folder, said, complained, type } = sessionWith({ "a.wire": "protocol  a 1 ;", "b.wire": "protocol b 1;\n" });
  const file = join(folder, "a.wire");

  expect(await type("format", folder, "--check")).toBe(1);
  expect(complained).toEqual([`${file} is laid out otherwise: run tickwire format ${file}`]);
  expect(await type("format", folder)).toBe(0);
  expect(said).toEqual([`${file} formatted`]);
  expect(readFileSync(file, "utf8")).toBe("protocol a 1;\n");
  expect(await type("format", folder, "--check")).toBe(0);
  expect(said.at(-1)).toBe("2 schemas are laid out");
});

test("format of a folder without schemas says so and exits 2, with --check too; one with a schema exits 0", async () => {
  const { folder, complained, type } = sessionWith({ "readme.md": "nothing" });

  expect(await type("format", folder)).toBe(2);
  expect(await type("format", folder, "--check")).toBe(2);
  expect(complained).toEqual(Array(2).fill(`no .wire file was found in ${folder}`));
  writeFileSync(join(folder, "a.wire"), "const A = 1;\n");
  expect(await type("format", folder, "--check")).toBe(0);
});

test("format leaves a schema that cannot be read, shows why, and exits 1", async () => {
  const { folder, complained, type } = sessionWith({ "a.wire": "protocol ;" });

  expect(await type("format", join(folder, "a.wire"), join(folder, "none.wire"))).toBe(1);
  expect(complained[0]).toContain("a.wire:1:10  expected the protocol's name, found ;");
  expect(complained[1]).toContain("none.wire: there is no such file");
  expect(readFileSync(join(folder, "a.wire"), "utf8")).toBe("protocol ;");
});
