import type { QueueVisitor } from "#engine/shared";
import type { InputCodec } from "../../shared/engine/wire/protocol.ts";
import { encodeInputs, INPUT_BYTES_MAX } from "../../shared/schema/generated/engine.ts";

/** What a player wanted longer ago than this is not worth sending any more. */
const WAITING_MS_MAX = 250;
/** Inputs are kept for so long, if no snapshot comes that they are part of. */
const KEPT_MS_MAX = 2_000;
/** `Inputs.viewAge` is told in steps of so many milliseconds, up to so many. */
const VIEW_AGE_STEP_MS = 2;
const VIEW_AGE_STEPS_MAX = 255;

/** A player's inputs by the tick that each is for: until they leave, and until a snapshot has them. */
export class InputHistory<Input> {
  private readonly codec: InputCodec<Input>;
  private readonly keptMax: number;
  private readonly waitingMax: number;
  private readonly bytes: Uint8Array;
  private inputs: { readonly tick: number; readonly input: Input }[] = [];
  /** How many of the newest have not left. */
  private waiting = 0;

  constructor(codec: InputCodec<Input>, tickRate: number) {
    this.codec = codec;
    const fitting = Math.floor(INPUT_BYTES_MAX / codec.bytes);
    this.keptMax = Math.ceil((KEPT_MS_MAX * tickRate) / 1_000);
    this.waitingMax = Math.min(fitting, Math.ceil((WAITING_MS_MAX * tickRate) / 1_000));
    this.bytes = new Uint8Array(codec.bytes * this.waitingMax);
  }

  eachQueue(visit: QueueVisitor): void {
    visit("inputs that are kept", this.inputs.length, this.keptMax);
  }

  /** `tick` is above that of every input before. */
  add(tick: number, input: Input): void {
    // A message carries the inputs of ticks in a row.
    const isNext = this.inputs.at(-1)?.tick === tick - 1;
    this.waiting = isNext ? Math.min(this.waiting + 1, this.waitingMax) : 1;
    this.inputs.push({ tick, input });
    if (this.inputs.length > this.keptMax) this.inputs.shift();
  }

  /** The message that carries all that wait; undefined when none do. `viewAgeMs`: see `Inputs.viewAge`. */
  take(viewAgeMs: number): Uint8Array | undefined {
    if (this.waiting === 0) return undefined;
    const leaving = this.inputs.slice(-this.waiting);
    this.waiting = 0;
    let end = 0;
    for (const { input } of leaving) end = this.codec.encodeInto(input, this.bytes, end);
    return encodeInputs({
      tick: leaving[0]!.tick & 0xffff,
      viewAge: Math.max(0, Math.min(VIEW_AGE_STEPS_MAX, Math.round(viewAgeMs / VIEW_AGE_STEP_MS))),
      inputs: this.bytes.subarray(0, end),
    });
  }

  /** A new connection: what waits is not wanted any more. */
  discardWaiting(): void {
    this.waiting = 0;
  }

  /** The input of a tick, or the newest before it: the server too lets that one stand for one that is missing. */
  at(tick: number): Input | undefined {
    for (let i = this.inputs.length - 1; i >= 0; i--) if (this.inputs[i]!.tick <= tick) return this.inputs[i]!.input;
    return undefined;
  }

  /** A snapshot of `tick` has come: only the newest of what is part of it may still stand for one that is missing. */
  acknowledge(tick: number): void {
    while (this.inputs.length > Math.max(1, this.waiting) && this.inputs[1]!.tick <= tick) this.inputs.shift();
  }
}
