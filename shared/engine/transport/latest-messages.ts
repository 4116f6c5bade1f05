import { Lane } from "./lane.ts";
import { type OutgoingFrame, Part } from "./packet.ts";

/** What a newer one replaces: of each kind of message, by its first byte, the latest that has not left. */
export class LatestMessages {
  private readonly messages: Uint8Array[] = [];
  /** How much of the first has left. */
  private offset = 0;
  private isLeftOver = false;

  get isWaiting(): boolean {
    return this.messages.length > 0;
  }

  /** Whether a message of this kind would be the next of its kind to leave, with nothing left over from before. */
  mayPut(opcode: number): boolean {
    return !this.isLeftOver && this.offset === 0 && !this.messages.some((message) => message[0] === opcode);
  }

  /** What waits now has not left when it could. */
  leaveOver(): void {
    this.isLeftOver = this.isWaiting;
  }

  put(message: Uint8Array): void {
    const older = this.messages.findIndex(([opcode], i) => opcode === message[0] && (i > 0 || this.offset === 0));
    if (older < 0) this.messages.push(message);
    else this.messages[older] = message;
  }

  /** The next frame, of at most `payloadMax` bytes of payload. Something waits. */
  take(payloadMax: number): OutgoingFrame {
    const message = this.messages[0]!;
    const start = this.offset;
    const end = Math.min(message.length, start + payloadMax);
    const isLast = end === message.length;
    const part = start === 0 ? (isLast ? Part.WHOLE : Part.FIRST) : isLast ? Part.LAST : Part.MIDDLE;
    this.offset = isLast ? 0 : end;
    if (isLast) this.messages.shift();
    return { lane: Lane.REALTIME, part, messageBytes: message.length, payload: message.subarray(start, end) };
  }
}
