import { expect, test } from "vitest";
import type { RequestOutcome } from "./request-table.ts";
import { RequestTable } from "./request-table.ts";

interface Reply {
  readonly gold: number;
}

/** A table, and what its requests were settled with. */
function tableOf(pendingMax = 4, timeoutMs = 100) {
  const table = new RequestTable<Reply>({ timeoutMs, pendingMax });
  const settled: [string, RequestOutcome<Reply>][] = [];
  const open = (name: string, nowMs: number): number | undefined =>
    table.open(nowMs, (outcome) => {
      settled.push([name, outcome]);
    });
  return { table, settled, open };
}

test("each request gets its own answer, in whatever order they come", () => {
  const { table, settled, open } = tableOf();
  const [first, second] = [open("first", 0)!, open("second", 1)!];

  expect(table.answer(second, { type: "reply", value: { gold: 2 } })).toBe(true);
  expect(table.answer(first, { type: "refusal", value: { code: 7, text: "no gold" } })).toBe(true);
  expect(settled).toEqual([
    ["second", { type: "reply", value: { gold: 2 } }],
    ["first", { type: "refusal", value: { code: 7, text: "no gold" } }],
  ]);
  expect(table.size).toBe(0);
});

test("an answer that nobody waits for is nobody's: unknown, second, or late", () => {
  const { table, settled, open } = tableOf();
  const id = open("once", 0)!;
  const answer = { type: "reply", value: { gold: 1 } } as const;

  expect(table.answer(id + 1, answer)).toBe(false);
  expect(table.answer(id, answer)).toBe(true);
  expect(table.answer(id, answer)).toBe(false);
  const late = open("late", 0)!;
  table.expire(100);
  expect(table.answer(late, answer)).toBe(false);
  expect(settled.map(([name, { type }]) => [name, type])).toEqual([
    ["once", "reply"],
    ["late", "timeout"],
  ]);
});

test("a request times out 100 ms after it was made, and not sooner", () => {
  const { table, settled, open } = tableOf();
  open("first", 0);
  open("second", 50);
  table.expire(99);

  expect(settled).toEqual([]);
  table.expire(100);
  expect(settled).toEqual([["first", { type: "timeout" }]]);
  table.expire(150);
  expect(settled[1]).toEqual(["second", { type: "timeout" }]);
});

test("of five requests with room for four the last is not made, until one is settled", () => {
  const { table, settled, open } = tableOf(4);
  const ids = [1, 2, 3, 4, 5].map((each) => open(String(each), 0));

  expect(ids).toEqual([0, 1, 2, 3, undefined]);
  table.answer(1, { type: "reply", value: { gold: 0 } });
  expect(open("6", 0)).toBe(4);
  expect(settled).toHaveLength(1);
});

test("ids go round behind 65,535 and leave out those that still wait", () => {
  const { table, open } = tableOf(3);
  expect(open("slow", 0)).toBe(0);
  for (let id = 1; id < 65_536; id++) {
    expect(open("quick", 0)).toBe(id);
    table.answer(id, { type: "reply", value: { gold: 0 } });
  }

  expect(open("next", 0)).toBe(1);
});

test("a closed connection settles all that wait", () => {
  const { table, settled, open } = tableOf();
  open("first", 0);
  open("second", 0);
  table.close();

  expect(settled.map(([, { type }]) => type)).toEqual(["closed", "closed"]);
  expect(table.size).toBe(0);
});

test("a request that is made while another is settled keeps its place", () => {
  const { table, open } = tableOf();
  table.open(0, () => {
    open("again", 100);
  });
  table.expire(100);

  expect(table.size).toBe(1);
});

test("a table has room for 1 to 65,536 requests", () => {
  expect(() => tableOf(0)).toThrow("pendingMax is 1 to 65536, not 0");
  expect(() => tableOf(65_537)).toThrow("pendingMax is 1 to 65536, not 65537");
  expect(tableOf(65_536).table.size).toBe(0);
});
