import type { GameTypes, PlayerId, Protocol } from "#engine/shared";
import { GAME_OPCODE_MIN } from "../../../../shared/engine/transport/lane.ts";
import { type Invariant, isExpected, playerCalled, type Tell, type WatchedSession } from "./invariant.ts";

/** A message that was said, and what it is called among those of its lane. */
interface Said {
  readonly bytes: Uint8Array;
  readonly number: number;
  readonly atMs: number;
}

/** Messages under way from one side to the other, by lane, oldest first. */
class Conversation {
  private readonly lanes = new Map<string, { said: number; underWay: Said[] }>();

  say(lane: string, bytes: Uint8Array, atMs: number): void {
    const of = this.of(lane);
    of.underWay.push({ bytes: bytes.slice(), number: of.said, atMs });
    of.said += 1;
  }

  /** What is wrong with a message that has come; undefined for the one that was to be next. */
  hear(lane: string, bytes: Uint8Array): string | undefined {
    const { underWay, said } = this.of(lane);
    const at = underWay.findIndex((message) => isEqual(message.bytes, bytes));
    const next = underWay[0]?.number ?? said;
    underWay.splice(0, at + 1);
    if (at === 0) return undefined;
    if (at < 0) return `expected message ${next} of the ${lane} lane, found one that was heard before or never said`;
    return `expected message ${next} of the ${lane} lane, found message ${next + at}`;
  }

  /** The oldest message that was said before a moment and is not here. */
  missing(beforeMs: number): string | undefined {
    for (const [lane, { underWay }] of this.lanes) {
      const first = underWay[0];
      if (first === undefined || first.atMs >= beforeMs) continue;
      return `expected message ${first.number} of the ${lane} lane, said at ${Math.round(first.atMs)} ms, found none`;
    }
    return undefined;
  }

  private of(lane: string): { said: number; underWay: Said[] } {
    const known = this.lanes.get(lane) ?? { said: 0, underWay: [] };
    this.lanes.set(lane, known);
    return known;
  }
}

/** What was said later than so long before the end may be on its way. */
const UNDER_WAY_MS = 3_000;

/**
 * What the game says on lanes that are reliable arrives, once and in the order of its lane, either way, for all who
 * stay. Players speak by `SimulatedPlayer.say`; calls and answers of an `rpc` are not counted, by saying which
 * messages are.
 */
export class MessagesArrive<Types extends GameTypes> implements Invariant {
  readonly sentence = "reliable messages arrive, each once and in its order";
  private readonly session: WatchedSession<Types>;
  private readonly tell: Tell;
  private readonly lanes: Protocol["lanes"];
  private readonly counts: (message: Uint8Array) => boolean;
  /** By the player's number, from the join on; and by player, from the first message that it hears on. */
  private readonly down = new Map<PlayerId, Conversation>();
  private readonly heardDown: (Conversation | undefined)[] = [];
  private readonly up: (Conversation | undefined)[] = [];

  constructor(
    session: WatchedSession<Types>,
    tell: Tell,
    { lanes }: Pick<Protocol, "lanes">,
    counts: (message: Uint8Array) => boolean = () => true,
  ) {
    this.session = session;
    this.tell = tell;
    this.lanes = lanes;
    this.counts = counts;
  }

  onPlayerJoins(playerId: PlayerId): void {
    this.down.set(playerId, new Conversation());
  }

  onRoomSays(playerId: PlayerId, message: Uint8Array, atMs: number): void {
    const lane = this.laneOf(message);
    if (lane !== undefined) this.down.get(playerId)?.say(lane, message, atMs);
  }

  onPlayerHears(player: number, message: Uint8Array, atMs: number): void {
    const lane = this.laneOf(message);
    if (lane === undefined) return;
    const mistake = this.downTo(player)?.hear(lane, message);
    if (mistake !== undefined) this.tell(atMs, player, `${mistake}, from the room`);
  }

  onPlayerSays(player: number, message: Uint8Array, atMs: number): void {
    const lane = this.laneOf(message);
    if (lane !== undefined) (this.up[player] ??= new Conversation()).say(lane, message, atMs);
  }

  onRoomHears(playerId: PlayerId, message: Uint8Array, atMs: number): void {
    const lane = this.laneOf(message);
    const player = playerCalled(this.session.players, playerId);
    if (lane === undefined || player < 0) return;
    const mistake = (this.up[player] ??= new Conversation()).hear(lane, message);
    if (mistake !== undefined) this.tell(atMs, player, `${mistake}, to the room`);
  }

  onEnd(atMs: number): void {
    for (const player of this.session.players.keys()) {
      if (!isExpected(this.session, player)) continue;
      const down = this.downTo(player)?.missing(atMs - UNDER_WAY_MS);
      const up = this.up[player]?.missing(atMs - UNDER_WAY_MS);
      if (down !== undefined) this.tell(atMs, player, `${down}, from the room`);
      if (up !== undefined) this.tell(atMs, player, `${up}, to the room`);
    }
  }

  private downTo(player: number): Conversation | undefined {
    const { playerId } = this.session.players[player]!.client;
    if (playerId === undefined) return undefined;
    return (this.heardDown[player] ??= this.down.get(playerId));
  }

  /** Undefined for what is not counted: nothing is promised of what a newer message replaces. */
  private laneOf(message: Uint8Array): string | undefined {
    const lane = this.lanes[(message[0] ?? 0) - GAME_OPCODE_MIN] ?? "event";
    const isReliable = lane === "control" || lane === "event" || lane === "bulk";
    return isReliable && this.counts(message) ? lane : undefined;
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
