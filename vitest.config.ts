import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One for each core, even of two: the tests that ask gcc, tshark and npm mostly wait.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["{shared,server,client,tools,bench}/**/*.test.ts"],
          exclude: ["tools/e2e/**", "**/node_modules/**"],
          // No module keeps state between tests, so a worker need not load them all anew for each file.
          isolate: false,
          // gcc, npm and tshark take their time on a machine that is busy with the rest of `npm test`.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tools/e2e/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
