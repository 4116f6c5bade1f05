import type { PlayerId, Viewpoint } from "#engine/shared";
import { NAME_BYTES_MAX } from "../../shared/schema/generated/arena.ts";
import { CHAT_BURST, CHAT_PERIOD_TICKS, SCORE_MAX } from "../../shared/arena/tuning.ts";
import { plainText } from "./plain-text.ts";
import type { TerrainDelivery } from "./terrain-delivery.ts";

/** A player as the rules see one; outlives the player's ships. */
export interface Pilot {
  readonly playerId: PlayerId;
  readonly name: string;
  /** 0 to SCORE_MAX. */
  score: number;
  /** Undefined between two ships. */
  shipSlot: number | undefined;
  /** Without a ship: the tick in which the next one comes. */
  respawnTick: number;
  /** Where the next ship comes, as soon as the terrain around has arrived at the player. */
  nextPlace: Viewpoint | undefined;
  /** The terrain on its way to the player; undefined before it is. */
  delivery: TerrainDelivery | undefined;
  /** Where the last ship ended, or the first one comes, in units. */
  lastX: number;
  lastY: number;
  /** What is left of the right to speak: a line takes CHAT_PERIOD_TICKS of it, each tick gives one back. */
  chatTicks: number;
  chatSinceTick: number;
}

/** Everyone in the room, by rising player: the order in which rules are applied. */
export class Pilots {
  private readonly sorted: Pilot[] = [];
  private readonly byPlayer = new Map<PlayerId, Pilot>();

  get all(): readonly Pilot[] {
    return this.sorted;
  }

  get(playerId: PlayerId): Pilot | undefined {
    return this.byPlayer.get(playerId);
  }

  add(pilot: Pilot): void {
    if (this.byPlayer.has(pilot.playerId)) throw new Error(`player ${pilot.playerId} is in the room already`);
    this.byPlayer.set(pilot.playerId, pilot);
    const behind = this.sorted.findIndex((other) => other.playerId > pilot.playerId);
    this.sorted.splice(behind < 0 ? this.sorted.length : behind, 0, pilot);
  }

  remove(playerId: PlayerId): Pilot | undefined {
    const pilot = this.byPlayer.get(playerId);
    if (pilot === undefined) return undefined;
    this.byPlayer.delete(playerId);
    this.sorted.splice(this.sorted.indexOf(pilot), 1);
    return pilot;
  }
}

/** A newcomer. `options` may be anything; a `name` that is a string is asked for, the rest ignored. */
export function createPilot(playerId: PlayerId, options: unknown, tick: number): Pilot {
  return {
    playerId,
    name: nameFrom(options) || `Pilot ${playerId + 1}`,
    score: 0,
    shipSlot: undefined,
    respawnTick: tick,
    nextPlace: undefined,
    delivery: undefined,
    lastX: 0,
    lastY: 0,
    chatTicks: CHAT_BURST * CHAT_PERIOD_TICKS,
    chatSinceTick: tick,
  };
}

function nameFrom(options: unknown): string {
  if (typeof options !== "object" || options === null || !Object.hasOwn(options, "name")) return "";
  const { name } = options as { name: unknown };
  return typeof name === "string" ? plainText(name, NAME_BYTES_MAX) : "";
}

export function addScore(pilot: Pilot, points: number): void {
  pilot.score = Math.min(pilot.score + points, SCORE_MAX);
}

/** Whether the pilot may say a line now; counts it as said. */
export function takeChatTurn(pilot: Pilot, tick: number): boolean {
  const regained = tick - pilot.chatSinceTick;
  pilot.chatTicks = Math.min(pilot.chatTicks + regained, CHAT_BURST * CHAT_PERIOD_TICKS);
  pilot.chatSinceTick = tick;
  if (pilot.chatTicks < CHAT_PERIOD_TICKS) return false;
  pilot.chatTicks -= CHAT_PERIOD_TICKS;
  return true;
}
