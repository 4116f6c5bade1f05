import { expect, test } from "vitest";
import { readTrace } from "./trace.ts";

/** A line of a trace; what is given replaces what a good one has. */
function line(values: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ tick: 5, entity: "Ship", id: 7, x: 1.5, alive: true, ...values });
}

/** What stands in a trace, in plain objects: tick by tick, the values by id. */
async function ticksOf(...lines: string[]) {
  const recordings = await readTrace(lines);
  return Object.fromEntries(
    [...recordings].map(([kind, { ticks }]) => [
      kind,
      ticks.map(({ tick, entities }) => [tick, Object.fromEntries(entities)]),
    ]),
  );
}

test("lines become ticks, kind by kind; empty ones are passed over", async () => {
  expect(
    await ticksOf(line(), line({ id: 8, x: 2 }), "", line({ entity: "Rock", alive: false }), line({ tick: 6, x: 3 })),
  ).toEqual({
    Ship: [
      [5, { 7: { x: 1.5, alive: true }, 8: { x: 2, alive: true } }],
      [6, { 7: { x: 3, alive: true } }],
    ],
    Rock: [[5, { 7: { x: 1.5, alive: false } }]],
  });
});

test("lines that name no entity are kept under no name", async () => {
  expect(await ticksOf(line({ entity: undefined }))).toEqual({ "": [[5, { 7: { x: 1.5, alive: true } }]] });
});

test("the same id of two clients is two entities", async () => {
  const { Ship } = await ticksOf(line({ client: 0 }), line({ client: 1 }));

  expect(Object.keys(Ship![0]![1]!)).toHaveLength(2);
});

test.each([
  { name: "no JSON", refused: "{", accepted: line(), says: "no JSON object: {" },
  { name: "a list", refused: "[1]", accepted: line(), says: "no JSON object: [1]" },
  { name: "nothing but null", refused: "null", accepted: line(), says: "no JSON object: null" },
  { name: "70 letters", refused: "x".repeat(70), accepted: line(), says: `no JSON object: ${"x".repeat(60)}` },
  { name: "no tick", refused: line({ tick: undefined }), accepted: line(), says: `"tick" is no whole number` },
  { name: "half a tick", refused: line({ tick: 5.5 }), accepted: line({ tick: 6 }), says: `"tick" is no whole number` },
  { name: "no id", refused: line({ id: undefined }), accepted: line({ id: 0 }), says: `"id" is no whole number` },
  {
    name: "an id beyond 2^40",
    refused: line({ id: 2 ** 40 + 1 }),
    accepted: line({ id: 2 ** 40 }),
    says: `"id" is no whole number from 0 to 1099511627776`,
  },
  {
    name: "a client beyond 256",
    refused: line({ client: 257 }),
    accepted: line({ client: 256 }),
    says: `"client" is no whole number from 0 to 256`,
  },
  {
    name: "a kind that is a number",
    refused: line({ entity: 3 }),
    accepted: line({ entity: "3" }),
    says: `"entity" is no name`,
  },
  {
    name: "a text for a value",
    refused: line({ x: "1" }),
    accepted: line({ x: 1 }),
    says: `"x" is neither a number nor true or false`,
  },
  {
    name: "a tick behind the last one",
    refused: line({ tick: 4 }),
    accepted: line({ tick: 5 }),
    says: "tick 4 is behind tick 5: sort the lines",
  },
])("$name is refused with line 3, and its neighbour is accepted", async ({ refused, accepted, says }) => {
  const before = [line(), ""];

  await expect(readTrace([...before, refused])).rejects.toThrow(`line 3: ${says}`);
  expect((await readTrace([...before, accepted])).size).toBeGreaterThan(0);
});

test("a trace without a line says how one is recorded", async () => {
  await expect(readTrace(["", " "])).rejects.toThrow(
    "the trace is empty: record one with npm run bots -- --trace FILE",
  );
});
