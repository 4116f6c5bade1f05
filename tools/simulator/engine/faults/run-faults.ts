import type { GameTypes } from "#engine/shared";
import { InputsInSequence } from "../invariants/inputs-in-sequence.ts";
import type { InvariantMaker } from "../invariants/invariant.ts";
import { MessagesArrive } from "../invariants/messages-arrive.ts";
import { QueuesAreBounded } from "../invariants/queues-are-bounded.ts";
import { TicksAreKnown } from "../invariants/ticks-are-known.ts";
import { ViewsAreTrue } from "../invariants/views-are-true.ts";
import { drawFaultPlan, type FaultPlan } from "./fault-plan.ts";
import { FaultSession, type FaultSessionOptions } from "./fault-session.ts";
import { PacketLog } from "./packet-log.ts";

/** What is run, and what it is held to. */
export interface FaultRunOptions<Types extends GameTypes> extends Omit<FaultSessionOptions<Types>, "plan"> {
  /** Drawn by the seed where it is not given. */
  readonly plan?: FaultPlan;
  /** Of a plan that is drawn: 4 unless given, 1 to 64. */
  readonly players?: number;
  /** Of a plan that is drawn, of virtual time: 20 unless given, 9 to 3,600. */
  readonly seconds?: number;
  /** `gameInvariants` of the game, unless given. */
  readonly invariants?: readonly InvariantMaker<Types>[];
  /** Whether a second run is to give the same packets. */
  readonly isTwice?: boolean;
}

/** An invariant that did not hold. */
export interface BrokenInvariant {
  /** What should hold. */
  readonly invariant: string;
  /** Of virtual time. */
  readonly atMs: number;
  /** The player of the plan; undefined where it is none's. */
  readonly player: number | undefined;
  /** What was expected, and what was found. */
  readonly says: string;
}

/** What came of a session under faults. */
export interface FaultReport {
  readonly seed: number;
  readonly plan: FaultPlan;
  /** In the order of finding, at most `BROKEN_MAX`. */
  readonly brokenInvariants: readonly BrokenInvariant[];
  /** Of every packet with its moment and its way, u32. */
  readonly packetLogHash: number;
  readonly packets: number;
}

/** Of one run: what follows from the first is of little use. */
export const BROKEN_MAX = 20;
/** What two runs are held to. */
export const SAME_PACKETS = "two runs of a seed and a plan give the same packets";
const GAME_IS_RIGHT = "the game finds everything as it should be";

/** All that holds for every game; `game` says what is to be seen, whatever the room plays. */
export function gameInvariants<Types extends GameTypes>(
  game: FaultSessionOptions<Types>["game"],
): readonly InvariantMaker<Types>[] {
  return [
    (session, tell) => new TicksAreKnown(session, tell, game),
    (session, tell) => new ViewsAreTrue(session, tell, game),
    (session, tell) => new InputsInSequence(session, tell, game.protocol),
    (session, tell) => new MessagesArrive(session, tell, game.protocol),
    (session, tell) => new QueuesAreBounded(session, tell),
  ];
}

/** Runs a whole session under faults, in virtual time, and says what did not hold. The same options give the same report. */
export function runFaults<Types extends GameTypes>(options: FaultRunOptions<Types>): FaultReport {
  const { game, play, seed, players = 4, seconds = 20 } = options;
  const plan = options.plan ?? drawFaultPlan(seed, players, seconds);
  const sessionOptions = { game, play, seed, plan };
  const session = new FaultSession(sessionOptions);
  const log = new PacketLog();
  session.watch(log);
  const broken: BrokenInvariant[] = [];
  const tellFor = (invariant: string) => (atMs: number, player: number | undefined, says: string) => {
    const place = player === undefined ? undefined : session.placeOf[player];
    if (broken.length < BROKEN_MAX) broken.push({ invariant, atMs, player: place, says });
  };
  const invariants = (options.invariants ?? gameInvariants(game)).map((make) => {
    const invariant = make(session, (atMs, player, says) => {
      tellFor(invariant.sentence)(atMs, player, says);
    });
    session.watch(invariant);
    return invariant;
  });
  session.run();
  const endMs = plan.seconds * 1_000;
  for (const invariant of invariants) invariant.onEnd?.(endMs);
  for (const { player, says } of session.mistakes()) tellFor(GAME_IS_RIGHT)(endMs, player, says);
  if (options.isTwice === true) {
    const again = packetLogOf(sessionOptions);
    const found = `expected packets of hash ${log.hash}, found ${again.hash}`;
    if (again.hash !== log.hash) tellFor(SAME_PACKETS)(endMs, undefined, found);
  }
  return { seed, plan, brokenInvariants: broken, packetLogHash: log.hash, packets: log.packets };
}

/** Nobody else looks on: looking on changes nothing. */
function packetLogOf<Types extends GameTypes>(options: FaultSessionOptions<Types>): PacketLog {
  const session = new FaultSession(options);
  const log = new PacketLog();
  session.watch(log);
  session.run();
  return log;
}
