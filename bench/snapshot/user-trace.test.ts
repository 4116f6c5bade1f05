import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linesOfFile, readUserTrace, type UserTick } from "./user-trace.ts";

async function ticksOf(lines: Iterable<string> | AsyncIterable<string>): Promise<UserTick[]> {
  const ticks: UserTick[] = [];
  for await (const tick of readUserTrace(lines)) ticks.push(tick);
  return ticks;
}

test("three ticks: who enters, who leaves, and what each row says", async () => {
  const ticks = await ticksOf([
    '{"tick": 4, "id": 7, "x": 1.5, "alive": true}',
    '{"tick": 4, "id": 2, "x": -3, "alive": false}',
    '{"id": 2, "x": -4, "alive": false, "tick": 5}',
    "",
    '{"tick": 8, "id": 9, "x": 0, "alive": true}',
    '{"tick": 8, "id": 2, "x": 0, "alive": true}',
  ]);

  expect(ticks.map(({ tick, enters, leaves }) => [tick, enters, leaves])).toEqual([
    [4, [2, 7], []],
    [5, [], [7]],
    [8, [9], []],
  ]);
  expect(ticks[0]!.rows.get(7)).toEqual({ x: 1.5, alive: true });
  expect([...ticks[1]!.rows]).toEqual([[2, { x: -4, alive: false }]]);
});

test.each([
  ["{tick: 1}", '{"tick": 1, "id": 0}', 'this is no object in JSON: write {"tick": 1, "id": 7, "x": 12}'],
  ["[1, 7]", '{"tick": 1, "id": 0}', 'this is no object in JSON: write {"tick": 1, "id": 7, "x": 12}'],
  ['{"id": 1}', '{"tick": 1, "id": 1}', '"tick" is missing: write a whole number from 0 on'],
  ['{"tick": 1.5, "id": 1}', '{"tick": 2, "id": 1}', '"tick" is 1.5: write a whole number from 0 on'],
  [
    '{"tick": 1, "id": 1099511627777}',
    '{"tick": 1, "id": 65545}',
    '"id" is 1099511627777: write a whole number from 0',
  ],
  ['{"tick": 1, "id": "7"}', '{"tick": 1, "id": 7}', '"id" is "7": write a whole number from 0 to'],
  ['{"tick": 1, "id": 1, "x": "2"}', '{"tick": 1, "id": 1, "x": 2}', '"x" is "2": write a number, true or false'],
  [
    '{"tick": 1, "id": 1, "x": 1e999}',
    '{"tick": 1, "id": 1, "x": 1e99}',
    '"x" is Infinity: write a number, true or false',
  ],
  ['{"tick": 1, "id": 1, "x": null}', '{"tick": 1, "id": 1}', '"x" is null: write a number, true or false'],
  ['{"tick": 0, "id": 1}', '{"tick": 1, "id": 1}', "tick 0 is behind tick 1: sort the lines"],
  ['{"tick": 1, "id": 5}', '{"tick": 1, "id": 6}', "tick 1 has entity 5 already: write one line for it"],
])("line 2 is refused: %s; and accepted: %s", async (refused, accepted, says) => {
  const before = '{"tick": 1, "id": 5, "x": 1}';

  await expect(ticksOf([before, refused])).rejects.toThrow(`line 2: ${says}`);
  await expect(ticksOf([before, accepted])).resolves.not.toEqual([]);
});

test("65 fields are refused, and 64 are not; so are 65,537 characters, and 65,536 are not", async () => {
  const withFields = (count: number): string =>
    JSON.stringify({ tick: 1, id: 1, ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, at])) });
  const ofLength = (chars: number): string => '{"tick": 1, "id": 1}'.padEnd(chars, " ");

  await expect(ticksOf([withFields(65)])).rejects.toThrow("line 1: 65 fields: write 64 at most");
  await expect(ticksOf([ofLength(65_537)])).rejects.toThrow("line 1: 65537 characters: write 65536 at most");
  expect(await ticksOf([withFields(64)])).toHaveLength(1);
  expect(await ticksOf([ofLength(65_536)])).toHaveLength(1);
});

test("a trace without a line is refused, with a line to begin with", async () => {
  await expect(ticksOf([])).rejects.toThrow('the trace is empty: write lines such as {"tick": 1, "id": 7, "x": 12}');
});

test("a tick is there as soon as the next one begins: no more lines than that are read", async () => {
  let read = 0;
  function* endless(): Generator<string> {
    for (;;) yield JSON.stringify({ tick: Math.floor(read++ / 10), id: read % 10 });
  }

  const trace = readUserTrace(endless());
  const first = await trace.next();
  await trace.return(undefined);

  expect((first.value as UserTick).rows.size).toBe(10);
  expect(read).toBe(11);
});

test("a file of 20,000 lines is read whole, left in the middle, and missed when it is not there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "trace-"));
  const path = join(folder, "trace.jsonl");
  const lines = Array.from({ length: 20_000 }, (_, at) => `{"tick": ${at >> 3}, "id": ${at & 7}, "x": ${at}}`);
  await writeFile(path, lines.join("\r\n"));

  const ticks = await ticksOf(linesOfFile(path));
  for await (const { tick } of readUserTrace(linesOfFile(path))) if (tick === 5) break;

  expect(ticks).toHaveLength(2500);
  expect(ticks.at(-1)!.rows.get(7)).toEqual({ x: 19_999 });
  await expect(ticksOf(linesOfFile(join(folder, "none.jsonl")))).rejects.toThrow("no such file");
  await rm(folder, { recursive: true });
});

test("of a trace of bots the lines of one kind are read, as the first client saw them", async () => {
  const lines = [
    '{"tick": 1, "entity": "Ship", "id": 65545, "client": 0, "x": 1}',
    '{"tick": 1, "entity": "Shot", "id": 3, "client": 0, "x": 2}',
    '{"tick": 1, "entity": "Ship", "id": 65545, "client": 1, "x": 1}',
  ];

  const ticks: UserTick[] = [];
  for await (const tick of readUserTrace(lines, "Ship")) ticks.push(tick);

  expect(ticks.map(({ tick, rows }) => [tick, [...rows]])).toEqual([[1, [[65_545, { x: 1 }]]]]);
});
