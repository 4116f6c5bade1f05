import { type Frame, Part } from "./packet.ts";

/** What a frame made: a whole message, nothing yet, or what is wrong with it. */
export type Assembled = Uint8Array | "partial" | "too large" | "bad";

/**
 * Puts the messages of a lane together. It holds what has arrived and nothing for what is announced; parts that
 * overlap, are missing or are too many are refused.
 */
export class MessageAssembler {
  private readonly bytesMax: number;
  private buffer = new Uint8Array(0);
  private announced = 0;
  private arrived = 0;

  /** `bytesMax`: of the largest message. */
  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  /** Bytes of a message that is not whole yet. */
  get heldBytes(): number {
    return this.arrived;
  }

  /** What is returned is a view of the packet when the message came whole. */
  add({ part, messageBytes, payload }: Frame): Assembled {
    const isBegun = this.announced > 0;
    if (part === Part.WHOLE) return isBegun ? "bad" : payload;
    if ((part === Part.FIRST) === isBegun || payload.length === 0) return "bad";
    if (part === Part.FIRST) {
      if (messageBytes > this.bytesMax) return "too large";
      this.announced = messageBytes;
    }
    const end = this.arrived + payload.length;
    if (part === Part.LAST ? end !== this.announced : end >= this.announced) return "bad";
    this.reserve(end);
    this.buffer.set(payload, this.arrived);
    this.arrived = end;
    return part === Part.LAST ? this.finish() : "partial";
  }

  /** Twice what has arrived is paid for; what is announced is not. */
  private reserve(bytes: number): void {
    if (bytes <= this.buffer.length) return;
    const grown = new Uint8Array(Math.min(this.announced, Math.max(bytes, 2 * this.buffer.length)));
    grown.set(this.buffer.subarray(0, this.arrived));
    this.buffer = grown;
  }

  private finish(): Uint8Array {
    const message = this.buffer.subarray(0, this.arrived);
    this.buffer = new Uint8Array(0);
    this.announced = 0;
    this.arrived = 0;
    return message;
  }
}
