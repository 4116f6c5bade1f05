import { expect, test } from "vitest";
import { GameDefinitionError } from "#engine/shared";
import { numberedGame } from "../numbered-game.ts";
import { linkNamed } from "./link-conditions.ts";
import { run, type RunReport } from "./run.ts";

const GAME = numberedGame();
const COMES_AND_PLAYS =
  "every player is in the room in the end, and has had something of its own where the game knows owners";

/** A second of two players, with some options of another kind, as an author without types may write them. */
function runWith(options: object): RunReport {
  const usual = { game: GAME, play: () => 7, players: 2, link: "lan", seed: 1, seconds: 1 };
  return run({ ...usual, ...options });
}

const SECONDS = "but must be a number from 1 to 3600: the first 5 s do not count, and so many are measured after them";
const SEED = "but must be a whole number from 0 to 4294967295";
const PLAYERS = "but must be a whole number from 1 to 1000";

test.each([
  [{ seconds: 0 }, { seconds: 1 }, `seconds is 0, ${SECONDS}`],
  [{ seconds: -3 }, { seconds: 1.5 }, `seconds is -3, ${SECONDS}`],
  [{ seconds: NaN }, {}, `seconds is NaN, ${SECONDS}`],
  [{ seed: undefined }, { seed: 0 }, `seed is undefined, ${SEED}`],
  [{ seed: -1 }, { seed: 4_294_967_295 }, `seed is -1, ${SEED}`],
  [{ seed: 1.5 }, { seed: 1 }, `seed is 1.5, ${SEED}`],
  [{ players: 0 }, { players: 1 }, `players is 0, ${PLAYERS}`],
  [{ players: 1_001 }, { players: 3 }, `players is 1001, ${PLAYERS}`],
  [{ link: "5g" }, { link: "3g" }, /^link is conditions, or one of lan, fibre, 4g, .*; not "5g"$/],
  [
    { link: undefined },
    { link: linkNamed("lan") },
    /^link is conditions, or one of lan, fibre, 4g, .*; not "undefined"$/,
  ],
  [
    { link: { rttMs: 50 } },
    { link: { downMbit: 8, upMbit: 2, rttMs: 50 } },
    "link: downMbit and upMbit are Mbit/s above 0; Infinity for no bottleneck",
  ],
  [{ play: undefined }, {}, "play is undefined: write a function, (client, random) => what the player wants"],
  [{ play: () => undefined }, { play: () => 0 }, "play gave undefined: it must return an input"],
])("a session with %j is not run, and one with %j is", (refused, accepted, says) => {
  expect(() => runWith(refused)).toThrow(says);
  expect(runWith(accepted).invariantsBroken).toBe(0);
});

test.each([
  [{ game: { ...GAME, tickRate: 0 } }, "game.tickRate is 0"],
  [{ game: { ...GAME, step: undefined } }, "game.step is undefined"],
  [{ game: { ...GAME, tables: () => undefined } }, "game.tables(world) is undefined"],
  [{ clientGame: { ...GAME, createWorld: undefined } }, "game.createWorld is undefined"],
  [{ clientGame: { ...GAME, protocol: undefined } }, "game.protocol is undefined"],
])("a session of %j is not run", (options, says) => {
  expect(() => runWith(options)).toThrow(GameDefinitionError);
  expect(() => runWith(options)).toThrow(says);
});

test("2 seconds are measured, and the 5 before them are not: 60 inputs of a player and 120 frames, none of them late", () => {
  const { measuredSeconds, lateInputShare, underrunShare, brokenInvariants } = runWith({ seconds: 2 });

  expect({ measuredSeconds, lateInputShare, underrunShare, brokenInvariants }).toEqual({
    measuredSeconds: 2,
    lateInputShare: 0,
    underrunShare: 0,
    brokenInvariants: [],
  });
});

test("2 players whose page is of another schema are not in the room: the report says so, and measures nothing", () => {
  const report = runWith({ clientGame: { ...GAME, protocol: { ...GAME.protocol, hash: 2, versions: [] } } });

  expect(report.lateInputShare).toBeNull();
  expect(report.invariantsBroken).toBe(2);
  expect(report.brokenInvariants).toEqual([
    {
      invariant: COMES_AND_PLAYS,
      atMs: 6_000,
      player: 0,
      says: "expected to find it in the room, found it lost",
      times: 2,
    },
  ]);
});

test("what every player tells at the join is told to the game", () => {
  const told: unknown[] = [];
  const game = { ...GAME, addPlayer: (...args: Parameters<typeof GAME.addPlayer>) => told.push(args[2]) };
  runWith({ game, joinOptions: { name: "Ada" } });

  expect(told).toEqual([{ name: "Ada" }, { name: "Ada" }]);
});
