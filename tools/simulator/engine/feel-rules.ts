import type { GameClient } from "#engine/client";
import type { GameTypes, PlayerId, PlayerInput } from "#engine/shared";

/** What of the feel of a session only its game knows; each may be left out, and all only look. */
export interface FeelRules<Types extends GameTypes> {
  /** Before each tick of the room, whose world is as the last one left it. */
  beforeTick?(world: Types["World"], inputs: readonly PlayerInput<Types["Input"]>[]): void;
  /** After each tick: whether something moved or hurt what is the player's, besides its input. */
  isDisturbed?(world: Types["World"], playerId: PlayerId): boolean;
  /** After each display frame of a player: how many hits it shows for the first time, by all that the player sees. */
  claimedHits?(client: GameClient<Types>): number;
  /** After each tick of the room: how many hits of the player it brought. */
  confirmedHits?(world: Types["World"], playerId: PlayerId): number;
}
