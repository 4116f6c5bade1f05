import { expect, test } from "vitest";
import { checkBannedCalls } from "./banned-calls.ts";

function bannedIn(path: string, text: string): string[] {
  return checkBannedCalls(new Map([[path, text]])).map(({ line, says }) => `${line} ${says.split(" in ")[0]!}`);
}

const touches = [
  ["Date", "const nowMs = Date.now();", "const nowMs = clock.now();"],
  ["Date", "start({ now: Date.now });", "start({ now: date.now });"],
  ["Date", 'const nowMs = Date["now"]();', 'const nowMs = dates["Date"]();'],
  ["Date", "const { now } = Date;", "const { now, Date: day } = header;"],
  ["Date", "const epoch = new Date(0);", "const epoch = { Date: 0 };"],
  ["Date", "const clock = { Date };", "interface Header { Date: number }"],
  ["Date", "class Clock extends Date {}", "class Clock extends fields.Date {}"],
  ["Date", "takes(Date);", "function say(day: Date): void {}"],
  ["globalThis", "globalThis.Date.now();", "header.Date.now();"],
  ["globalThis", "globalThis.Math.random();", "structuredClone(world);"],
  ["globalThis", 'globalThis["setInterval"](tick, 33);', "const page = { globalThis: 1 };"],
  ["performance", "const nowMs = performance.now();", "const nowMs = bot.performance;"],
  ["performance", "const { performance: clock = performance } = edge;", "const { performance: clock } = edge;"],
  ["Math.random", "const roll = Math.random();", "const root = Math.sqrt(2);"],
  ["Math.random", 'const roll = Math["random"]();', 'const roll = rng["random"]();'],
  ["Math.random", "const { random } = Math;", "const { random } = rng;"],
  ["Math.random", "const { floor, random: roll } = Math;", "const { floor, sqrt: random } = Math;"],
  ["Math.random", "const roll = ({ random } = Math) => random();", "const roll = ({ random }: Rng) => random();"],
  ["crypto", "crypto.getRandomValues(bytes);", "const safe = { crypto: true };"],
  ["setTimeout", "setTimeout(tick, 33);", "schedule.setTimeout(tick, 33);"],
  ["setInterval", "setInterval(tick, 33);", "schedule.setInterval(tick, 33);"],
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
  expect(bannedIn(path, "export const startedMs = Date.now();")).toEqual(["1 Date"]);
});

test.each([
  "server/node/a.ts",
  "server/main.ts",
  "client/browser/a.ts",
  "tools/codegen/main.ts",
  "tools/bots/main.ts",
  "tools/package/build.mjs",
  "bench/run.ts",
])("a Date.now in %s, an edge, is allowed", (path) => {
  expect(bannedIn(path, "export const startedMs = Date.now();")).toEqual([]);
});

test("a test of a pure room may measure, and may neither sleep nor roll dice", () => {
  const text = "const startMs = performance.now();\nsetTimeout(finish, 10);\nconst roll = Math.random();\n";

  expect(bannedIn("shared/arena/simulation.test.ts", text)).toEqual(["2 setTimeout", "3 Math.random"]);
});

test("printed codecs and their runtime may ask whether this is a production build, and nothing of the time", () => {
  const text = "export const CHECKS = process.env.NODE_ENV;\nexport const nowMs = Date.now();\n";

  expect(bannedIn("shared/schema/generated/arena.ts", text)).toEqual(["2 Date"]);
  expect(bannedIn("shared/engine/wire/is-development.ts", text)).toEqual(["2 Date"]);
  expect(bannedIn("shared/engine/wire/slab.ts", text)).toEqual(["1 process", "2 Date"]);
  expect(bannedIn("shared/arena/a.ts", text)).toEqual(["1 process", "2 Date"]);
});

test("the message says what to do instead", () => {
  const [finding] = checkBannedCalls(new Map([["shared/arena/a.ts", "\n\nDate.now();"]]));

  expect(finding).toEqual({
    path: "shared/arena/a.ts",
    line: 3,
    says: "Date in a pure room: take the time as an argument (nowMs, or the tick)",
  });
});
