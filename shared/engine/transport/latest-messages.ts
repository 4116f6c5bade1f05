import { Lane } from "./lane.ts";
import { cutFrame, endsMessage, type OutgoingFrame } from "./packet.ts";

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
    const frame = cutFrame(Lane.REALTIME, this.messages[0]!, this.offset, payloadMax);
    const isLast = endsMessage(frame);
    this.offset = isLast ? 0 : this.offset + frame.payload.length;
    if (isLast) this.messages.shift();
    return frame;
  }
}
