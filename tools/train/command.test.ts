import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadFiles } from "../codegen/files.ts";
import { runTickwire } from "../cli/tickwire.ts";
import { runTrain, trainHelp } from "./command.ts";
import { importThroughFile } from "./import-through-file.ts";

const PLACE = { command: "train", schema: "no-such.wire", recorder: "a recording", codegen: "print again" };

const SCHEMA = "protocol game 1;\nentity Ship { i16 v; u8 hp [[rare]]; };\nentity Rock { u8 size; };\n";
const importModule = importThroughFile((url) => import(url) as Promise<unknown>);

interface Session {
  readonly schema: string;
  readonly companion: string;
  readonly trace: string;
  readonly folder: string;
  readonly said: string[];
  readonly complained: string[];
  /** The exit code of a command line. */
  readonly type: (...args: string[]) => Promise<number>;
}

/** A folder that holds a schema and a trace, and a terminal in it. */
function sessionWith(lines: readonly string[], schemaText = SCHEMA): Session {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-train-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const [schema, trace] = [join(folder, "game.wire"), join(folder, "trace.jsonl")];
  writeFileSync(schema, schemaText);
  writeFileSync(trace, lines.join("\n"));
  const said: string[] = [];
  const complained: string[] = [];
  const terminal = { say: (line: string) => said.push(line), complain: (line: string) => complained.push(line) };
  const type = (...args: string[]): Promise<number> => runTrain(args, terminal, PLACE, importModule);
  return { folder, schema, trace, companion: join(folder, "game.trained.json"), said, complained, type };
}

/** Lines of a ship whose velocity rises by 3 a tick. */
function shipLines(values: Readonly<Record<string, unknown>> = {}): string[] {
  return Array.from({ length: 40 }, (_, tick) =>
    JSON.stringify({ tick, entity: "Ship", id: 1, v: 3 * tick, hp: 100, ...values }),
  );
}

test("a trace becomes the companion of its schema, which the compiler then reads", async () => {
  const { schema, trace, companion, said, complained, type } = sessionWith(shipLines());

  expect(await type("--trace", trace, "--schema", schema)).toBe(0);

  expect(JSON.parse(readFileSync(companion, "utf8"))).toMatchObject({
    "1": { Ship: { predict: { v: "linear", hp: "none" }, joint: [] } },
  });
  expect(loadFiles(schema).layout!.trained.get(1)).toHaveProperty("Ship");
  expect(said[0]).toMatch(/^Ship: \d\.\d{3} B an entity and tick, of 40$/);
  expect(said[1]).toBe(`${companion} holds the tables of version 1: run print again`);
  expect(complained.at(-1)).toBe("Rock is not in the recording: it stays as it is without training");
});

test("a version with tables is trained again only with --force, and the refusal says what to type", async () => {
  const { schema, trace, companion, complained, type } = sessionWith(shipLines());
  await type("--trace", trace, "--schema", schema);
  const first = readFileSync(companion, "utf8");
  writeFileSync(trace, shipLines({ v: 7 }).join("\n"));

  expect(await type("--trace", trace, "--schema", schema)).toBe(1);
  expect(complained.at(-1)).toContain(`version 1 of ${schema} has tables already`);
  expect(complained.at(-1)).toContain("write protocol game 2; first, or --force where version 1 was never released");
  expect(readFileSync(companion, "utf8")).toBe(first);
  expect(await type("--trace", trace, "--schema", schema, "--force")).toBe(0);
  expect(readFileSync(companion, "utf8")).not.toBe(first);
});

test("version 2 is trained beside version 1, whose tables stay", async () => {
  const { schema, trace, companion, type } = sessionWith(shipLines());
  await type("--trace", trace, "--schema", schema);
  const first = JSON.parse(readFileSync(companion, "utf8")) as Record<string, unknown>;
  writeFileSync(schema, SCHEMA.replace("game 1", "game 2 [[since(1)]]"));

  expect(await type("--trace", trace, "--schema", schema)).toBe(0);

  const both = JSON.parse(readFileSync(companion, "utf8")) as Record<string, unknown>;
  expect(Object.keys(both)).toEqual(["1", "2"]);
  expect(both["1"]).toEqual(first["1"]);
});

test("tickwire check tells a version that was trained anew, with its entity and what to type, and exits 1", async () => {
  const { folder, schema, trace, type } = sessionWith(shipLines());
  const older = join(folder, "older.wire");
  writeFileSync(older, SCHEMA);
  await type("--trace", trace, "--schema", schema);
  const said: string[] = [];
  const terminal = { say: (line: string) => said.push(line), complain: (line: string) => said.push(line) };

  expect(await runTickwire(["check", older, schema], terminal)).toBe(1);
  expect(said[0]).toContain(`${schema}:2:8  breaking    Ship: version 1 has other code tables than it had`);
  expect(said[0]).toContain("write protocol game 2, and train that");
});

test("lines without an entity are those of --entity", async () => {
  const { schema, trace, companion, type } = sessionWith(shipLines({ entity: undefined }));

  expect(await type("--trace", trace, "--schema", schema, "--entity", "Ship")).toBe(0);
  expect(Object.keys((JSON.parse(readFileSync(companion, "utf8")) as Record<string, object>)["1"]!)).toEqual(["Ship"]);
});

test("a field that is in no line is told, and trained as one that rests", async () => {
  const { schema, trace, complained, type } = sessionWith(shipLines({ hp: undefined }));

  expect(await type("--trace", trace, "--schema", schema)).toBe(0);
  expect(complained[0]).toBe("Ship.hp is not in the recording: it is trained as if it never changed");
});

test("64-bit fields are trained from whole numbers", async () => {
  const { schema, trace, companion, type } = sessionWith(
    shipLines(),
    "protocol game 1; entity Ship { i64 v; u8 hp; };",
  );

  expect(await type("--trace", trace, "--schema", schema)).toBe(0);
  expect(readFileSync(companion, "utf8")).toContain(`"v.low"`);
});

const MIXED = [JSON.stringify({ tick: 0, id: 1, v: 3, hp: 1 }), ...shipLines()];

test.each([
  { name: "an unknown entity", lines: shipLines({ entity: "Shp" }), says: "no entity Shp: did you mean Ship?" },
  { name: "an unknown field", lines: shipLines({ hq: 1 }), says: "Ship has no field hq: did you mean hp?" },
  {
    name: "an unknown field in the last line",
    lines: [...shipLines(), ...shipLines({ tick: 40, vv: 1 }).slice(0, 1)],
    says: "Ship has no field vv: did you mean v?",
  },
  { name: "no JSON in line 41", lines: [...shipLines(), "oh"], says: "line 41: no JSON object: oh" },
  { name: "lines without an entity", lines: shipLines({ entity: undefined }), says: "write --entity NAME" },
  { name: "lines with an entity and without", lines: MIXED, entity: "Ship", says: "some lines name Ship, and some no" },
  { name: "an empty trace", lines: [], says: "record one with npm run bots -- --trace FILE" },
  { name: "a broken schema", lines: shipLines(), schemaText: "protocol game 1;\nentity A { u9 a; };", says: ":2:12" },
])("$name is told, nothing is written, and the exit code is 1", async ({ lines, says, entity, schemaText }) => {
  const { schema, trace, companion, complained, type } = sessionWith(lines, schemaText);
  const named = entity === undefined ? [] : ["--entity", entity];

  expect(await type("--trace", trace, "--schema", schema, ...named)).toBe(1);
  expect(complained.join("\n")).toContain(says);
  expect(() => readFileSync(companion)).toThrow("ENOENT");
});

test("a companion that makes no sense is told, and stays", async () => {
  const { schema, trace, companion, complained, type } = sessionWith(shipLines());
  writeFileSync(companion, "[");

  expect(await type("--trace", trace, "--schema", schema)).toBe(1);
  expect(complained[0]).toContain(`${companion}:1:1  this is no JSON`);
  expect(readFileSync(companion, "utf8")).toBe("[");
});

test.each([
  { name: "no trace", args: [], says: "there is no recording: write --trace FILE" },
  {
    name: "a trace that is not there",
    args: ["--trace", "no.jsonl"],
    says: "there is no file no.jsonl: name a recording",
  },
  { name: "a file that stands alone", args: ["a.jsonl"], says: `"a.jsonl" stands alone: write --trace a.jsonl` },
  { name: "an unknown option", args: ["--tarce", "a"], says: "there is no option --tarce: did you mean --trace?" },
  { name: "an option without a value", args: ["--trace"], says: "--trace needs a value: write --trace VALUE" },
])("$name is told with where the help is, and the exit code is 2", async ({ args, says }) => {
  const { complained, type } = sessionWith([]);

  expect(await type(...args)).toBe(2);
  expect(complained).toHaveLength(1);
  expect(complained[0]).toContain(says);
  expect(complained[0]!.split("\n").slice(1)).toEqual(["", `${PLACE.command} --help says how it is used.`]);
});

test("--help says how it is used and exits 0, whatever else is written", async () => {
  const { said, complained, type } = sessionWith([]);

  expect(await type("--help")).toBe(0);
  expect(await type("-h", "--force")).toBe(0);
  expect([said, complained]).toEqual([[trainHelp(PLACE), trainHelp(PLACE)], []]);
});
