import { checkWhole, type GameTypes, Rng, SEED_MAX } from "#engine/shared";
import { FeelMeter, type FeelReport } from "./feel-meter.ts";
import type { FeelRules } from "./feel-rules.ts";
import { type BrokenCount, countBroken } from "./invariants/broken-count.ts";
import { EverybodyPlays } from "./invariants/everybody-plays.ts";
import { gameInvariants } from "./invariants/game-invariants.ts";
import { type LinkConditions, linkMistake, linkNamed, mistakeIn } from "./link-conditions.ts";
import { inputsFrom, type PlayedGame } from "./played-game.ts";
import { SimulatedSession } from "./simulated-session.ts";

/** A session that is to be played. */
export interface RunOptions<Types extends GameTypes> extends PlayedGame<Types> {
  /** 1 to 1,000. */
  readonly players: number;
  /** A name as `linkNamed` takes it, or what each player's link is like. */
  readonly link: string | LinkConditions;
  /** Of all luck: a whole number, 0 to 4,294,967,295. */
  readonly seed: number;
  /**
   * How much virtual time is measured, 1 to 3,600; 60 by default. It begins at 5 s: the first 5 do not count, for players
   * are still coming then, and clocks find their pace.
   */
  readonly seconds?: number;
  /** Without it no hit is counted, and every correction is a calm one. */
  readonly feel?: FeelRules<Types>;
}

/**
 * What came of a session: how it felt, and whether all held that must. What is broken is counted from the beginning; all
 * other figures are of `measuredSeconds`, which begin at 5 s.
 */
export interface RunReport extends FeelReport, BrokenCount {
  readonly measuredSeconds: number;
}

/** By then everybody has come, and clocks have found their pace. */
export const COMING_MS = 5_000;
const SECONDS_MAX = 3_600;
const PLAYERS_MAX = 1_000;

/**
 * Plays a whole session in virtual time, with a real room and real clients, and says how it felt. The same options give
 * the same report, on every machine. Throws a RangeError, a TypeError or a `GameDefinitionError` that says which option,
 * or member of the game, cannot be, and what can.
 */
export function run<Types extends GameTypes>(options: RunOptions<Types>): RunReport {
  const { game, clientGame, play, joinOptions = {}, players, seed, seconds = 60, feel } = options;
  checkWhole("seed", seed, 0, SEED_MAX);
  checkWhole("players", players, 1, PLAYERS_MAX);
  checkSeconds(seconds);
  const session = new SimulatedSession<Types>({ game, seed, link: linkOf(options.link), playersMax: players });
  const broken = countBroken(session, [
    ...gameInvariants(game),
    (watched, tell) => new EverybodyPlays(watched, tell, game),
  ]);
  const meter = new FeelMeter(session, game.tickRate, feel);
  const seeds = new Rng(seed);
  for (let player = 0; player < players; player++) {
    const readInput = inputsFrom(play, new Rng(seeds.below(4_294_967_296)));
    session.join({ ...(clientGame && { game: clientGame }), joinOptions, readInput });
  }
  session.advanceTo(COMING_MS);
  meter.restart();
  session.advanceTo(COMING_MS + 1_000 * seconds);
  return { ...meter.report(), measuredSeconds: seconds, ...broken.end() };
}

function checkSeconds(seconds: number): void {
  if (seconds >= 1 && seconds <= SECONDS_MAX) return;
  const why = `the first ${COMING_MS / 1_000} s do not count, and so many are measured after them`;
  throw new RangeError(`seconds is ${seconds}, but must be a number from 1 to ${SECONDS_MAX}: ${why}`);
}

function linkOf(link: string | LinkConditions): LinkConditions {
  const conditions: unknown = typeof link === "string" ? linkNamed(link) : link;
  if (!isConditions(conditions)) {
    const found = typeof link === "string" ? link : JSON.stringify(link);
    throw new RangeError(`link is conditions, or ${linkMistake(found)}`);
  }
  const mistake = mistakeIn(conditions);
  if (mistake !== undefined) throw new RangeError(`link: ${mistake}`);
  return conditions;
}

function isConditions(value: unknown): value is LinkConditions {
  return typeof value === "object" && value !== null;
}
