import { expect, test } from "vitest";
import type { ClientStatus } from "#engine/client";
import { CloseCode } from "#engine/shared";
import { Rejoin } from "./rejoin.ts";

const STOPPED: ClientStatus = { phase: "lost", code: CloseCode.GOING_AWAY, reason: "The server has been stopped." };

/** A page that has lost its session at 0 ms; `advanceTo` runs it in steps of 100 ms, and lets what was asked be answered. */
function pageWith({ status = STOPPED, hasPlayed = true, upAtMs = Infinity, random = 0 }) {
  const asked: number[] = [];
  const joined: number[] = [];
  let nowMs = 0;
  const rejoin = new Rejoin({
    random: () => random,
    isServerUp: () => {
      asked.push(nowMs);
      return Promise.resolve(nowMs >= upAtMs);
    },
    join: () => joined.push(nowMs),
  });
  const advanceTo = async (untilMs: number): Promise<void> => {
    for (; nowMs < untilMs; nowMs += 100) {
      rejoin.advance(status, hasPlayed, nowMs);
      await Promise.resolve();
      await Promise.resolve();
    }
    rejoin.advance(status, hasPlayed, nowMs);
    await Promise.resolve();
  };
  return { rejoin, asked, joined, advanceTo };
}

test("a server that is back after 10 s is found at the third try, 14 s after the loss, and is joined once", async () => {
  const { rejoin, asked, joined, advanceTo } = pageWith({ upAtMs: 10_000 });

  await advanceTo(1_000);
  expect(rejoin.secondsLeft(1_000)).toBe(1);
  await advanceTo(60_000);

  // Each pause begins a step of 100 ms behind the answer before it.
  expect(asked).toEqual([2_000, 6_100, 14_200]);
  expect(joined).toEqual([14_200]);
  expect(rejoin.secondsLeft(60_000)).toBeUndefined();
});

test("luck shortens a pause by up to a half", async () => {
  const { joined, advanceTo } = pageWith({ upAtMs: 0, random: 1 });

  await advanceTo(5_000);

  expect(joined).toEqual([1_000]);
});

test("a server that stays away is asked for 20 times, at most 15 s apart, and then no more", async () => {
  const { rejoin, asked, joined, advanceTo } = pageWith({});

  await advanceTo(600_000);

  expect(asked.length).toBe(20);
  expect(asked[19]! - asked[18]!).toBe(15_100);
  expect(joined).toEqual([]);
  expect(rejoin.secondsLeft(600_000)).toBeUndefined();
});

test("a player who says stop is not joined again, though the server is there a second later", async () => {
  const { rejoin, asked, joined, advanceTo } = pageWith({ upAtMs: 0 });

  await advanceTo(1_000);
  rejoin.stop();
  await advanceTo(60_000);

  expect([asked, joined]).toEqual([[], []]);
});

test.each([
  { name: "a session that the new server does not know", code: CloseCode.SESSION_LOST, hasPlayed: true, joins: 1 },
  { name: "a connection that did not come back", code: CloseCode.ABNORMAL, hasPlayed: true, joins: 1 },
  { name: "a server that never let the player in", code: CloseCode.ABNORMAL, hasPlayed: false, joins: 0 },
  { name: "a page that is too old", code: CloseCode.PROTOCOL_MISMATCH, hasPlayed: true, joins: 0 },
  { name: "a player who said too much", code: CloseCode.FLOOD, hasPlayed: true, joins: 0 },
  { name: "a player who left", code: CloseCode.NORMAL, hasPlayed: true, joins: 0 },
])("$name: joined $joins times", async ({ code, hasPlayed, joins }) => {
  const { joined, advanceTo } = pageWith({ status: { ...STOPPED, code }, hasPlayed, upAtMs: 0 });

  await advanceTo(60_000);

  expect(joined.length).toBe(joins);
});
