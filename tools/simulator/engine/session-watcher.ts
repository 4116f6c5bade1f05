import type { PlayerId, PlayerInput } from "#engine/shared";

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
  /** The room's game is given a player, or loses it. */
  onPlayerJoins?(playerId: PlayerId, atMs: number): void;
  onPlayerLeaves?(playerId: PlayerId, atMs: number): void;
  /** A message has come to the room's game, as it was sent. */
  onRoomHears?(playerId: PlayerId, message: Uint8Array, atMs: number): void;
  /** A message of the game has come to a player, as it was sent. */
  onPlayerHears?(player: number, message: Uint8Array, atMs: number): void;
  /** A player was asked what it wants. */
  onPlayerWants?(player: number, input: unknown, atMs: number): void;
  /** A player's client is about to predict a tick, in `world`, which is a mirror of its own … */
  onPlayerPredicts?(player: number, world: unknown, tick: number): void;
  /** … and has predicted it. */
  onPlayerPredicted?(player: number, world: unknown, tick: number): void;
  /** The room's game is about to simulate a tick with these inputs. */
  onRoomApplies?(inputs: readonly PlayerInput<unknown>[], atMs: number): void;
  /** The room has finished a tick. */
  onTick?(atMs: number): void;
  /** A player has drawn a display frame. */
  onFrame?(player: number, atMs: number): void;
}
