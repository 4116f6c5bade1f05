import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { Children } from "./children.mjs";

const SPEAK = 'process.send({ listening: "here" });';
const STAY = "setInterval(() => {}, 1_000);";

/** A child that runs `script`; `spoken` resolves at its first message, `ended` with its exit code. */
function childOf(children: Children, script: string): { ended: Promise<number>; spoken: Promise<unknown> } {
  let ended: Promise<number> = Promise.resolve(-1);
  const spoken = new Promise((resolve) => {
    ended = children.run({ args: ["-e", script], onMessage: resolve });
  });
  return { ended, spoken };
}

test("a child's exit code is what its run resolves with", async () => {
  expect(await new Children().run({ args: ["-e", "process.exit(3)"] })).toBe(3);
  expect(await new Children().run({ args: ["-e", ""] })).toBe(0);
});

test("stop closes the channel, at which a child ends by itself", async () => {
  const children = new Children();
  const { ended, spoken } = childOf(children, `process.on("disconnect", () => process.exit(0)); ${STAY} ${SPEAK}`);

  expect(await spoken).toEqual({ listening: "here" });
  await children.stop();

  expect(await ended).toBe(0);
});

test("a child that knows nothing of the channel is ended by a signal within 1 s", async () => {
  const children = new Children();
  const { ended, spoken } = childOf(children, `${STAY} ${SPEAK}`);
  await spoken;

  const startMs = performance.now();
  await children.stop();

  expect(performance.now() - startMs).toBeLessThan(1_000);
  expect(await ended).toBe(128 + 15);
});

test("a child that does not stop is ended within 2 s", async () => {
  const children = new Children();
  const { ended, spoken } = childOf(children, `process.on("SIGTERM", () => {}); ${STAY} ${SPEAK}`);
  await spoken;

  const startMs = performance.now();
  await children.stop();

  expect(performance.now() - startMs).toBeLessThan(2_000);
  expect(await ended).toBe(128 + 9);
});

test("nothing starts any more once a stop was asked for", async () => {
  const children = new Children();
  await children.stop();

  expect(await children.run({ args: ["-e", "process.exit(0)"] })).toBe(1);
});

test("a child that knows nothing of the channel is gone within 4 s of a launcher that was killed", async () => {
  const module = new URL("children.mjs", import.meta.url).href;
  const tool = "console.log(process.connected); setTimeout(() => {}, 30_000);";
  const script = `import { Children } from "${module}"; await new Children().run({ args: ["-e", "${tool}"] });`;
  const launcher = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(launcher.stdout, "data");

  const startMs = performance.now();
  launcher.kill("SIGKILL");
  // The child holds the other end of the pipe, too.
  await once(launcher.stdout, "close");

  expect(performance.now() - startMs).toBeLessThan(4_000);
}, 10_000);

test("what a child forks may live by its own channel, as ever", async () => {
  const program = `
    const child = require("node:child_process").fork("-e", ["process.on('message', process.exit); process.send('up')"]);
    child.on("message", () => setTimeout(() => child.send(4), 100));
    child.on("exit", (code) => process.exit(code));`;

  expect(await new Children().run({ args: ["-e", program] })).toBe(4);
});
