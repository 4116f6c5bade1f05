import { expect, test } from "vitest";
import { numberedGame } from "../../numbered-game.ts";
import { run } from "../run.ts";
import { type FaultReport, runFaults } from "./run-faults.ts";

const GAME = numberedGame();
const PLAN = { seconds: 9, links: ["lan"], faults: [{ kind: "reset", player: 0, atMs: 700 }] };

/** Nine seconds of a player, with some options of another kind, as an author without types may write them. */
function faultsWith(options: object): FaultReport {
  const usual = { game: GAME, play: () => 7, players: 1, seconds: 9, seed: 1 };
  return runFaults({ ...usual, ...options });
}

const SEED = "but must be a whole number from 0 to 4294967295";

test.each([
  [{ seed: undefined }, { seed: 0 }, `seed is undefined, ${SEED}`],
  [{ seed: -1 }, { seed: 4_294_967_295 }, `seed is -1, ${SEED}`],
  [{ seconds: 8 }, { seconds: 9 }, /^seconds .*9.*3600/],
  [{ players: 65 }, { players: 2 }, /^players .*64/],
  [{ plan: { ...PLAN, links: ["5g"] } }, { plan: PLAN }, /^plan: a link is one of lan, .*; not "5g"$/],
  [{ play: undefined }, { play: () => 8 }, "play is undefined: write a function, (client, random) => "],
  [{ game: { ...GAME, tickRate: 0.5 } }, { game: { ...GAME, tickRate: 60 } }, "game.tickRate is 0.5: write "],
])("a session under faults with %j is not run, and one with %j is", (refused, accepted, says) => {
  expect(() => faultsWith(refused)).toThrow(says);
  expect(faultsWith(accepted).brokenInvariants).toEqual([]);
});

test("what plays a session plays one under faults too: 2 players, each with a luck of the seed, who tell their name", () => {
  const names: unknown[] = [];
  const game = { ...GAME, addPlayer: (...args: Parameters<typeof GAME.addPlayer>) => names.push(args[2]) };
  const wanted = new Map<unknown, number>();
  const play = (client: unknown, random: { below(end: number): number }): number => {
    const wish = random.below(60_000);
    if (!wanted.has(client)) wanted.set(client, wish);
    return wish;
  };
  const played = { game, play, joinOptions: { name: "Ada" }, players: 2, seed: 1 };

  run({ ...played, link: "lan", seconds: 1 });
  runFaults({ ...played, plan: { ...PLAN, links: ["lan", "lan"], faults: [] } });

  expect(names).toEqual(Array.from({ length: 4 }, () => ({ name: "Ada" })));
  expect(wanted.size).toBe(4);
  expect(new Set(wanted.values()).size).toBe(2);
});
