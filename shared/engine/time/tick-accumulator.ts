/** When ticks happen, and how many a stall may leave owing. */
export interface TickAccumulatorOptions {
  /** Ticks per second. */
  readonly tickRate: number;
  /** The most ticks that one call may ask for. */
  readonly catchUpTicksMax: number;
  /** Monotonic time at which the first tick begins to run up. */
  readonly startMs: number;
}

/**
 * Turns elapsed time into whole ticks on a fixed grid, so that rounding never adds up to drift.
 *
 * After a stall it owes at most `catchUpTicksMax`: a server that tried to repay every lost tick would fall further
 * behind with each one. What it does not owe is dropped and counted, and the grid stays where it was.
 */
export class TickAccumulator {
  private readonly options: TickAccumulatorOptions;
  private passed = 0;
  private dropped = 0;

  constructor(options: TickAccumulatorOptions) {
    this.options = options;
  }

  /** How many ticks to run now. */
  advanceTo(nowMs: number): number {
    const due = this.ticksDueBy(nowMs) - this.passed;
    if (due <= 0) return 0;
    this.passed += due;
    this.dropped += Math.max(0, due - this.options.catchUpTicksMax);
    return Math.min(due, this.options.catchUpTicksMax);
  }

  /** Ticks that were never run, since the start. */
  get droppedTicks(): number {
    return this.dropped;
  }

  /** The moment at which the next tick falls due. */
  get nextDueMs(): number {
    return this.dueMs(this.passed + 1);
  }

  private dueMs(tick: number): number {
    return this.options.startMs + (tick * 1000) / this.options.tickRate;
  }

  private ticksDueBy(nowMs: number): number {
    const estimate = Math.floor(((nowMs - this.options.startMs) * this.options.tickRate) / 1000);
    // The division may round down across the boundary that `dueMs` names.
    return this.dueMs(estimate + 1) <= nowMs ? estimate + 1 : estimate;
  }
}
