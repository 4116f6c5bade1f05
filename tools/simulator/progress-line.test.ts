import { expect, test } from "vitest";
import { ProgressLine } from "./progress-line.ts";

function run(isTerminal: boolean, moments: readonly { atMs: number; part: number }[]): string[] {
  const said: string[] = [];
  let nowMs = 500;
  const progress = new ProgressLine(
    () => nowMs,
    (text) => said.push(text),
    isTerminal,
  );
  for (const { atMs, part } of moments) {
    nowMs = 500 + atMs;
    progress.tell(part);
  }
  progress.end();
  return said;
}

test("what takes a second or less says nothing", () => {
  expect(run(true, [{ atMs: 999, part: 0.5 }])).toEqual([]);
  expect(run(true, [{ atMs: 1000, part: 1 }])).toEqual([]);
});

test("a terminal's line is written over five times a second, and taken away at the end", () => {
  const moments = [1000, 1100, 1200].map((atMs) => ({ atMs, part: atMs / 12_000 }));

  expect(run(true, moments)).toEqual(["\r8 %, 11 s left", "\r10 %, 11 s left", `\r${" ".repeat(15)}\r`]);
});

test("a file gets a line every five seconds", () => {
  const moments = [1000, 1200, 6000].map((atMs) => ({ atMs, part: atMs / 12_000 }));

  expect(run(false, moments)).toEqual(["8 %, 11 s left\n", "50 %, 6 s left\n"]);
});
