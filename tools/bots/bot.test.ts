import type { Link } from "#engine/shared";
import { expect, test } from "vitest";
import { Bot } from "./bot.ts";

const TICK_MS = 1_000 / 30;

/** A link to where nobody listens. */
function deadLink(): Link {
  return {
    bufferedBytes: 0,
    send: () => undefined,
    close: () => undefined,
    listen: (events) => {
      events.onClose(1006, "");
    },
  };
}

/** Runs a bot against a dead server for a minute, and returns when it opened its links. */
function opensOf(isPersistent: boolean): { opensMs: number[]; bot: Bot } {
  const opensMs: number[] = [];
  let nowMs = 0;
  const openLink = (): Link => {
    opensMs.push(nowMs);
    return deadLink();
  };
  const bot = new Bot({ name: "Vega", seed: 1, startsAtMs: 1_000, isPersistent, openLink });
  for (; nowMs < 60_000; nowMs += TICK_MS) bot.advance(nowMs);
  return { opensMs, bot };
}

test("a persistent bot comes back after each loss, later and later, but after 5 s at most", () => {
  const { opensMs, bot } = opensOf(true);

  const gapsMs = opensMs.slice(1).map((openMs, index) => openMs - opensMs[index]!);
  expect(opensMs[0]).toBeGreaterThanOrEqual(1_000);
  expect(gapsMs[0]).toBeLessThan(600);
  expect(Math.max(...gapsMs)).toBeGreaterThan(2_500);
  expect(Math.max(...gapsMs)).toBeLessThan(5_000 + 3 * TICK_MS);
  expect(opensMs.length).toBeGreaterThan(12);
  expect(bot.isGone).toBe(false);
});

test("any other bot stays where it was lost, and reports why", () => {
  const { opensMs, bot } = opensOf(false);

  expect(opensMs).toHaveLength(1);
  expect(bot.isGone).toBe(true);
  expect(bot.report()).toMatchObject({
    hasJoined: false,
    ending: { code: 1006, reason: "The server does not answer. Is it running?" },
    joinedSeconds: 0,
  });
});

test("a bot whose turn to connect has not come is not gone", () => {
  const bot = new Bot({ name: "Vega", seed: 1, startsAtMs: 1_000, isPersistent: false, openLink: deadLink });

  bot.advance(999);

  expect(bot.isGone).toBe(false);
});
