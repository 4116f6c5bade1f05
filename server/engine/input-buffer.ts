const SEQUENCE_HALF = 2 ** 31;

/**
 * One player's inputs between arrival and the tick that applies them: in sequence, each at most once.
 *
 * It is short: a player whose clock runs fast, or whose network delivers in bursts, loses the oldest waiting
 * inputs rather than flying ever further behind what the screen shows.
 */
export class InputBuffer<Input> {
  private readonly waitingMax: number;
  private waiting: { sequence: number; input: Input }[] = [];
  private received: number | undefined;
  private applied = 0;
  private current: Input | undefined;

  /** `waitingMax`: the most inputs that may wait, at least 1. */
  constructor(waitingMax: number) {
    this.waitingMax = waitingMax;
  }

  /** Sequence of the newest input that `take` has returned, u32; 0 before the first. */
  get appliedSequence(): number {
    return this.applied;
  }

  /** False when `sequence` (u32, wrapping) does not follow what has arrived: the peer is at fault. The first may be any. */
  push(sequence: number, input: Input): boolean {
    const distance = (sequence - (this.received ?? sequence - 1)) >>> 0;
    if (distance === 0 || distance >= SEQUENCE_HALF) return false;
    this.received = sequence;
    this.waiting.push({ sequence, input });
    if (this.waiting.length > this.waitingMax) this.waiting.shift();
    return true;
  }

  /** Nothing is heard of the player: what it wanted last counts no more. */
  idle(): void {
    this.waiting = [];
    this.current = undefined;
  }

  /** The input of the next tick: the oldest that waits, else the last one again, else undefined. */
  take(): Input | undefined {
    const next = this.waiting.shift();
    if (next !== undefined) {
      this.applied = next.sequence;
      this.current = next.input;
    }
    return this.current;
  }
}
