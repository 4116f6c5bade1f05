import type { EventLoop } from "#engine/shared";
import { nodeEventLoop } from "../../../server/node/event-loop.ts";
import type { Clock } from "../clock.ts";

/** CLOCK_MONOTONIC, which is one and the same for all programs of a machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export const monotonicClock: Clock = {
  nowMs: monotonicMs,
  schedule: (atMs, run) => {
    // Timers cut off what is below a millisecond.
    const timer = setTimeout(run, Math.ceil(atMs - monotonicMs()));
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Links stamp what arrives with the clock that the sender reads too. */
export const monotonicEventLoop: EventLoop = { ...nodeEventLoop, nowMs: monotonicMs };
