import { type Frame, HANDSHAKE_LANE, Part, readPacket } from "../../../shared/engine/transport/packet.ts";
import { Lane, laneOf } from "../../../shared/engine/transport/lane.ts";
import { decodeWelcome } from "../../../shared/schema/generated/engine.ts";
import type { LaneName } from "../../../shared/engine/wire/protocol.ts";
import { MessageTimes } from "./message-times.ts";
import { SaidMessages } from "./said-messages.ts";
import type { SessionWatcher, WatchedPacket, Way } from "./session-watcher.ts";

/** One direction of a player's session. */
interface Direction {
  /** Which of the player's links it goes over. */
  link: number;
  readonly control: MessageTimes;
  readonly realtime: MessageTimes;
  events: SaidMessages;
}

/** Latencies of messages, in milliseconds, by lane; both directions together. */
export interface MessageLatencies {
  readonly control: readonly number[];
  readonly snapshot: readonly number[];
  readonly input: readonly number[];
  readonly event: readonly number[];
}

/**
 * How long messages take, from when they are sent until they lie in the receiver's inbox.
 *
 * A game's event may have to wait for its turn: it is sent when the game says it; those that the engine makes, such as
 * an rpc's, are not measured. Control messages, snapshots and inputs are sent when their packet is: they do not wait.
 */
export class LaneLatency implements SessionWatcher {
  private readonly lanes: readonly LaneName[];
  private readonly directions: Record<Way, Direction[]> = { down: [], up: [] };
  /** By a player's number in the room: somebody is spoken to before anybody has read a Welcome. */
  private readonly roomEvents = new Map<number, SaidMessages>();

  /** `lanes`: by opcode, those of the game's messages (`protocol.lanes`). */
  constructor(lanes: readonly LaneName[]) {
    this.lanes = lanes;
  }

  get latenciesMs(): MessageLatencies {
    const { down, up } = this.directions;
    return {
      control: [...down, ...up].flatMap(({ control }) => control.latenciesMs),
      snapshot: down.flatMap(({ realtime }) => realtime.latenciesMs),
      input: up.flatMap(({ realtime }) => realtime.latenciesMs),
      event: [...down, ...up].flatMap(({ events }) => events.latenciesMs),
    };
  }

  onRoomSays(playerId: number, message: Uint8Array, atMs: number): void {
    if (laneOf(message, this.lanes) === Lane.EVENT) this.roomEventsTo(playerId).say(message, atMs);
  }

  onPlayerSays(player: number, message: Uint8Array, atMs: number): void {
    if (laneOf(message, this.lanes) === Lane.EVENT) this.direction("up", player).events.say(message, atMs);
  }

  onPacketSent({ player, link, way, packet, atMs }: WatchedPacket): void {
    const direction = this.direction(way, player);
    readFrames(packet, ({ lane, part }) => {
      if (lane === HANDSHAKE_LANE) return;
      if (link > direction.link) goOver(direction, link);
      if (part !== Part.WHOLE && part !== Part.FIRST) return;
      if (lane === Lane.CONTROL) direction.control.sent(atMs);
      if (lane === Lane.REALTIME) direction.realtime.sent(atMs);
    });
  }

  onPacketReceived({ player, link, way, packet, atMs }: WatchedPacket): void {
    const direction = this.direction(way, player);
    readFrames(packet, ({ lane, part, messageBytes, payload }) => {
      if (lane === HANDSHAKE_LANE) {
        const playerId = decodeWelcome(payload)?.playerId;
        if (playerId !== undefined) direction.events = this.roomEventsTo(playerId);
      }
      if (link < direction.link) return;
      const isFirst = part === Part.WHOLE || part === Part.FIRST;
      if (lane === Lane.EVENT && isFirst) direction.events.begins(payload, messageBytes);
      if (part !== Part.WHOLE && part !== Part.LAST) return;
      if (lane === Lane.CONTROL) direction.control.arrived(atMs);
      if (lane === Lane.REALTIME) direction.realtime.arrived(atMs);
      if (lane === Lane.EVENT) direction.events.ends(atMs);
    });
  }

  private roomEventsTo(playerId: number): SaidMessages {
    const events = this.roomEvents.get(playerId) ?? new SaidMessages();
    this.roomEvents.set(playerId, events);
    return events;
  }

  private direction(way: Way, player: number): Direction {
    return (this.directions[way][player] ??= {
      link: 0,
      control: new MessageTimes(),
      realtime: new MessageTimes(),
      events: new SaidMessages(),
    });
  }
}

/** Reliable lanes go on over another link where they were; what a newer message replaces is left behind. */
function goOver(direction: Direction, link: number): void {
  direction.link = link;
  direction.control.tellAgain();
  direction.realtime.forget();
}

/** The frames that carry a message, or a part of one. */
function readFrames(packet: Uint8Array, onFrame: (frame: Frame) => void): void {
  readPacket(packet, {
    onAck: () => true,
    onFrame: (frame) => {
      const isHeartbeat = frame.lane === Lane.CONTROL && frame.payload.length === 0;
      if (!isHeartbeat && frame.lane !== Lane.STREAM) onFrame(frame);
      return true;
    },
  });
}
