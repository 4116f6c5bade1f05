/**
 * Why a connection ended. 1000–1015 are WebSocket's own (RFC 6455, section 7.4.1); 4000 and above are Tickwire's.
 * PROTOCOL.md lists them for the people who see them.
 */
export const CloseCode = {
  NORMAL: 1000,
  GOING_AWAY: 1001,
  TEXT_REFUSED: 1003,
  /** Made up by the receiver of a connection that ended without a close frame. */
  ABNORMAL: 1006,
  TOO_LARGE: 1009,
  /** Client and server were built from different protocols. */
  PROTOCOL_MISMATCH: 4000,
  /** Bytes that are no message, or a message this side may not send. */
  BAD_MESSAGE: 4001,
  /** A good message at a wrong moment: inputs before Hello, a second Hello, a sequence that falls. */
  OUT_OF_ORDER: 4002,
  /** Connected, and said no Hello in time. */
  HELLO_TIMEOUT: 4003,
  ROOM_FULL: 4004,
  /** More messages than a player can mean. */
  FLOOD: 4005,
  /** Reads too slowly to be kept: a lane is over its bound. */
  TOO_SLOW: 4006,
  /** Has read nothing for 15 seconds. The seat is kept for a while. */
  NO_PROGRESS: 4007,
  /** The session goes on over a newer connection. */
  REPLACED: 4008,
  /** There is no session that the token belongs to (any more). */
  SESSION_LOST: 4009,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** An ending: the code, and a text for the person who is looking. */
export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/** Whether a connection that ended so may be followed by another one of the same session. */
export function keepsSession(code: number): boolean {
  return code === CloseCode.ABNORMAL || code === CloseCode.NO_PROGRESS || code === CloseCode.REPLACED;
}
