import { Lane, LANE_LIMITS, LANE_NAMES } from "../transport/lane.ts";
import { MessageAssembler } from "../transport/message-assembler.ts";
import { bytesOfNumber, type Frame, HANDSHAKE_LANE, Part, readPacket } from "../transport/packet.ts";

/** What a frame travels on, by name. */
export const FRAME_LANES = [...LANE_NAMES, "handshake"] as const;
export type FrameLane = (typeof FRAME_LANES)[number];

/** What is read out of a frame. */
export type FrameContent =
  | { readonly kind: "heartbeat" }
  /** A whole message, or the last part of one. `message` is all of it. */
  | { readonly kind: "message"; readonly message: Uint8Array; readonly parts: number }
  /** A part that another one follows; `messageBytes` are those of the whole message. */
  | { readonly kind: "part"; readonly number: number; readonly messageBytes: number }
  /** Blocks of a transfer and their hashes. */
  | { readonly kind: "transfer"; readonly id: number; readonly isLast: boolean }
  /** A part where none belongs, or of too large a message. */
  | { readonly kind: "misplaced" };

export interface PacketFrame {
  readonly kind: "frame";
  readonly lane: FrameLane;
  readonly part: Part;
  /** Bytes in front of the payload. */
  readonly headBytes: number;
  readonly payload: Uint8Array;
  readonly content: FrameContent;
}

export interface PacketAck {
  readonly kind: "ack";
  /** Of the ack itself. */
  readonly bytes: number;
  /** How much more the sender of this packet has received. */
  readonly ackedBytes: number;
  /** For how long it kept that back, in milliseconds; undefined when it was too long to be told. */
  readonly holdMs: number | undefined;
}

/** A packet, taken apart. */
export interface OpenedPacket {
  readonly bytes: number;
  /** In the order on the wire. */
  readonly items: readonly (PacketFrame | PacketAck)[];
  /** Bytes behind the items that are no frame: the packet is broken. */
  readonly brokenBytes: number;
}

/** A message that is being put together. */
interface Assembly {
  readonly assembler: MessageAssembler;
  parts: number;
  messageBytes: number;
}

/**
 * Takes the packets of one side of a connection apart, and puts messages together as their receiver does.
 *
 * Every byte of a packet is in exactly one of its items, or broken.
 */
export class PacketReader {
  private readonly assemblies = [Lane.CONTROL, Lane.REALTIME, Lane.EVENT, Lane.BULK].map((): Assembly => {
    return { assembler: new MessageAssembler(LANE_LIMITS.messageBytesMax), parts: 0, messageBytes: 0 };
  });

  /** Never throws. The payloads are views of the packet. */
  read(packet: Uint8Array): OpenedPacket {
    const items: (PacketFrame | PacketAck)[] = [];
    let readBytes = 0;
    readPacket(packet, {
      onAck: ({ bytes: ackedBytes, holdMs }) => {
        // Which lane it is, how many, and how long they waited.
        const bytes = 1 + bytesOfNumber(ackedBytes) + 1;
        readBytes += bytes;
        items.push({ kind: "ack", bytes, ackedBytes, holdMs });
        return true;
      },
      onFrame: (frame) => {
        readBytes += frame.bytes;
        items.push(this.frameOf(frame));
        return true;
      },
    });
    return { bytes: packet.length, items, brokenBytes: packet.length - readBytes };
  }

  private frameOf(frame: Frame): PacketFrame {
    const { lane, part, payload, bytes } = frame;
    const name = lane === HANDSHAKE_LANE ? "handshake" : FRAME_LANES[lane]!;
    const content = this.contentOf(frame);
    return { kind: "frame", lane: name, part, headBytes: bytes - payload.length, payload, content };
  }

  private contentOf(frame: Frame): FrameContent {
    const { lane, part, payload } = frame;
    if (lane === HANDSHAKE_LANE) {
      return part === Part.WHOLE ? { kind: "message", message: payload, parts: 1 } : { kind: "misplaced" };
    }
    if (lane === Lane.STREAM) {
      if (payload.length === 0 || part === Part.WHOLE || part === Part.FIRST) return { kind: "misplaced" };
      return { kind: "transfer", id: payload[0]!, isLast: part === Part.LAST };
    }
    if (lane === Lane.CONTROL && part === Part.WHOLE && payload.length === 0) return { kind: "heartbeat" };
    return this.assemble(frame);
  }

  private assemble(frame: Frame): FrameContent {
    const assembly = this.assemblies[frame.lane]!;
    if (frame.part === Part.FIRST) assembly.messageBytes = frame.messageBytes;
    assembly.parts = frame.part === Part.WHOLE || frame.part === Part.FIRST ? 1 : assembly.parts + 1;
    const message = assembly.assembler.add(frame);
    if (message === "bad" || message === "too large") return { kind: "misplaced" };
    const { parts, messageBytes } = assembly;
    return message === "partial" ? { kind: "part", number: parts, messageBytes } : { kind: "message", message, parts };
  }
}
