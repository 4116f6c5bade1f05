/** The door `tickwire/testing`: a network without sockets, and rooms with clients on it, for tests of games. */
export { type LinkConditions, linkNamed, NAMED_LINKS, type Outage } from "./link-conditions.ts";
export { seededBytes } from "./seeded-bytes.ts";
export type { SessionWatcher, WatchedPacket, Way } from "./session-watcher.ts";
export type { SimulatedPlayer } from "./simulated-player.ts";
export { type JoinOptions, SimulatedSession, type SimulatedSessionOptions } from "./simulated-session.ts";
export { type LinkPair, type VirtualLink, VirtualNetwork } from "./virtual-network.ts";
