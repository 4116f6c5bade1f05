import type { TickLoop } from "#engine/server";

/**
 * Runs the loop whenever its next tick is due: all that a server does at its own pace. Each delay is measured from the
 * clock anew, so that the timer's own lateness never adds up. Returns a function that stops it.
 */
export function startTicker(loop: TickLoop, nowMs: () => number): () => void {
  let timer: NodeJS.Timeout;
  const schedule = (): void => {
    timer = setTimeout(run, Math.max(0, loop.nextDueMs - nowMs()));
  };
  const run = (): void => {
    loop.run();
    schedule();
  };
  schedule();
  return () => {
    clearTimeout(timer);
  };
}
