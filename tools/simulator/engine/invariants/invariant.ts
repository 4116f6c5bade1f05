import type { GameClient } from "#engine/client";
import type { Room } from "#engine/server";
import type { GameTypes, PlayerId } from "#engine/shared";
import type { SessionWatcher } from "../session-watcher.ts";
import type { SimulatedPlayer } from "../simulated-player.ts";

/** A session under the eyes of invariants. */
export interface WatchedSession<Types extends GameTypes> {
  readonly room: Room<Types>;
  /** By the order of joining; whoever comes again is another one. */
  readonly players: readonly Pick<SimulatedPlayer<Types>, "client" | "links" | "serverConnections">[];
  /** Whether a player has left by its own will. */
  hasLeft(player: number): boolean;
}

/** Says what does not hold, though it should: when, of which player, what was expected, and what was found. */
export type Tell = (atMs: number, player: number | undefined, says: string) => void;

/**
 * Something that must hold at every moment of a session, or when it ends after some seconds without a fault. It looks on
 * and changes nothing.
 */
export interface Invariant extends SessionWatcher {
  /** A sentence that says what holds. */
  readonly sentence: string;
  /** The session is over, and the network has been calm. */
  onEnd?(atMs: number): void;
}

/** An invariant that did not hold. */
export interface BrokenInvariant {
  /** What should hold. */
  readonly invariant: string;
  /** Of virtual time. */
  readonly atMs: number;
  /** Which player, by the order of joining, or of the plan; undefined where it is none's. */
  readonly player: number | undefined;
  /** What was expected, and what was found. */
  readonly says: string;
}

/** Makes an invariant that looks on a session, before time moves. */
export type InvariantMaker<Types extends GameTypes> = (session: WatchedSession<Types>, tell: Tell) => Invariant;

/** The player whom the room knows by this number, which may have been another's who is gone; -1 when that is nobody. */
export function playerCalled<Types extends GameTypes>(
  players: WatchedSession<Types>["players"],
  playerId: PlayerId,
): number {
  return players.findLastIndex(({ client }) => client.playerId === playerId && !isLost(client));
}

/** Whether a player is to be as everybody else: it has not left, and has not been given up before it was there. */
export function isExpected<Types extends GameTypes>(session: WatchedSession<Types>, player: number): boolean {
  const { client, serverConnections } = session.players[player]!;
  if (session.hasLeft(player)) return false;
  // A room does not wait for a player who has never answered it, and a client without a Welcome does not try again.
  return !isLost(client) || (client.playerId !== undefined && serverConnections.some((each) => each.answeredBytes > 0));
}

function isLost<Types extends GameTypes>({ status }: Pick<GameClient<Types>, "status">): boolean {
  return status.phase === "lost";
}
