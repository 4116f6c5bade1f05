import type { CreditWindow } from "./credit-window.ts";

/** A path is stalled when the oldest answer is late by half a round trip, at least by so much … */
export const STALL_MS_MIN = 45;
/** … and at least by so much more than the peer has kept answers back of late, a maximum that fades by a twentieth with each. */
const STALL_HOLD_MS = 10;
const HOLD_FADING = 0.95;
/** Before anything is known of the path. */
const STALL_MS_UNKNOWN = 1_000;

/** Says whether a path is stalled: what is written now would be old when it arrives. */
export class StallWatch {
  private readonly window: CreditWindow;
  private peerHoldMs = 0;

  constructor(window: CreditWindow) {
    this.window = window;
  }

  /** An answer came, which the peer had kept back for so long. */
  heard(holdMs: number | undefined): void {
    this.peerHoldMs = Math.max(holdMs ?? 0, this.peerHoldMs * HOLD_FADING);
  }

  /** `lateMsMin`: how late the oldest answer is at least, for what may go on longer than all else. */
  isStalled(nowMs: number, lateMsMin = STALL_MS_MIN): boolean {
    const { rttMs } = this.window;
    const lateMs = Math.max(lateMsMin, (rttMs ?? 0) / 2, this.peerHoldMs + STALL_HOLD_MS);
    const limitMs = rttMs === undefined ? STALL_MS_UNKNOWN : rttMs + lateMs;
    return this.window.oldestFlightMs(nowMs) > limitMs;
  }
}
