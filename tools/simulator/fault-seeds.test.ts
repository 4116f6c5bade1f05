import { expect, test, vi } from "vitest";
import type { Fault, FaultPlan } from "./engine/faults/fault-plan.ts";
import type { Part } from "./engine/faults/fault-session.ts";
import { type FailedRun, runSeeds } from "./engine/faults/run-seeds.ts";
import { playsNumbers, talker, talkingGame } from "./numbered-faults.ts";
import type { NumberedTypes } from "./numbered-game.ts";
import { livelySkirmish, lookOn } from "./skirmish-faults.ts";

/** They take 5 s each, on a machine that has nothing else to do. */
vi.setConfig({ testTimeout: 120_000 });

/** Ten faults, one of them a link that is torn. */
const PLAN: FaultPlan = {
  seconds: 14,
  links: ["lan", "lan", "lan", "lan"],
  faults: Array.from({ length: 10 }, (_, i): Fault => {
    const [player, atMs] = [i % 4, 500 * i];
    return i === 7 ? { kind: "reset", player, atMs } : { kind: "freeze", player, atMs, lastsMs: 100 };
  }),
};

/** Who finds a session wrong that has gone on over another connection. */
function hatesResuming(): Part<NumberedTypes> {
  return {
    ...talker(),
    mistakes: (_session, { links }) => (links.length > 1 ? [`expected 1 link, found ${links.length}`] : []),
  };
}

test("seeds 1 to 8: inputs, and messages on every lane, of 4 players who are numbered; each twice with the same packets", () => {
  const failed: FailedRun[] = [];
  const sessions: number[] = [];
  const count = runSeeds({
    game: talkingGame(),
    play: playsNumbers(),
    partOf: talker,
    firstSeed: 1,
    count: 8,
    isTwice: true,
    onDone: (done) => sessions.push(done),
    onFailed: (run) => failed.push(run),
  });

  expect(failed).toEqual([]);
  expect(count).toBe(0);
  expect(sessions.at(-1)).toBe(8);
});

test("seeds 1 to 5: views of a world in which things come, go, hide, jump and change owners", async () => {
  const failed: FailedRun[] = [];
  runSeeds({
    game: await livelySkirmish(),
    play: lookOn,
    firstSeed: 1,
    count: 5,
    onFailed: (run) => failed.push(run),
  });

  expect(failed).toEqual([]);
});

test("a seed that fails comes with a plan of the one fault that it takes", () => {
  const failed: FailedRun[] = [];
  const count = runSeeds({
    game: talkingGame(),
    play: playsNumbers(),
    partOf: hatesResuming,
    firstSeed: 5,
    count: 1,
    plan: PLAN,
    onFailed: (run) => failed.push(run),
  });

  expect(count).toBe(1);
  const broken = { atMs: 14_000, player: 3, says: "expected 1 link, found 2" };
  expect(failed).toEqual([
    {
      seed: 5,
      plan: { ...PLAN, faults: [{ kind: "reset", player: 3, atMs: 3_500 }] },
      brokenInvariants: [{ ...broken, invariant: "the game finds everything as it should be" }],
    },
  ]);
});
