import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { arena } from "../../shared/arena/game.ts";
import { type ArenaWorld, createWorld, spawnShip } from "../../shared/arena/world.ts";
import { readTrace } from "../train/trace.ts";
import { TraceFile, traceText } from "./trace-file.ts";
import { traceLines } from "./trace-lines.ts";

function traceIn(linesMax?: number): { trace: TraceFile; file: string } {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-trace-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "trace.jsonl");
  return { trace: new TraceFile(file, 2, linesMax), file };
}

/** A world of ships at these places and nothing else. */
function worldOf(...places: readonly (readonly [x: number, y: number])[]): ArenaWorld {
  const world = createWorld(1);
  for (const table of arena.tables(world)) table.clear();
  places.forEach(([x, y], owner) => spawnShip(world, owner, x, y, 0));
  return world;
}

test("a line has tick, kind, id and client, and every field in the game's units", () => {
  const world = worldOf([10, 20], [30.5, 40]);
  world.ships.columns.shielded[1] = 1;

  const lines = traceLines(3, 17, arena.tables(world)).map((line) => JSON.parse(line) as object);

  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ tick: 17, entity: "Ship", id: 1, client: 3, x: 30.5, y: 40, shielded: 1 });
  expect(Object.keys(lines[1]!).sort()).toEqual(
    ["tick", "entity", "id", "client", ...Object.keys(world.ships.columns)].sort(),
  );
});

test("the next entity in a slot has another id: 65,536 more", () => {
  const world = worldOf([10, 20]);
  world.ships.destroy(0);
  spawnShip(world, 0, 10, 20, 0);

  const [line] = traceLines(0, 1, arena.tables(world));

  expect(JSON.parse(line!)).toMatchObject({ id: 65_536 });
});

test("what two clients see is written in the order of ticks, and is a trace for the trainer", async () => {
  const { trace, file } = traceIn();
  const [near, both] = [arena.tables(worldOf([1, 1])), arena.tables(worldOf([1, 1], [2, 2]))];

  trace.add(0, 5, near);
  trace.add(0, 6, near);
  trace.add(1, 5, both);
  trace.add(1, 7, both);
  const report = await trace.end();

  expect(report).toEqual({ file, lines: 6, ticks: 3, lateSnapshots: 0, problem: undefined });
  const recordings = await readTrace(readFileSync(file, "utf8").split("\n"));
  expect(recordings.get("Ship")!.ticks.map(({ tick, entities }) => [tick, entities.size])).toEqual([
    [5, 3],
    [6, 1],
    [7, 2],
  ]);
  expect(traceText(report)).toBe(
    `trace            6 lines, 3 ticks in ${file}; next: npm run train -- --trace ${file}`,
  );
});

test("a trace of at most 3 lines ends with whole ticks, and says so", async () => {
  const { trace, file } = traceIn(3);
  const both = arena.tables(worldOf([1, 1], [2, 2]));
  trace.leave(1);

  trace.add(0, 5, both);
  trace.add(0, 6, both);
  const report = await trace.end();

  expect(report).toMatchObject({ lines: 2, problem: `${file} ends at 2 lines: a trace has at most 3` });
  expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(2);
});

test("a file in a folder that is not there cannot be written", () => {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-trace-"));
  rmSync(folder, { recursive: true });

  expect(() => new TraceFile(join(folder, "trace.jsonl"), 1)).toThrow("ENOENT");
});
