import type { VirtualClock } from "./virtual-clock.ts";

/** What Linux waits beyond the smoothed round trip: 200 ms by its rule, and its timers have been seen to be 6 late. */
const BEYOND_ROUND_TRIP_MS = 206;

/** Between two times. */
const TIMEOUT_MS_MAX = 120_000;

/**
 * When TCP sends again what was not acknowledged: 1, 2, 4, 8 … timeouts behind the last sign of life. The first is
 * Linux's probe, which does not count for the back-off yet. A timeout is a round trip and some 200 ms.
 *
 * It is started by a loss alone; without one it would never run out.
 */
export class RetransmissionTimer {
  private readonly clock: VirtualClock;
  private readonly onTimeout: () => void;
  private smoothedRttMs: number;
  private backoff = 1;
  private lastSignMs = 0;
  private missingEnd = 0;
  private ackedEnd = 0;
  /** Undefined while the timer does not run. */
  private callOff: (() => void) | undefined;

  constructor(clock: VirtualClock, rttMs: number, onTimeout: () => void) {
    this.clock = clock;
    this.smoothedRttMs = rttMs;
    this.onTimeout = onTimeout;
  }

  /** Bytes up to `end`, or the word that they came, were lost. */
  lose(end: number): void {
    this.missingEnd = Math.max(this.missingEnd, end);
    if (this.callOff !== undefined) return;
    this.lastSignMs = Math.max(this.lastSignMs, this.clock.nowMs);
    this.wait();
  }

  /** All up to `end` has come; one segment of it took `rttMs` there and back. */
  acknowledge(end: number, rttMs: number): void {
    this.ackedEnd = end;
    this.backoff = 1;
    this.lastSignMs = this.clock.nowMs;
    this.smoothedRttMs += (rttMs - this.smoothedRttMs) / 8;
    if (this.callOff === undefined) return;
    this.stop();
    if (this.ackedEnd < this.missingEnd) this.wait();
  }

  stop(): void {
    this.callOff?.();
    this.callOff = undefined;
  }

  private wait(): void {
    const timeoutMs = (this.smoothedRttMs + BEYOND_ROUND_TRIP_MS) * this.backoff;
    const dueMs = Math.min(this.lastSignMs + timeoutMs, this.clock.nowMs + TIMEOUT_MS_MAX);
    this.callOff = this.clock.schedule(dueMs, () => {
      this.backoff *= 2;
      this.wait();
      this.onTimeout();
    });
  }
}
