import type { VirtualClock } from "./virtual-clock.ts";

/** Linux: a timeout is the smoothed round trip and at least this. */
const VARIANCE_MS_MIN = 200;
const TIMEOUT_MS_MAX = 120_000;

/**
 * When TCP sends again what was not acknowledged: a round trip and 200 ms behind the last sign of life, then after
 * twice as long each time. It is started by a loss alone; without one it would never run out.
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
    const timeoutMs = Math.min((this.smoothedRttMs + VARIANCE_MS_MIN) * this.backoff, TIMEOUT_MS_MAX);
    this.callOff = this.clock.schedule(this.lastSignMs + timeoutMs, () => {
      this.backoff *= 2;
      this.lastSignMs = this.clock.nowMs;
      this.wait();
      this.onTimeout();
    });
  }
}
