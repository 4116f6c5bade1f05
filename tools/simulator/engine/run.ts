import type { GameClient } from "#engine/client";
import { type GameDefinition, type GameTypes, Rng, type SharedGame } from "#engine/shared";
import { FeelMeter, type FeelReport } from "./feel-meter.ts";
import type { FeelRules } from "./feel-rules.ts";
import { countBroken } from "./invariants/game-invariants.ts";
import { type LinkConditions, linkNamed, NAMED_LINKS } from "./link-conditions.ts";
import { SimulatedSession } from "./simulated-session.ts";

/** A session that is to be played. */
export interface RunOptions<Types extends GameTypes> {
  readonly game: GameDefinition<Types>;
  /** What clients know of it; by default what the room knows. */
  readonly clientGame?: SharedGame<Types>;
  /** Asked once a tick of each player: what it wants. `random` is the player's own. */
  readonly play: (client: GameClient<Types>, random: Rng) => Types["Input"];
  readonly players: number;
  /** One of `NAMED_LINKS`, or what each player's link is like. */
  readonly link: string | LinkConditions;
  readonly seed: number;
  /** Of virtual time, from when everybody has come; 60 by default. */
  readonly seconds?: number;
  /** Without it no hit is counted, and every correction is a calm one. */
  readonly feel?: FeelRules<Types>;
}

/** What came of a session: how it felt, and whether all held that must. */
export interface RunReport extends FeelReport {
  /** How often something did not hold that must in every session: `gameInvariants`. */
  readonly invariantsBroken: number;
}

/** By then everybody has come, and clocks have found their pace. */
const COMING_MS = 5_000;

/**
 * Plays a whole session in virtual time, with a real room and real clients, and says how it felt. The same options give
 * the same report, on every machine. Throws a RangeError for a link that has no such name.
 */
export function run<Types extends GameTypes>(options: RunOptions<Types>): RunReport {
  const { game, clientGame, play, players, seed, seconds = 60, feel } = options;
  const session = new SimulatedSession<Types>({ game, seed, link: linkOf(options.link), playersMax: players });
  const broken = countBroken(session, game);
  const meter = new FeelMeter(session, game.tickRate, feel);
  const seeds = new Rng(seed);
  for (let player = 0; player < players; player++) {
    const random = new Rng(seeds.below(4_294_967_296));
    session.join({
      ...(clientGame && { game: clientGame }),
      joinOptions: {},
      readInput: (client) => play(client, random),
    });
  }
  session.advanceTo(COMING_MS);
  meter.restart();
  session.advanceTo(COMING_MS + 1_000 * seconds);
  return { ...meter.report(), invariantsBroken: broken.end() };
}

function linkOf(link: string | LinkConditions): LinkConditions {
  if (typeof link !== "string") return link;
  const conditions = linkNamed(link);
  if (conditions !== undefined) return conditions;
  throw new RangeError(`link is one of ${Object.keys(NAMED_LINKS).join(", ")}, or conditions; not "${link}"`);
}
