import type { PlayerId } from "#engine/shared";
import { LEADERBOARD_ROWS_MAX, NAME_BYTES_MAX, NOBODY } from "../../shared/schema/generated/arena.ts";
import type { ServerMessage } from "../../shared/schema/generated/arena.ts";
import { displayText } from "./display-text.ts";

/** A line of text that a player said. */
export interface ChatLine {
  readonly name: string;
  readonly text: string;
  readonly isOwn: boolean;
  readonly saidAtMs: number;
}

/** Who ended whom. `killer` is undefined when no player did it. */
export interface KillLine {
  readonly killer: string | undefined;
  readonly victim: string;
  readonly isKillerOwn: boolean;
  readonly isVictimOwn: boolean;
  readonly happenedAtMs: number;
}

/** A row of the leaderboard. */
export interface ScoreLine {
  readonly rank: number;
  readonly name: string;
  readonly score: number;
  readonly isOwn: boolean;
}

/** The player's own end, until the next ship. */
export interface OwnEnd {
  readonly killer: string | undefined;
  readonly happenedAtMs: number;
}

/** Lines kept for the screen; the oldest go first. */
export const CHAT_LINES_MAX = 6;
export const KILL_LINES_MAX = 5;
/** Code points of a chat line that are shown. */
const CHAT_LENGTH_MAX = 160;
/** No view is older than the messages by more than this. */
const VIEW_LAG_MS_MAX = 1000;

/**
 * What the server told of the match besides its world: names, scores, ends and chat, ready to be shown.
 *
 * Texts of other players pass through `displayText` here and nowhere else.
 */
export class MatchFeed {
  leaderboard: readonly ScoreLine[] = [];
  kills: readonly KillLine[] = [];
  chat: readonly ChatLine[] = [];
  /** Undefined while the player has a ship, as far as messages tell. */
  ownEnd: OwnEnd | undefined;
  /** Rises with every change. */
  version = 0;
  private hasBeenAway = false;
  private readonly names = new Map<PlayerId, string>();
  private scores: readonly { readonly playerId: PlayerId; readonly score: number }[] = [];

  /** What to call a player; one whose name has not arrived has a number, as the server gives to those without a name. */
  nameOf(playerId: PlayerId): string {
    return this.names.get(playerId) ?? `Pilot ${playerId + 1}`;
  }

  /** `nowMs`: when the message arrived. */
  apply(message: ServerMessage, ownId: PlayerId | undefined, nowMs: number): void {
    switch (message.type) {
      case "Roster":
        for (const { playerId, name } of message.value.rows) this.rename(playerId, name);
        break;
      case "PlayerJoined":
        this.rename(message.value.playerId, message.value.name);
        break;
      case "PlayerLeft":
        this.forget(message.value.playerId);
        break;
      case "Leaderboard":
        this.scores = message.value.rows.slice(0, LEADERBOARD_ROWS_MAX);
        break;
      case "Kill":
        this.addKill(message.value.killer, message.value.victim, ownId, nowMs);
        break;
      case "ChatSaid":
        this.addChat(message.value.playerId, message.value.text, ownId, nowMs);
        break;
      case "TerrainEdits":
      case "TerrainDug":
        return;
    }
    this.version += 1;
    this.leaderboard = this.scores.map(({ playerId, score }, index) => ({
      rank: index + 1,
      name: this.nameOf(playerId),
      score,
      isOwn: playerId === ownId,
    }));
  }

  /**
   * Once a display frame: whether the player's ship is in the view. The view is a little older than the messages,
   * so that a ship which has just ended may still be there.
   */
  ownShipIs(isThere: boolean, nowMs: number): void {
    if (this.ownEnd === undefined) return;
    if (!isThere) this.hasBeenAway = true;
    else if (this.hasBeenAway || nowMs - this.ownEnd.happenedAtMs > VIEW_LAG_MS_MAX) this.ownEnd = undefined;
  }

  private rename(playerId: PlayerId, name: string): void {
    const shown = displayText(name, NAME_BYTES_MAX);
    if (shown === "") this.names.delete(playerId);
    else this.names.set(playerId, shown);
  }

  private forget(playerId: PlayerId): void {
    this.names.delete(playerId);
    this.scores = this.scores.filter((row) => row.playerId !== playerId);
  }

  private addKill(killerId: PlayerId, victimId: PlayerId, ownId: PlayerId | undefined, nowMs: number): void {
    const killer = killerId === NOBODY || killerId === victimId ? undefined : this.nameOf(killerId);
    const isKillerOwn = killer !== undefined && killerId === ownId;
    const isVictimOwn = victimId === ownId;
    const line = { killer, victim: this.nameOf(victimId), isKillerOwn, isVictimOwn, happenedAtMs: nowMs };
    this.kills = [...this.kills, line].slice(-KILL_LINES_MAX);
    if (!isVictimOwn) return;
    this.ownEnd = { killer, happenedAtMs: nowMs };
    this.hasBeenAway = false;
  }

  private addChat(playerId: PlayerId, said: string, ownId: PlayerId | undefined, nowMs: number): void {
    const text = displayText(said, CHAT_LENGTH_MAX);
    if (text === "") return;
    const line = { name: this.nameOf(playerId), text, isOwn: playerId === ownId, saidAtMs: nowMs };
    this.chat = [...this.chat, line].slice(-CHAT_LINES_MAX);
  }
}
