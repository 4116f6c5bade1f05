import { CHAT_BURST, CHAT_PERIOD_TICKS, TICK_RATE } from "../../shared/arena/tuning.ts";

/** Slower than the server gives turns: lines that a network pushes together are still taken there, or the writer would not know. */
const PERIOD_MS = (1.25 * CHAT_PERIOD_TICKS * 1_000) / TICK_RATE;
const FULL_MS = CHAT_BURST * PERIOD_MS;

/** When the player may say something: a few lines at once, then one now and then. The server drops what comes faster. */
export class ChatTurns {
  private leftMs = FULL_MS;
  private sinceMs = 0;

  /** How long until there is a turn, in milliseconds; 0 when there is one now. */
  waitMs(nowMs: number): number {
    return Math.max(0, PERIOD_MS - this.leftAt(nowMs));
  }

  /** Uses a turn; false when there is none. */
  take(nowMs: number): boolean {
    if (this.waitMs(nowMs) > 0) return false;
    this.leftMs = this.leftAt(nowMs) - PERIOD_MS;
    this.sinceMs = nowMs;
    return true;
  }

  private leftAt(nowMs: number): number {
    return Math.min(FULL_MS, this.leftMs + nowMs - this.sinceMs);
  }
}
