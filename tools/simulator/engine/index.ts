/**
 * The door `tickwire/testing`: a network without sockets, rooms with clients on it, and whole sessions under faults, for
 * tests of games.
 */
export { drawFaultPlan, type Fault, type FaultPlan, faultPlanFrom } from "./faults/fault-plan.ts";
export {
  type Comer,
  type FaultGame,
  FaultSession,
  type FaultSessionOptions,
  type Part,
} from "./faults/fault-session.ts";
export type { FeelReport } from "./feel-meter.ts";
export type { FeelRules } from "./feel-rules.ts";
export { PacketLog } from "./faults/packet-log.ts";
export { type FaultReport, type FaultRunOptions, runFaults } from "./faults/run-faults.ts";
export { type FailedRun, runSeeds, type SeedRunsOptions } from "./faults/run-seeds.ts";
export { minimize, shrinkPlan, type StillFails } from "./faults/shrink-plan.ts";
export type { BrokenCount, OftenBroken } from "./invariants/broken-count.ts";
export { DrawnOnce } from "./invariants/drawn-once.ts";
export { EverybodyPlays } from "./invariants/everybody-plays.ts";
export { gameInvariants } from "./invariants/game-invariants.ts";
export { InputsInSequence } from "./invariants/inputs-in-sequence.ts";
export type { BrokenInvariant, Invariant, InvariantMaker, Tell, WatchedSession } from "./invariants/invariant.ts";
export { MessagesArrive } from "./invariants/messages-arrive.ts";
export { QueuesAreBounded } from "./invariants/queues-are-bounded.ts";
export { TicksAreKnown } from "./invariants/ticks-are-known.ts";
export { ViewsAreTrue } from "./invariants/views-are-true.ts";
export { type LinkConditions, linkNamed, NAMED_LINKS, type Outage, type Stall } from "./link-conditions.ts";
export type { Play, PlayedGame } from "./played-game.ts";
export { run, type RunOptions, type RunReport } from "./run.ts";
export { seededBytes } from "./seeded-bytes.ts";
export type { SessionWatcher, WatchedPacket, Way } from "./session-watcher.ts";
export type { SimulatedPlayer } from "./simulated-player.ts";
export { type JoinOptions, SimulatedSession, type SimulatedSessionOptions } from "./simulated-session.ts";
export { type LinkPair, type VirtualLink, VirtualNetwork } from "./virtual-network.ts";
