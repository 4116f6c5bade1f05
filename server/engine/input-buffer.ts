import type { QueueVisitor } from "#engine/shared";

/** An input for one tick, and how long before that the player saw the others. */
export interface TimedInput<Input> {
  readonly input: Input;
  /** In milliseconds. */
  readonly viewAgeMs: number;
}

/** How a player's inputs have come since the session began. */
export interface InputReport {
  /** Inputs that came, of whatever tick. */
  readonly received: number;
  /** Of them, those whose tick had been simulated already. */
  readonly late: number;
  /** Of them, those for a tick so far ahead that no honest client means it. */
  readonly early: number;
  /** Ticks since the first input that had none of their own, and got the one before again, or none. */
  readonly missing: number;
}

const TICK_HALF = 2 ** 15;
/** A client is at most so far ahead: more is not kept for it. */
const AHEAD_MS_MAX = 2_000;
/** For so long the last input stands for those that do not come. */
const FILL_MS_MAX = 500;

interface WaitingInput<Input> extends TimedInput<Input> {
  readonly tick: number;
}

/**
 * One player's inputs between arrival and the tick that each is meant for.
 *
 * An input counts in its own tick or not at all: the player's client has shown what follows from it there. One that
 * comes too late, or far too early, is still the newest intent that is known, and stands for those that are missing.
 */
export class InputBuffer<Input> {
  private readonly aheadMax: number;
  private readonly fillMax: number;
  private waiting: WaitingInput<Input>[] = [];
  /** The newest that came too late or too early, until it stands in. */
  private untimely: WaitingInput<Input> | undefined;
  private newest: number | undefined;
  private nextTick = 0;
  private current: TimedInput<Input> | undefined;
  private filled = 0;
  private received = 0;
  private late = 0;
  private early = 0;
  private missing = 0;

  constructor(tickRate: number) {
    this.aheadMax = Math.ceil((AHEAD_MS_MAX * tickRate) / 1_000);
    this.fillMax = Math.ceil((FILL_MS_MAX * tickRate) / 1_000);
  }

  get report(): InputReport {
    const { received, late, early, missing } = this;
    return { received, late, early, missing };
  }

  /** How many inputs wait. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  eachQueue(visit: QueueVisitor): void {
    visit("inputs that wait for their ticks", this.waiting.length, this.aheadMax);
  }

  /** `nextTick`: the one that is simulated next. Call it before the inputs that came are pushed. */
  begin(nextTick: number): void {
    this.nextTick = nextTick;
  }

  /** How many ticks are simulated before `tick`'s; below zero for one that has been. */
  ticksUntil(tick: number): number {
    return tick - this.nextTick;
  }

  /** The tick that the lowest 16 bits of a tick mean: the nearest to the present. */
  tickOf(lowTick: number): number {
    return this.nextTick + ((((lowTick - this.nextTick) & 0xffff) + TICK_HALF) % (2 * TICK_HALF)) - TICK_HALF;
  }

  /** False when `tick` does not follow what has come before: the peer is at fault. The first may be any. */
  push(tick: number, input: Input, viewAgeMs: number): boolean {
    if (this.newest !== undefined && tick <= this.newest) return false;
    this.received += 1;
    this.newest = tick;
    const isLate = tick < this.nextTick;
    const isEarly = tick >= this.nextTick + this.aheadMax;
    if (isLate) this.late += 1;
    if (isEarly) this.early += 1;
    if (isLate || isEarly) this.untimely = { tick, input, viewAgeMs };
    else this.waiting.push({ tick, input, viewAgeMs });
    return true;
  }

  /** Nothing is heard of the player: what it wanted last counts no more. */
  idle(): void {
    this.waiting = [];
    this.untimely = undefined;
    this.current = undefined;
  }

  /** The input of `nextTick`, else the last one again for a while, else undefined. */
  take(): TimedInput<Input> | undefined {
    this.standIn();
    if (this.waiting[0]?.tick === this.nextTick) {
      this.current = this.waiting.shift();
      this.filled = 0;
      return this.current;
    }
    if (this.received > 0) this.missing += 1;
    if (this.filled < this.fillMax) this.filled += 1;
    else this.current = undefined;
    return this.current;
  }

  /** The untimely input stands for those that are missing, but not before older ones that wait for their ticks. */
  private standIn(): void {
    const { untimely } = this;
    if (untimely === undefined) return;
    const oldest = this.waiting[0];
    if (oldest !== undefined && oldest.tick < untimely.tick) return;
    this.current = untimely;
    this.filled = 0;
    this.untimely = undefined;
  }
}
