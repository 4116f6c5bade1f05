import { expect, test } from "vitest";
import { checkBannedCalls } from "./banned-calls.ts";

function bannedIn(path: string, text: string): string[] {
  return checkBannedCalls(new Map([[path, text]])).map(({ line, says }) => `${line} ${says.split(" in ")[0]!}`);
}

const touches = [
  ["Date.now", "const nowMs = Date.now();", "const nowMs = clock.now();"],
  ["Date.now", "start({ now: Date.now });", "start({ now: date.now });"],
  ["Date.now", 'const nowMs = Date["now"]();', 'const nowMs = dates["now"]();'],
  ["new Date()", "const now = new Date();", "const epoch = new Date(0);"],
  ["performance", "const nowMs = performance.now();", "const nowMs = bot.performance;"],
  ["performance", "const { performance: clock = performance } = edge;", "const { performance: clock } = edge;"],
  ["Math.random", "const roll = Math.random();", "const root = Math.sqrt(2);"],
  ["crypto", "crypto.getRandomValues(bytes);", "const safe = { crypto: true };"],
  ["setTimeout", "setTimeout(tick, 33);", "schedule.setTimeout(tick, 33);"],
  ["setInterval", "globalThis.setInterval(tick, 33);", "globalThis.structuredClone(world);"],
  ["setImmediate", "setImmediate(pump);", "ask(pump);"],
  ["queueMicrotask", "const later = queueMicrotask;", "const later = 'queueMicrotask';"],
  ["requestAnimationFrame", "requestAnimationFrame(draw);", "// requestAnimationFrame(draw);"],
  ["process", "process.exit(1);", "interface Step { process: number }"],
  ["console", "console.log(tick);", "/* console.log(tick); */"],
];

test.each(touches)("%s is found in `%s`, and nothing in `%s`", (name, refused, accepted) => {
  expect(bannedIn("shared/arena/simulation.ts", `${accepted}\n${refused}\n`)).toEqual([`2 ${name}`]);
});

test.each([
  "shared/engine/time/a.ts",
  "server/engine/a.ts",
  "server/arena/a.ts",
  "client/engine/a.ts",
  "tools/codegen/a.ts",
])("a Date.now in %s is found", (path) => {
  expect(bannedIn(path, "export const startedMs = Date.now();")).toEqual(["1 Date.now"]);
});

test.each(["server/node/a.ts", "server/main.ts", "client/browser/a.ts", "tools/codegen/main.ts", "tools/bots/main.ts"])(
  "a Date.now in %s, an edge, is allowed",
  (path) => {
    expect(bannedIn(path, "export const startedMs = Date.now();")).toEqual([]);
  },
);

test("a test of a pure room may measure, and may neither sleep nor roll dice", () => {
  const text = "const startMs = performance.now();\nsetTimeout(finish, 10);\nconst roll = Math.random();\n";

  expect(bannedIn("shared/arena/simulation.test.ts", text)).toEqual(["2 setTimeout", "3 Math.random"]);
});

test("the message says what to do instead", () => {
  const [finding] = checkBannedCalls(new Map([["shared/arena/a.ts", "\n\nDate.now();"]]));

  expect(finding).toEqual({
    path: "shared/arena/a.ts",
    line: 3,
    says: "Date.now in a pure room: take the time as an argument (nowMs, or the tick)",
  });
});
