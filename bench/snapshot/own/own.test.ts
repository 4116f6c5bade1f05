import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { load } from "../../../tools/codegen/load.ts";
import { companionPath, companionText } from "../../../tools/codegen/snapshot/companion.ts";
import { booksOf } from "../../../tools/codegen/snapshot/books.ts";
import { jointName, snapshotModel } from "../../../tools/codegen/snapshot/model.ts";
import { scalarOf } from "../../../tools/codegen/snapshot/row.ts";
import { outputOf } from "../../codec/programs.ts";
import type { Row } from "../results.ts";
import { runOwnBench } from "./bench.ts";
import { fit } from "./fit.ts";
import { readOwnTrace } from "./own-trace.ts";
import { ownTableOf } from "./table.ts";

const RUN = join(import.meta.dirname, "../../run.ts");
const SCHEMA = `protocol drift 1;
struct NoInput [[input]] { u8 nothing; };
enum Mood : u8 { CALM = 1, ANGRY = 4 };
entity Other { u8 a; };
entity Boat {
  const u8 flag;
  f32 vx [[quantize(-8, 8, 1/4), predict(linear)]];
  f32 x [[quantize(0, 256, 1/4), predict(vx), interpolate]];
  angle heading : 8;
  bool isAfloat;
  Mood mood;
  i32 seen;
  f32 wind;
};
`;
const layout = load("drift.wire", (path) => (path === "drift.wire" ? SCHEMA : undefined)).layout!;
const boat = layout.entities.find(({ name }) => name === "Boat")!;
const silent = { isQuick: true, say: () => undefined };

/** 30 ticks of 6 boats, of which the last comes at tick 5 and goes at tick 22. */
function exampleLines(): string[] {
  return Array.from({ length: 30 }, (_, tick) => tick).flatMap((tick) =>
    [0, 1, 2, 3, 4, 5]
      .filter((id) => id < 5 || (tick >= 5 && tick < 22))
      .map((id) =>
        JSON.stringify({
          tick: tick * 2,
          id,
          flag: id,
          vx: id / 4,
          x: 10 * id + (tick * 2 * id) / 4,
          heading: (tick * 3) & 255,
          isAfloat: tick % 7 !== 0,
          mood: tick < 20 ? 1 : 4,
          seen: tick,
          wind: 0.5,
        }),
      ),
  );
}

async function exampleFiles(): Promise<{ folder: string; trace: string; schema: string }> {
  const folder = await mkdtemp(join(tmpdir(), "own-trace-"));
  const [trace, schema] = [join(folder, "boats.jsonl"), join(folder, "drift.wire")];
  await writeFile(trace, exampleLines().join("\n"));
  await writeFile(schema, SCHEMA);
  return { folder, trace, schema };
}

test("30 ticks of 6 boats are learnt from, decoded to what was written, and measured from tick 23 on", async () => {
  const { folder, trace, schema } = await exampleFiles();
  const json = join(folder, "rows.json");
  const run = ["--import", "tsx", RUN, "snapshot", "--quick", "--json", json];

  const printed = await outputOf([...run, "--trace", trace, "--schema", schema, "--entity", "Boat"]);
  const { rows } = JSON.parse(await readFile(json, "utf8")) as { rows: Row[] };

  expect(printed).toContain("30 ticks, 167 lines. Measured: the second half, but for its first 8 ticks.");
  expect(printed).toContain("tickwire: with tables that were trained with the first half.");
  expect(rows.map(({ world, view, codec, lag }) => [world, view, codec, lag])).toEqual([
    ["trace", "all", "tickwire", "1"],
    ["trace", "all", "tickwire-untrained", "1"],
  ]);
  expect(rows[0]!.bytesPerEntity).toBeLessThan(rows[1]!.bytesPerEntity);
  for (const row of rows) {
    expect(row.bytesPerEntity).toBeGreaterThan(0);
    expect(row.framedBytesPerSnapshot).toBeCloseTo(row.bytesPerSnapshot + 3);
    expect(row.encodeNsPerEntity).toBeGreaterThan(0);
    expect(row.decodeHeapBytesPerTick).toBeGreaterThanOrEqual(0);
  }
  await rm(folder, { recursive: true });
}, 60_000);

test("a schema that was trained keeps its tables: here those of one that was not, so that both rows agree", async () => {
  const { folder, trace, schema } = await exampleFiles();
  const model = snapshotModel(boat);
  const joint = model.groups.filter(({ isJoint }) => isJoint).map(({ members }) => jointName(members));
  const tables = Object.fromEntries(booksOf(model).map((book) => [book.label, book.tables]));
  await writeFile(companionPath(schema), companionText({ "1": { Boat: { predict: {}, joint, tables } } }));

  const results = await runOwnBench({ trace, schema, entity: "Boat" }, silent);

  expect(results.tables).toBe("companion");
  expect(results.rows[0]!.bytesPerSnapshot).toBe(results.rows[1]!.bytesPerSnapshot);
  expect(ownTableOf(results, false)).toContain("with the tables that stand beside the schema");
  await rm(folder, { recursive: true });
}, 60_000);

test("an entity that is not there is refused, with the nearest name", async () => {
  const { folder, trace, schema } = await exampleFiles();

  await expect(runOwnBench({ trace, schema, entity: "Baot" }, silent)).rejects.toThrow(
    "no entity is named Baot: write Boat",
  );
  await rm(folder, { recursive: true });
});

test.each([
  ['{"tick": 0, "id": 1, "haeding": 3}', 'line 1: Boat has no field "haeding": write heading'],
  ['{"tick": 0, "id": 1, "zzz": 3}', 'line 1: Boat has no field "zzz": write one of flag, vx, x, heading'],
  ['{"tick": 0, "id": 1, "mood": 2}', 'line 1: "mood" is 2, which is no member of its enum'],
  ['{"tick": 0, "id": 1, "mood": 4}', "the trace has 1 ticks: write 20 at least"],
])("%s is refused", async (line, says) => {
  await expect(readOwnTrace(boat, [line])).rejects.toThrow(says);
});

test("a const field that changes is refused with its line; on another entity it may be what it likes", async () => {
  const first = '{"tick": 0, "id": 1, "flag": 3}';

  await expect(readOwnTrace(boat, [first, '{"tick": 1, "id": 1, "flag": 4}'])).rejects.toThrow(
    'line 2: "flag" is const, and was 3 before',
  );
  await expect(readOwnTrace(boat, [first, '{"tick": 1, "id": 2, "flag": 4}'])).rejects.toThrow("2 ticks");
});

test("what is between steps and what is out of range is counted, with the first line", async () => {
  const lines = exampleLines();
  lines[3] = lines[3]!.replace(/"x":[\d.]+/, '"x":300');
  lines[4] = lines[4]!.replace(/"x":[\d.]+/, '"x":7.1');
  lines[9] = lines[9]!.replace(/"x":[\d.]+/, '"x":-9');

  const { misfits, unnamed, interval, gaps } = await readOwnTrace(boat, lines);

  expect(misfits).toEqual([
    { field: "x", fate: "clamped", count: 2, line: 4, given: 300 },
    { field: "x", fate: "snapped", count: 1, line: 5, given: 7.1 },
  ]);
  expect([unnamed, interval, gaps]).toEqual([[], 2, 0]);
});

test.each([
  ["flag", 255, 255, "exact"],
  ["flag", 256, 255, "clamped"],
  ["flag", 1.4, 1, "snapped"],
  ["vx", 7.75, 7.75, "exact"],
  ["vx", 8, 8, "clamped"],
  ["heading", 257, 1, "exact"],
  ["heading", 0.6, 1, "snapped"],
  ["isAfloat", 2, 1, "clamped"],
  ["seen", -5, -5, "exact"],
  ["seen", 1e30, 2 ** 31 - 1, "clamped"],
  ["wind", 0.1, Math.fround(0.1), "snapped"],
  ["wind", -1e300, -(2 - 2 ** -23) * 2 ** 127, "clamped"],
] as const)("a %s of %d becomes %d: %s", (name, given, value, fate) => {
  const type = scalarOf(boat.fields.find((field) => field.name === name)!);

  expect(fit(type, given)).toEqual({ value, fate });
});
