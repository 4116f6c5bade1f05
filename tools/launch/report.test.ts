import { expect, test } from "vitest";
import { countsIn, summaryOf } from "./report.mjs";

test("passed, failed, skipped and planned tests are counted from the runner's report", () => {
  const report = { numPassedTests: 40, numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 };

  expect(countsIn(JSON.stringify(report))).toEqual({ passed: 40, failed: 2, skipped: 4 });
});

test("a file that broke before its first test is one failure", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{}] },
    { status: "passed", assertionResults: [{}] },
  ];

  expect(countsIn(JSON.stringify({ numPassedTests: 1, numFailedTests: 1, testResults })).failed).toBe(2);
});

test("a runner that left no report, or half of one, is one failure", () => {
  expect(countsIn(undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countsIn('{"numPassedTests": 4')).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("the last line sums every runner", () => {
  const runs = [
    { passed: 400, failed: 0, skipped: 1 },
    { passed: 8, failed: 2, skipped: 0 },
  ];

  expect(summaryOf(runs)).toBe("408 passed, 2 failed, 1 skipped");
});
