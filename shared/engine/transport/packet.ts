import { LANE_COUNT } from "./lane.ts";

/**
 * A packet is one binary WebSocket message: frames, one behind the other. A frame's first byte says what it is:
 *
 * ```
 * bits 0–2  lane 0–4, 6 handshake, 7 ack
 * bits 3–4  part of its message: 0 whole, 1 first, 2 middle, 3 last
 * bit 5     it reaches to the end of the packet; else its length follows
 * bits 6–7  0
 * ```
 *
 * Numbers are LEB128, as short as they can be. A first part says the message's length before its bytes.
 */
export const PACKET_BYTES_MAX = 16_384;

export const HANDSHAKE_LANE = 6;
export const ACK_LANE = 7;

export const Part = { WHOLE: 0, FIRST: 1, MIDDLE: 2, LAST: 3 } as const;
export type Part = (typeof Part)[keyof typeof Part];

const LANE_BITS = 7;
const PART_SHIFT = 3;
const PART_BITS = 3;
const REST_BIT = 32;
const UNUSED_BITS = 0xc0;
/** A frame's first byte, its length, and its message's. */
export const FRAME_HEAD_BYTES_MAX = 1 + 3 + 4;
const NUMBER_MAX = 2 ** 28 - 1;

/** What of an ack's waiting time can be told, in milliseconds; `HOLD_UNKNOWN` when it was longer. */
const HOLD_STEP_MS = 0.5;
const HOLD_UNKNOWN = 255;

/** A frame as it is to be sent. */
export interface OutgoingFrame {
  readonly lane: number;
  readonly part: Part;
  /** Of the whole message; told by its first part. */
  readonly messageBytes: number;
  readonly payload: Uint8Array;
}

/** The frame with what comes next of a message: from `start` on, at most `payloadMax` bytes of it, at least 1. */
export function cutFrame(lane: number, message: Uint8Array, start: number, payloadMax: number): OutgoingFrame {
  const end = Math.min(message.length, start + payloadMax);
  const isLast = end === message.length;
  const part = start === 0 ? (isLast ? Part.WHOLE : Part.FIRST) : isLast ? Part.LAST : Part.MIDDLE;
  return { lane, part, messageBytes: message.length, payload: message.subarray(start, end) };
}

/** Whether a frame has the end of its message. */
export function endsMessage({ part }: Pick<OutgoingFrame, "part">): boolean {
  return part === Part.WHOLE || part === Part.LAST;
}

/** A frame that has arrived. */
export interface Frame extends OutgoingFrame {
  /** What it counts in the cumulative stream: all of its bytes. */
  readonly bytes: number;
}

/** What a peer has received: the bytes since it last said so, and for how long it kept that back. */
export interface Ack {
  readonly bytes: number;
  readonly holdMs: number | undefined;
}

/** Fills one packet after the other. */
export class PacketWriter {
  private readonly buffer = new Uint8Array(PACKET_BYTES_MAX);
  private end = 0;
  /** Where the length of the last frame is to stand, and its payload. */
  private lastHead = -1;
  private lastPayload = 0;
  /** What the frames before the last count. */
  private counted = 0;

  /** How many bytes a payload may have that is added now. */
  get room(): number {
    return PACKET_BYTES_MAX - this.end - this.pendingLengthBytes - FRAME_HEAD_BYTES_MAX;
  }

  get isEmpty(): boolean {
    return this.end === 0;
  }

  /** Of the packet so far. */
  get bytes(): number {
    return this.end;
  }

  ack({ bytes, holdMs }: Ack): void {
    this.settleLast();
    this.buffer[this.end++] = ACK_LANE;
    this.number(Math.min(bytes, NUMBER_MAX));
    const steps = holdMs === undefined ? HOLD_UNKNOWN : Math.round(holdMs / HOLD_STEP_MS);
    this.buffer[this.end++] = Math.min(HOLD_UNKNOWN, steps);
  }

  /** Adds a frame whose payload has at most `room` bytes. */
  add({ lane, part, messageBytes, payload }: OutgoingFrame): void {
    this.settleLast();
    this.lastHead = this.end;
    this.buffer[this.end++] = lane | (part << PART_SHIFT) | REST_BIT;
    this.lastPayload = this.end;
    if (part === Part.FIRST) this.number(messageBytes);
    this.buffer.set(payload, this.end);
    this.end += payload.length;
  }

  /** The packet, and what of it counts; the next one begins. */
  take(): { readonly packet: Uint8Array; readonly counted: number } {
    const packet = this.buffer.slice(0, this.end);
    const counted = this.counted + (this.lastHead < 0 ? 0 : this.end - this.lastHead);
    this.end = 0;
    this.counted = 0;
    this.lastHead = -1;
    return { packet, counted };
  }

  private get pendingLengthBytes(): number {
    return this.lastHead < 0 ? 0 : 3;
  }

  /** What was the last frame gets a length, for another follows it. */
  private settleLast(): void {
    if (this.lastHead < 0) return;
    const { buffer, lastHead, lastPayload } = this;
    const length = this.end - lastPayload;
    const shift = bytesOfNumber(length);
    buffer.copyWithin(lastPayload + shift, lastPayload, this.end);
    buffer[lastHead]! &= ~REST_BIT;
    this.end = lastPayload;
    this.number(length);
    this.end += length;
    this.counted += this.end - lastHead;
    this.lastHead = -1;
  }

  private number(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.buffer[this.end++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.end++] = rest;
  }
}

/** What a number takes on the wire. */
export function bytesOfNumber(value: number): number {
  return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
}

/** Whoever reads a packet; the first false ends it. */
export interface PacketVisitor {
  onAck(ack: Ack): boolean;
  /** The payload is a view of the packet. */
  onFrame(frame: Frame): boolean;
}

/** Reads a packet; false when it is none, or when the visitor said so. Never throws. */
export function readPacket(packet: Uint8Array, visitor: PacketVisitor): boolean {
  const reader = new FrameReader(packet);
  if (packet.length === 0 || packet.length > PACKET_BYTES_MAX) return false;
  while (!reader.isAtEnd) {
    const isGood = reader.isAtAck ? reader.readAck(visitor) : reader.readFrame(visitor);
    if (!isGood) return false;
  }
  return true;
}

class FrameReader {
  private readonly packet: Uint8Array;
  private at = 0;
  private hasFailed = false;

  constructor(packet: Uint8Array) {
    this.packet = packet;
  }

  get isAtEnd(): boolean {
    return this.at >= this.packet.length;
  }

  get isAtAck(): boolean {
    return this.packet[this.at] === ACK_LANE;
  }

  readAck(visitor: PacketVisitor): boolean {
    this.at += 1;
    const bytes = this.number();
    const steps = this.packet[this.at++];
    if (bytes === 0 || steps === undefined) return false;
    return visitor.onAck({ bytes, holdMs: steps === HOLD_UNKNOWN ? undefined : steps * HOLD_STEP_MS });
  }

  readFrame(visitor: PacketVisitor): boolean {
    const start = this.at;
    const head = this.packet[this.at++]!;
    const lane = head & LANE_BITS;
    const part = ((head >> PART_SHIFT) & PART_BITS) as Part;
    if ((head & UNUSED_BITS) !== 0 || (lane >= LANE_COUNT && lane !== HANDSHAKE_LANE)) return false;
    const length = (head & REST_BIT) === 0 ? this.number() : this.packet.length - this.at;
    const end = this.at + length;
    if (end > this.packet.length) return false;
    const messageBytes = part === Part.FIRST ? this.number() : length;
    if (this.hasFailed || this.at > end) return false;
    const payload = this.packet.subarray(this.at, end);
    this.at = end;
    return visitor.onFrame({ lane, part, messageBytes, payload, bytes: end - start });
  }

  private number(): number {
    let value = 0;
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.packet[this.at++];
      if (byte === undefined) break;
      value |= (byte & 127) << shift;
      if (byte > 127) continue;
      // As short as it can be: no other packet means the same.
      if (byte === 0 && shift > 0) break;
      return value;
    }
    this.hasFailed = true;
    return 0;
  }
}
