import { expect, test } from "vitest";
import { createWorkload, ENTITIES, FIXTURES, NAMES, ROWS, type Chat } from "./workload.ts";
import { LINES, utf8Bytes } from "./workload-text.ts";

const workload = createWorkload();

function namesIn(chats: readonly Chat[]): string[] {
  return chats.flatMap(({ sender, rows }) => [sender, ...rows.map(({ name }) => name)]);
}

function foreignPart(texts: readonly string[]): number {
  return texts.filter((text) => utf8Bytes(text) > text.length).length / texts.length;
}

test.each(FIXTURES)("%s is the same in every run, another with another seed, and a power of two values", (fixture) => {
  const values = workload[fixture]();

  expect(createWorkload()[fixture]()).toEqual(values);
  expect(createWorkload(7)[fixture]()).not.toEqual(values);
  expect(Number.isInteger(Math.log2(values.length))).toBe(true);
});

test("F1's names fit 16 bytes, its 32 scores fit an f32, and no two values are alike", () => {
  const values = workload.F1();

  expect(values.every(({ username }) => /^[\x20-\x7e]{1,16}$/.test(username))).toBe(true);
  expect(
    values.every(({ scores }) => scores.length === 32 && scores.every((score) => Math.fround(score) === score)),
  ).toBe(true);
  expect(new Set(values.map(({ username }) => username)).size).toBe(64);
});

test("F3 has 200 entities at multiples of 1/64 below 4096", () => {
  const entities = workload.F3().flatMap((world) => world.entities);

  expect(entities).toHaveLength(16 * ENTITIES);
  expect(entities.every(({ x, y }) => [x, y].every((at) => at >= 0 && at < 4096 && Number.isInteger(at * 64)))).toBe(
    true,
  );
});

test("F4 says 16 lines and 96 names in turn, a third of them not ASCII", () => {
  const chats = workload.F4();
  const names = [...new Set(namesIn(chats))];

  expect(chats.every(({ rows }) => rows.length === ROWS)).toBe(true);
  expect(names).toHaveLength(NAMES);
  expect(new Set(chats.map(({ text }) => text)).size).toBe(16);
  expect(foreignPart(names)).toBeCloseTo(1 / 3);
  expect(foreignPart(LINES)).toBeGreaterThan(0.3);
});

test("F4-cold has no name and no line twice, a third of them not ASCII", () => {
  const chats = workload["F4-cold"]();
  const names = namesIn(chats);

  expect(names).toHaveLength(512 * 21);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(chats.map(({ text }) => text)).size).toBe(512);
  expect(foreignPart(names)).toBeCloseTo(1 / 3, 1);
});

test.each([
  ["abc", 3],
  ["é", 2],
  ["星", 3],
  ["🚀", 4],
])("%s is %i bytes of UTF-8", (text, bytes) => {
  expect(utf8Bytes(text)).toBe(bytes);
});
