import type { ClientStatus } from "#engine/client";
import { CloseCode } from "#engine/shared";

/** The first pause; each is twice as long as the one before it. In milliseconds. */
const PAUSE_MS_MIN = 2_000;
const PAUSE_MS_MAX = 15_000;
/** About three minutes. */
const TRIES_MAX = 20;
/** Endings behind which the same server, or the next one at its address, takes the player in again. */
const GONE: readonly number[] = [CloseCode.GOING_AWAY, CloseCode.ABNORMAL, CloseCode.SESSION_LOST];

/** How a page asks for its server, and joins again. */
export interface RejoinOptions {
  /** Uniform in 0 to 1: a server that starts again is not met by all of its players at once. */
  readonly random: () => number;
  readonly isServerUp: () => Promise<boolean>;
  readonly join: () => void;
}

/**
 * Joins again for a player whose session is gone: its server was stopped, say, and has started again.
 *
 * Only for one who had been in the room: whom a server never lets in must not knock for ever.
 */
export class Rejoin {
  private readonly options: RejoinOptions;
  private pauseMs = PAUSE_MS_MIN;
  private dueMs: number | undefined;
  private tries = 0;
  private isAsking = false;
  private isOver = false;

  constructor(options: RejoinOptions) {
    this.options = options;
  }

  /** About once a display frame. */
  advance(status: ClientStatus, hasPlayed: boolean, nowMs: number): void {
    if (this.isOver || this.isAsking || status.phase !== "lost" || !hasPlayed || !GONE.includes(status.code)) return;
    this.dueMs ??= nowMs + this.pauseMs * (1 - this.options.random() / 2);
    if (nowMs < this.dueMs) return;
    this.isAsking = true;
    void this.options.isServerUp().then((isUp) => {
      this.answered(isUp);
    });
  }

  /** Whole seconds until it is tried next, 0 while it is; undefined when it is not, or not any more. */
  secondsLeft(nowMs: number): number | undefined {
    if (this.isOver || this.dueMs === undefined) return undefined;
    return Math.max(0, Math.ceil((this.dueMs - nowMs) / 1_000));
  }

  /** The player would rather stay away. */
  stop(): void {
    this.isOver = true;
  }

  private answered(isUp: boolean): void {
    if (this.isOver) return;
    this.isAsking = false;
    this.tries += 1;
    this.isOver = isUp || this.tries === TRIES_MAX;
    if (isUp) this.options.join();
    this.dueMs = undefined;
    this.pauseMs = Math.min(PAUSE_MS_MAX, 2 * this.pauseMs);
  }
}
