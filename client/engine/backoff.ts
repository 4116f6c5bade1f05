const FIRST_MS = 100;
const GROWTH = 2;
const LAST_MS = 4_000;

/** When to try again: at once, then after pauses that double up to 4 s, each shortened by chance by up to a half. */
export class Backoff {
  private readonly random: () => number;
  private pauseMs = FIRST_MS;
  private dueMs = -Infinity;

  /** `random`: uniform in 0 to 1. */
  constructor(random: () => number) {
    this.random = random;
  }

  isDue(nowMs: number): boolean {
    return nowMs >= this.dueMs;
  }

  failed(nowMs: number): void {
    this.dueMs = nowMs + this.pauseMs * (1 - this.random() / 2);
    this.pauseMs = Math.min(LAST_MS, this.pauseMs * GROWTH);
  }

  reset(): void {
    this.pauseMs = FIRST_MS;
    this.dueMs = -Infinity;
  }
}
