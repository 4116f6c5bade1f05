import type { InputCodec } from "../../shared/engine/wire/protocol.ts";
import { encodeInputs, INPUT_BYTES_MAX } from "../../shared/schema/generated/engine.ts";

/** What a player wanted longer ago than this is not worth sending any more. */
const WAITING_MS_MAX = 250;

/** A player's inputs until they leave: never old, and numbered as they leave, without a gap. */
export class InputSender<Input> {
  private readonly codec: InputCodec<Input>;
  private readonly waitingMax: number;
  private readonly bytes: Uint8Array;
  private readonly waiting: Input[] = [];
  private next: number;

  /** `first`: the sequence of the first input, u32. */
  constructor(codec: InputCodec<Input>, tickRate: number, first = 1) {
    this.next = first >>> 0;
    this.codec = codec;
    const fitting = Math.floor(INPUT_BYTES_MAX / codec.bytes);
    this.waitingMax = Math.min(fitting, Math.ceil((WAITING_MS_MAX * tickRate) / 1_000));
    this.bytes = new Uint8Array(codec.bytes * this.waitingMax);
  }

  /** Of the newest input that has left, u32; 0 before the first. */
  get newestSequence(): number {
    return (this.next - 1) >>> 0;
  }

  add(input: Input): void {
    this.waiting.push(input);
    if (this.waiting.length > this.waitingMax) this.waiting.shift();
  }

  /** The message that carries all that wait; undefined when none do. */
  take(): Uint8Array | undefined {
    if (this.waiting.length === 0) return undefined;
    const sequence = this.next;
    this.next = (sequence + this.waiting.length) >>> 0;
    let end = 0;
    for (const input of this.waiting.splice(0)) end = this.codec.encodeInto(input, this.bytes, end);
    return encodeInputs({ sequence, inputs: this.bytes.subarray(0, end) });
  }

  /** A new connection: what was wanted before it is not wanted any more. */
  forget(): void {
    this.waiting.length = 0;
  }
}
