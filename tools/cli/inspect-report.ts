import { PacketBytes } from "../../shared/engine/profile/packet-bytes.ts";
import {
  type OpenedPacket,
  type PacketAck,
  type PacketFrame,
  PacketReader,
} from "../../shared/engine/profile/packet-reader.ts";
import type { Terminal } from "../codegen/terminal.ts";
import type { Direction, InspectedMessage, MessageInspector } from "./inspect-message.ts";
import { bytesText } from "./inspect-values.ts";

const ARROWS = { sent: "→", received: "←" } as const;
const PART_NAMES = ["whole", "first", "middle", "last"] as const;
/** In front of what is in a packet. */
const INDENT = " ".repeat(11);

/** One direction of the connection. */
interface Side {
  readonly reader: PacketReader;
  readonly bytes: PacketBytes;
}

/** A frame, and the message that it made whole. */
interface InspectedFrame {
  readonly frame: PacketFrame;
  readonly message: InspectedMessage | undefined;
}

/** Says what is in every packet that passes: a line for each frame and ack, or one JSON object a packet. */
export class InspectReport {
  /** Packets and parts of messages that break the rules. */
  broken = 0;
  /** Whole messages received. */
  receivedMessages = 0;
  private readonly sides: Readonly<Record<Direction, Side>> = {
    sent: { reader: new PacketReader(), bytes: new PacketBytes() },
    received: { reader: new PacketReader(), bytes: new PacketBytes() },
  };
  private readonly messages: MessageInspector;
  private readonly isJson: boolean;
  private readonly terminal: Terminal;

  constructor(messages: MessageInspector, isJson: boolean, terminal: Terminal) {
    this.messages = messages;
    this.isJson = isJson;
    this.terminal = terminal;
  }

  /** `atMs`: since the connection was begun. */
  packet(direction: Direction, packet: Uint8Array, atMs: number): void {
    const { reader, bytes } = this.sides[direction];
    const opened = reader.read(packet);
    bytes.add(opened);
    if (opened.brokenBytes > 0 || packet.length === 0) this.broken += 1;
    const items = opened.items.map((item) => (item.kind === "ack" ? item : this.inspect(direction, item)));
    if (this.isJson) this.sayJson(direction, atMs, opened, items);
    else this.sayLines(direction, atMs, packet, opened, items);
  }

  /** Bytes by what they were spent on, a line for each direction. */
  summary(): string {
    return (["received", "sent"] as const).map((direction) => this.summaryOf(direction)).join("\n");
  }

  private inspect(direction: Direction, frame: PacketFrame): InspectedFrame {
    const { content } = frame;
    if (content.kind === "misplaced") this.broken += 1;
    if (content.kind !== "message") return { frame, message: undefined };
    if (direction === "received") this.receivedMessages += 1;
    return { frame, message: this.messages.read(direction, content.message) };
  }

  private sayLines(
    direction: Direction,
    atMs: number,
    packet: Uint8Array,
    { items: { length }, brokenBytes }: OpenedPacket,
    items: readonly (PacketAck | InspectedFrame)[],
  ): void {
    const seconds = (atMs / 1000).toFixed(3).padStart(8);
    const what = length === 1 ? "1 frame" : `${length} frames`;
    this.terminal.say(`${seconds} s ${ARROWS[direction]} packet of ${packet.length} B, ${what}`);
    for (const item of items) this.terminal.say("kind" in item ? ackLine(item) : frameLine(item));
    if (brokenBytes === 0 && length > 0) return;
    this.terminal.say(
      `${INDENT}MALFORMED: no frame: ${bytesText(packet.subarray(packet.length - brokenBytes), false)}`,
    );
  }

  private sayJson(
    direction: Direction,
    atMs: number,
    { bytes, brokenBytes }: OpenedPacket,
    items: readonly (PacketAck | InspectedFrame)[],
  ): void {
    const frames = items.map((item) => ("kind" in item ? ackJson(item) : frameJson(item)));
    const broken = brokenBytes > 0 ? { brokenBytes } : {};
    this.terminal.say(JSON.stringify({ direction, atMs: Math.round(atMs * 1000) / 1000, bytes, frames, ...broken }));
  }

  private summaryOf(direction: Direction): string {
    const { packets, bytes, byUse } = this.sides[direction].bytes;
    const uses = Object.entries(byUse).flatMap(([use, count]) => (count === 0 ? [] : [`${use} ${count}`]));
    const split = uses.length === 0 ? "" : `: ${uses.join(", ")}`;
    return `${direction} ${bytes} B in ${packets} ${packets === 1 ? "packet" : "packets"}${split}`;
  }
}

function line(what: string, lane: string, bytes: number, text: string): string {
  return `${INDENT}${what.padEnd(20)} ${lane.padEnd(10)}${`${bytes} B`.padStart(8)}  ${text}`.trimEnd();
}

function ackLine({ bytes, ackedBytes, holdMs }: PacketAck): string {
  const held = holdMs === undefined ? "held for long" : `held ${holdMs} ms`;
  return line("ack", "", bytes, `of ${ackedBytes} B, ${held}`);
}

function frameLine({ frame, message }: InspectedFrame): string {
  const { lane, payload, content, part } = frame;
  const say = (what: string, text: string): string => line(what, lane, payload.length, text);
  switch (content.kind) {
    case "heartbeat":
      return say("heartbeat", "");
    case "message":
      return messageLine(frame, message!, content.parts);
    case "part":
      return say(`part ${content.number}`, `of a message of ${content.messageBytes} B`);
    case "transfer":
      return say(`transfer ${content.id}`, content.isLast ? "the last of it" : "");
    case "misplaced":
      return say("MALFORMED", `a ${PART_NAMES[part]} part where none belongs: ${bytesText(payload, false)}`);
  }
}

function messageLine({ lane }: PacketFrame, { type, opcode, bytes, text }: InspectedMessage, parts: number): string {
  const from = parts === 1 ? "" : `from ${parts} parts: `;
  return line(`${type ?? "?"} (${opcode ?? "empty"})`, lane, bytes, from + text);
}

function ackJson({ bytes, ackedBytes, holdMs }: PacketAck): object {
  return { kind: "ack", bytes, ackedBytes, holdMs };
}

/** `bytes` are those of the frame with its head; of a message in parts its own are more. */
function frameJson({ frame, message }: InspectedFrame): object {
  const { lane, part, headBytes, payload, content } = frame;
  const head = { kind: content.kind, lane, part: PART_NAMES[part], headBytes, bytes: headBytes + payload.length };
  switch (content.kind) {
    case "message": {
      const { opcode, type, bytes, value, trouble } = message!;
      return { ...head, message: { opcode, type, bytes, parts: content.parts, value, trouble } };
    }
    case "part":
      return { ...head, number: content.number, messageBytes: content.messageBytes };
    case "transfer":
      return { ...head, id: content.id, isLast: content.isLast };
    case "heartbeat":
    case "misplaced":
      return head;
  }
}
