import { expect, test } from "vitest";
import { type BotReport, exitCodeOf, summarise, summaryText } from "./bot-summary.ts";

const steady: BotReport = {
  hasJoined: true,
  ending: undefined,
  joinedSeconds: 10,
  snapshots: 300,
  bytes: 90_000,
  entitiesInView: 40,
  rttSamplesMs: [1, 2, 3],
};
const full: BotReport = {
  hasJoined: false,
  ending: { code: 4004, reason: "The room is full." },
  joinedSeconds: 0,
  snapshots: 0,
  bytes: 0,
  entitiesInView: 0,
  rttSamplesMs: [],
};

test("rates are means of each bot's own, however long it was there", () => {
  const late = { ...steady, joinedSeconds: 5, snapshots: 145, bytes: 30_000, entitiesInView: 20 };

  const summary = summarise([steady, late]);

  expect(summary).toMatchObject({ connected: 2, snapshotsPerSecond: 29.5, bytesPerSecond: 7_500, entitiesInView: 30 });
});

test("the least rate is that of the slowest bot that joined: refused ones have none", () => {
  const slow = { ...steady, snapshots: 285 };

  expect(summarise([steady, slow, full])).toMatchObject({ snapshotsPerSecond: 29.25, snapshotsPerSecondMin: 28.5 });
  expect(summarise([steady, full])).toMatchObject({ snapshotsPerSecond: 30, snapshotsPerSecondMin: 30 });
});

test("a bot that was refused counts as refused alone, and takes no part in the rates", () => {
  const summary = summarise([steady, full]);

  expect(summary).toMatchObject({ connected: 1, refused: 1, dropped: 0, errors: 0, snapshotsPerSecond: 30 });
});

test("a bot that joined and was lost counts as connected and as dropped", () => {
  const tooSlow = { ...steady, ending: { code: 4006, reason: "Reads too slowly." } };

  expect(summarise([steady, tooSlow])).toMatchObject({ connected: 2, refused: 0, dropped: 1, errors: 0 });
});

test.each([
  [1006, 1],
  [4001, 1],
  [4002, 1],
  [1001, 0],
  [4004, 0],
])("an ending with code %i counts %i errors", (code, errors) => {
  expect(summarise([{ ...steady, ending: { code, reason: "" } }]).errors).toBe(errors);
});

test("round trips are pooled: p50 and p99 of 1 to 200 ms are 100 and 198 ms", () => {
  const samples = Array.from({ length: 200 }, (_, index) => 200 - index);
  const halves = [samples.slice(0, 100), samples.slice(100)].map((rttSamplesMs) => ({ ...steady, rttSamplesMs }));

  expect(summarise(halves).rttMs).toEqual({ p50: 100, p99: 198 });
});

test("a summary of nobody is all zeros", () => {
  expect(summarise([])).toEqual({
    connected: 0,
    refused: 0,
    dropped: 0,
    errors: 0,
    snapshotsPerSecond: 0,
    snapshotsPerSecondMin: 0,
    bytesPerSecond: 0,
    entitiesInView: 0,
    rttMs: { p50: 0, p99: 0 },
  });
});

test("the exit code is 1 as soon as one bot was refused or dropped", () => {
  expect(exitCodeOf(summarise([steady]))).toBe(0);
  expect(exitCodeOf(summarise([steady, full]))).toBe(1);
  expect(exitCodeOf(summarise([{ ...steady, ending: { code: 1001, reason: "" } }]))).toBe(1);
});

test("the text names each cause once, with its count", () => {
  const reports = [steady, full, full];

  const text = summaryText(summarise(reports), reports);

  expect(text).toContain("1 of 3 (2 refused, 0 dropped, 0 errors)");
  expect(text).toContain("30 a bot (least 30)");
  expect(text).toContain("2 × 4004 The room is full.");
});
