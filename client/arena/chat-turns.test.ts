import { expect, test } from "vitest";
import { ChatTurns } from "./chat-turns.ts";

test("of 8 lines at once 3 have a turn, and the next one has it 1.25 s later", () => {
  const turns = new ChatTurns();

  const taken = Array.from({ length: 8 }, () => turns.take(5_000));

  expect(taken).toEqual([true, true, true, false, false, false, false, false]);
  expect(turns.waitMs(5_000)).toBe(1_250);
  expect(turns.take(6_249)).toBe(false);
  expect(turns.take(6_250)).toBe(true);
});

test("a line every 1.25 s always has its turn; a silence of a minute saves up 3, not 48", () => {
  const turns = new ChatTurns();

  for (let line = 0; line < 20; line++) expect(turns.take(1_250 * line)).toBe(true);
  const taken = Array.from({ length: 5 }, () => turns.take(90_000));
  expect(taken).toEqual([true, true, true, false, false]);
});
