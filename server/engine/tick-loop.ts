import { TickAccumulator } from "../../shared/engine/time/tick-accumulator.ts";
import { RoomMetrics, type TickReport } from "./room-metrics.ts";

/** The most ticks that are run in one go after a stall; more are dropped and counted. */
export const CATCH_UP_TICKS_MAX = 4;

/** What a loop drives and the clock it reads. */
export interface TickLoopOptions {
  /** Told when the tick begins, on the clock of `nowMs`. */
  readonly advanceTick: (nowMs: number) => void;
  /** Ticks per second. */
  readonly tickRate: number;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/** Runs ticks when they are due and measures them. Whoever owns a timer calls `run` at about `nextDueMs`. */
export class TickLoop {
  private readonly options: TickLoopOptions;
  private readonly accumulator: TickAccumulator;
  private readonly metrics = new RoomMetrics();

  constructor(options: TickLoopOptions) {
    this.options = options;
    this.accumulator = new TickAccumulator({
      tickRate: options.tickRate,
      catchUpTicksMax: CATCH_UP_TICKS_MAX,
      startMs: options.nowMs(),
    });
  }

  get nextDueMs(): number {
    return this.accumulator.nextDueMs;
  }

  /** Runs what is due; returns how many ticks that was. */
  run(): number {
    const { nowMs, advanceTick } = this.options;
    const dueMs = this.accumulator.nextDueMs;
    const startedMs = nowMs();
    const ticks = this.accumulator.advanceTo(startedMs);
    let beganMs = startedMs;
    for (let i = 0; i < ticks; i++) {
      advanceTick(beganMs);
      const endedMs = nowMs();
      const tickDueMs = dueMs + (i * 1000) / this.options.tickRate;
      this.metrics.tickRan(endedMs - beganMs, Math.max(0, beganMs - tickDueMs));
      beganMs = endedMs;
    }
    return ticks;
  }

  report(): TickReport {
    return this.metrics.report(this.accumulator.droppedTicks);
  }
}
