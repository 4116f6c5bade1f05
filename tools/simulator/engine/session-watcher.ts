import type { PlayerId } from "#engine/shared";

/** Down: from the room to a player. */
export type Way = "down" | "up";

/** A packet at one end of its link. */
export interface WatchedPacket {
  /** The player whose link it is, by the order of joining, from 0. */
  readonly player: number;
  /** Which of the player's links, by the order of opening, from 0. */
  readonly link: number;
  readonly way: Way;
  readonly packet: Uint8Array;
  readonly atMs: number;
}

/** Told of what happens in a simulated session, when it happens; each says what it wants to hear of. */
export interface SessionWatcher {
  onPacketSent?(packet: WatchedPacket): void;
  /** It is at the receiver, whose engine has not seen it yet. */
  onPacketReceived?(packet: WatchedPacket): void;
  /** The room's game sends a player a message. It leaves when its lane may. */
  onRoomSays?(playerId: PlayerId, message: Uint8Array, atMs: number): void;
  /** A player sends the room's game a message. */
  onPlayerSays?(player: number, message: Uint8Array, atMs: number): void;
}
