import { cutFrame, endsMessage, type OutgoingFrame } from "./packet.ts";
import type { QueueVisitor } from "./queue-visitor.ts";

interface KeptMessage {
  readonly bytes: Uint8Array;
  /**
   * Of the connection's cumulative stream: the first byte behind the message. Undefined while it waits, Infinity when
   * that connection is lost.
   */
  end: number | undefined;
}

/**
 * The messages of a reliable lane: those that wait, and those that were sent and are not known to have arrived. They
 * are cut when they leave, and told again when a connection was lost.
 */
export class OutgoingMessages {
  readonly lane: number;
  private readonly bytesMax: number;
  private readonly countMax: number;
  private readonly messages: KeptMessage[] = [];
  /** Of `messages`: the first that has not left altogether, and how much of it has. */
  private next = 0;
  private nextOffset = 0;
  private kept = 0;
  /** The number of the first kept message, modulo 2³². */
  private firstNumber: number;

  /** `bytesMax`, `countMax`: what it may keep. `firstNumber`: what the first message is called, u32. */
  constructor(lane: number, bytesMax: number, countMax: number, firstNumber = 0) {
    this.lane = lane;
    this.bytesMax = bytesMax;
    this.countMax = countMax;
    this.firstNumber = firstNumber >>> 0;
  }

  get isWaiting(): boolean {
    return this.next < this.messages.length;
  }

  /** Bytes that wait or are not known to have arrived. */
  get keptBytes(): number {
    return this.kept;
  }

  eachQueue(visit: QueueVisitor): void {
    visit("bytes of a reliable lane", this.kept, this.bytesMax);
    visit("messages of a reliable lane", this.messages.length, this.countMax);
  }

  /** Puts a message behind the others; false when that is more than the lane may keep. It is copied. */
  push(message: Uint8Array): boolean {
    if (this.kept + message.length > this.bytesMax || this.messages.length >= this.countMax) return false;
    this.messages.push({ bytes: message.slice(), end: undefined });
    this.kept += message.length;
    return true;
  }

  /** The next frame, of at most `payloadMax` bytes of payload, at least 1. Something waits. */
  take(payloadMax: number): OutgoingFrame {
    const frame = cutFrame(this.lane, this.messages[this.next]!.bytes, this.nextOffset, payloadMax);
    const isLast = endsMessage(frame);
    this.nextOffset = isLast ? 0 : this.nextOffset + frame.payload.length;
    if (isLast) this.next += 1;
    return frame;
  }

  /** Everything that has been taken leaves with a packet that ends at `end` of the connection's stream. */
  sent(end: number): void {
    for (let i = this.next - 1; i >= 0 && this.messages[i]!.end === undefined; i--) this.messages[i]!.end = end;
  }

  /** The peer has the stream up to `acked`. */
  acked(acked: number): void {
    let count = 0;
    while (count < this.next && this.messages[count]!.end! <= acked) count += 1;
    this.drop(count);
  }

  /** The connection is lost: whether what was sent has arrived is said by `resume`, and by no later answer. */
  suspend(): void {
    for (let i = 0; i < this.next; i++) this.messages[i]!.end = Infinity;
  }

  /**
   * On a new connection: the peer has everything before the message `number`; the rest is told again. False when it
   * claims what it cannot have.
   */
  resume(number: number): boolean {
    const count = (number - this.firstNumber) >>> 0;
    if (count > this.next) return false;
    this.drop(count);
    this.next = 0;
    this.nextOffset = 0;
    for (const message of this.messages) message.end = undefined;
    return true;
  }

  private drop(count: number): void {
    for (const { bytes } of this.messages.splice(0, count)) this.kept -= bytes.length;
    this.next -= count;
    this.firstNumber = (this.firstNumber + count) >>> 0;
  }
}
