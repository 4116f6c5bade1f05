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
