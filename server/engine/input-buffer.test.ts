import { expect, test } from "vitest";
import { InputBuffer } from "./input-buffer.ts";

test("inputs come out in sequence, each once, and the last one repeats when none is left", () => {
  const buffer = new InputBuffer<string>(4);
  expect(buffer.take()).toBeUndefined();

  expect(buffer.push(1, "a")).toBe(true);
  expect(buffer.push(3, "c")).toBe(true);

  expect([buffer.take(), buffer.take(), buffer.take()]).toEqual(["a", "c", "c"]);
  expect(buffer.appliedSequence).toBe(3);
});

test.each([
  ["the same sequence again", 5, false],
  ["one before it", 4, false],
  ["half the numbers ahead", 5 + 2 ** 31, false],
  ["just below half the numbers ahead", 4 + 2 ** 31, true],
  ["the next one", 6, true],
])("after input 5, %s (%i) is accepted: %s", (_, sequence, accepted) => {
  const buffer = new InputBuffer<string>(4);
  buffer.push(5, "five");

  expect(buffer.push(sequence, "next")).toBe(accepted);
});

test("sequence numbers wrap: 4,294,967,295 is followed by 0", () => {
  const buffer = new InputBuffer<string>(4);
  buffer.push(2 ** 31 - 1, "half way");
  expect(buffer.push(2 ** 32 - 3, "near the end")).toBe(true);

  expect(buffer.push(2 ** 32 - 1, "last")).toBe(true);
  expect(buffer.push(0, "first again")).toBe(true);
});

test("a burst of 6 into a buffer of 4 drops the 2 oldest", () => {
  const buffer = new InputBuffer<number>(4);
  for (const sequence of [1, 2, 3, 4, 5, 6]) buffer.push(sequence, sequence * 10);

  expect([buffer.take(), buffer.take(), buffer.take(), buffer.take()]).toEqual([30, 40, 50, 60]);
});
