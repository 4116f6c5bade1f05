import type { LaneName } from "../wire/protocol.ts";

/**
 * The lanes of a connection, by their number on the wire. Each is an ordered stream; a more urgent one steps in front
 * of every other between two packets.
 */
export const Lane = {
  /** The engine's own messages, and those that a game says are as urgent. Reliable. */
  CONTROL: 0,
  /** What a newer one replaces: snapshots to the client, inputs to the server. Never resent. */
  REALTIME: 1,
  /** The game's messages. Reliable. */
  EVENT: 2,
  /** Large messages of the game. Reliable. */
  BULK: 3,
  /** Transfers of blobs and streams, which go on where they were after a new connection. */
  STREAM: 4,
} as const;
export type Lane = (typeof Lane)[keyof typeof Lane];

/** By number. */
export const LANE_NAMES = ["control", "realtime", "event", "bulk", "stream"] as const;
export const LANE_COUNT = LANE_NAMES.length;

/** How the lanes share a link. */
export interface LaneShare {
  /** The lower goes first, always. */
  readonly priority: number;
  /** Among those of one priority: its share of the bytes, in proportion to the others'. Above 0. */
  readonly weight: number;
}

/** Bounds of what one connection may keep; an honest peer meets none but on a bad network. */
export interface LaneLimits {
  /** Of each reliable lane: bytes that wait or are not known to have arrived. More than that closes the connection. */
  readonly controlBytesMax: number;
  readonly eventBytesMax: number;
  readonly bulkBytesMax: number;
  /** Of each reliable lane: messages that wait or are not known to have arrived. */
  readonly keptMessagesMax: number;
  /** The largest message that is put together from several packets, and the most bytes of all that are not whole yet. */
  readonly messageBytesMax: number;
  /** Transfers under way in one direction. */
  readonly transfersMax: number;
  /** Messages and bytes that wait for the next tick or display frame. */
  readonly inboxMessagesMax: number;
  readonly inboxBytesMax: number;
}

export const LANE_LIMITS: LaneLimits = {
  controlBytesMax: 64 << 10,
  eventBytesMax: 256 << 10,
  bulkBytesMax: 4 << 20,
  keptMessagesMax: 4096,
  messageBytesMax: 1 << 20,
  transfersMax: 16,
  inboxMessagesMax: 1024,
  inboxBytesMax: 1 << 20,
};

/** By lane: control before realtime before events before everything large; the two kinds of that share alike. */
export const LANE_SHARES: readonly LaneShare[] = [
  { priority: 0, weight: 1 },
  { priority: 1, weight: 1 },
  { priority: 2, weight: 1 },
  { priority: 3, weight: 1 },
  { priority: 3, weight: 1 },
];

/** The lanes whose messages are kept until they are known to have arrived. */
export type ReliableLane = typeof Lane.CONTROL | typeof Lane.EVENT | typeof Lane.BULK;

/** The opcode of a game's first message; those below are the engine's. */
export const GAME_OPCODE_MIN = 32;

/** The lane that a schema gives to an encoded message of a game. */
export function laneOf(message: Uint8Array, lanes: readonly LaneName[]): Exclude<Lane, typeof Lane.STREAM> {
  const name: LaneName | undefined = lanes[(message[0] ?? 0) - GAME_OPCODE_MIN];
  switch (name) {
    case "control":
      return Lane.CONTROL;
    case "snapshot":
    case "input":
      return Lane.REALTIME;
    case "bulk":
      return Lane.BULK;
    case "event":
    case undefined:
      return Lane.EVENT;
  }
}
