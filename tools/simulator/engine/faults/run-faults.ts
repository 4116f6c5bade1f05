import { checkWhole, type GameTypes, SEED_MAX } from "#engine/shared";
import { gameInvariants, type TellBroken, watchInvariants } from "../invariants/game-invariants.ts";
import type { BrokenInvariant, InvariantMaker } from "../invariants/invariant.ts";
import { drawFaultPlan, type FaultPlan, faultPlanFrom } from "./fault-plan.ts";
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

/**
 * Runs a whole session under faults, in virtual time, and says what did not hold. The same options give the same report.
 * Throws a RangeError, a TypeError or a `GameDefinitionError` that says which option, or member of the game, cannot be.
 */
export function runFaults<Types extends GameTypes>(options: FaultRunOptions<Types>): FaultReport {
  const { game, seed, players = 4, seconds = 20 } = options;
  checkWhole("seed", seed, 0, SEED_MAX);
  const plan = options.plan === undefined ? drawFaultPlan(seed, players, seconds) : checkedPlan(options.plan);
  const sessionOptions = { ...options, plan };
  const session = new FaultSession(sessionOptions);
  const log = new PacketLog();
  session.watch(log);
  const broken: BrokenInvariant[] = [];
  const tell: TellBroken = (invariant, atMs, player, says) => {
    const place = player === undefined ? undefined : session.placeOf[player];
    if (broken.length < BROKEN_MAX) broken.push({ invariant, atMs, player: place, says });
  };
  const invariants = watchInvariants(options.invariants ?? gameInvariants(game), session, tell);
  session.run();
  const endMs = plan.seconds * 1_000;
  for (const invariant of invariants) invariant.onEnd?.(endMs);
  for (const { player, says } of session.mistakes()) tell(GAME_IS_RIGHT, endMs, player, says);
  if (options.isTwice === true) {
    const again = packetLogOf(sessionOptions);
    const found = `expected packets of hash ${log.hash}, found ${again.hash}`;
    if (again.hash !== log.hash) tell(SAME_PACKETS, endMs, undefined, found);
  }
  return { seed, plan, brokenInvariants: broken, packetLogHash: log.hash, packets: log.packets };
}

function checkedPlan(plan: FaultPlan): FaultPlan {
  const checked = faultPlanFrom(plan);
  if ("error" in checked) throw new RangeError(`plan: ${checked.error}`);
  return checked;
}

/** Nobody else looks on: looking on changes nothing. */
function packetLogOf<Types extends GameTypes>(options: FaultSessionOptions<Types>): PacketLog {
  const session = new FaultSession(options);
  const log = new PacketLog();
  session.watch(log);
  session.run();
  return log;
}
