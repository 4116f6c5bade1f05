/**
 * Sums of a test run.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} TestCounts
 * @typedef {{ status?: string, assertionResults?: unknown[] }} FileResult
 * @typedef {object} RunnerReport vitest's JSON report, as far as it is read here
 * @property {number} [numPassedTests]
 * @property {number} [numFailedTests]
 * @property {number} [numPendingTests]
 * @property {number} [numTodoTests]
 * @property {FileResult[]} [testResults]
 */

/**
 * The counts of one runner's JSON report. A file that failed before its first test counts as one failure, and so does
 * a runner that left no report: what did not run has not passed.
 *
 * @param {string | undefined} text
 * @returns {TestCounts}
 */
export function countsIn(text) {
  const report = text === undefined ? undefined : reportIn(text);
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = (report.testResults ?? []).filter(
    (file) => file.status === "failed" && (file.assertionResults ?? []).length === 0,
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + brokenFiles.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * The last line of `npm test`.
 *
 * @param {readonly TestCounts[]} runs
 */
export function summaryOf(runs) {
  const sum = (/** @type {keyof TestCounts} */ key) => runs.reduce((total, counts) => total + counts[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`;
}

/**
 * @param {string} text
 * @returns {RunnerReport | undefined}
 */
function reportIn(text) {
  try {
    /** @type {unknown} */
    const report = JSON.parse(text);
    return /** @type {RunnerReport} */ (report);
  } catch {
    return undefined;
  }
}
