import { defineConfig } from "vitest/config";

/** Asks for production code, which is decided when a module is loaded. */
const PRODUCTION_TESTS = "**/production.test.ts";
const UNIT_TESTS = {
  // No module keeps state between tests, so a worker need not load them all anew for each file.
  isolate: false,
  // gcc, npm and tshark take their time on a machine that is busy with the rest of `npm test`.
  testTimeout: 90_000,
};
/** Pages are drawn in software, beside the unit tests on the same cores. */
const BROWSER_TIMEOUTS = { testTimeout: 90_000, hookTimeout: 90_000 };
/** `tickwire/…` in an example is what its tsconfig.json says. */
const EXAMPLES_DOORS = { tsconfigPaths: true };
/** They measure times and rates, which needs the machine for itself: behind all others, and one after the other. */
const ALONE = { sequence: { groupOrder: 1 }, fileParallelism: false };
const MEASURING_BROWSER_TESTS = [
  "tools/e2e/key-to-motion.test.ts",
  "tools/e2e/slow-join.test.ts",
  "tools/e2e/upload.test.ts",
];
const MEASURING_UNIT_TESTS = ["server/node/resume-load.test.ts", "tools/kernel/kernel-behaviour.test.ts"];

export default defineConfig({
  test: {
    // One for each core, even of two: the tests that ask gcc, tshark and npm mostly wait.
    maxWorkers: "100%",
    projects: [
      {
        resolve: EXAMPLES_DOORS,
        test: {
          ...UNIT_TESTS,
          name: "unit",
          include: ["{shared,server,client,tools,bench,examples}/**/*.test.ts"],
          exclude: ["tools/e2e/**", "**/node_modules/**", PRODUCTION_TESTS, ...MEASURING_UNIT_TESTS],
        },
      },
      {
        test: { ...UNIT_TESTS, name: "unit-measuring", include: MEASURING_UNIT_TESTS, ...ALONE },
      },
      {
        test: {
          ...UNIT_TESTS,
          name: "unit-production",
          include: [PRODUCTION_TESTS],
          exclude: ["**/node_modules/**"],
          env: { NODE_ENV: "production" },
        },
      },
      {
        resolve: EXAMPLES_DOORS,
        test: {
          name: "browser",
          include: ["tools/e2e/**/*.test.ts"],
          exclude: MEASURING_BROWSER_TESTS,
          ...BROWSER_TIMEOUTS,
        },
      },
      {
        test: {
          name: "browser-measuring",
          include: MEASURING_BROWSER_TESTS,
          ...BROWSER_TIMEOUTS,
          ...ALONE,
        },
      },
    ],
  },
});
