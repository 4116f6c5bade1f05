/** How often a hidden tab is advanced when nothing arrives; browsers allow no less. */
const HIDDEN_MS = 1_000;

/** Who is advanced, and told of the display. */
export interface DisplayLoopOptions {
  /** `nowMs`: the clock that stamps what arrives. */
  readonly advance: (nowMs: number) => void;
  /** Called once a display frame, after `advance`: the place to draw. */
  readonly onFrame?: (nowMs: number) => void;
  /** Told at once, and whenever the tab is hidden or shown. */
  readonly onHidden?: (isHidden: boolean) => void;
}

/** A loop that runs. */
export interface DisplayLoop {
  /** Something has arrived: in a hidden tab, which gets no display frames, that advances too, so that nothing piles up. */
  readonly onArrival: () => void;
  readonly stop: () => void;
}

/** Advances once a display frame, and in a hidden tab with what arrives and about once a second. */
export function runWithDisplay({ advance, onFrame, onHidden }: DisplayLoopOptions): DisplayLoop {
  let isStopped = false;
  // Not the time that a callback is given: packets are stamped by this clock, and it must never run behind them.
  const advanceNow = (): number => {
    const nowMs = performance.now();
    if (!isStopped) advance(nowMs);
    return nowMs;
  };
  // Timers of a tab that is hidden for long come once a minute: too late to go on, so arrivals count as well.
  const onArrival = (): void => {
    if (document.hidden) advanceNow();
  };
  const tellHidden = (): void => {
    onHidden?.(document.hidden);
    onArrival();
  };
  // A page that is opened behind another one is hidden, and no event says so.
  tellHidden();
  document.addEventListener("visibilitychange", tellHidden);
  // Nothing arrives over a connection that is lost: so another one is tried.
  const slowTimer = setInterval(onArrival, HIDDEN_MS);
  const onDisplayFrame = (): void => {
    const nowMs = advanceNow();
    onFrame?.(nowMs);
    if (!isStopped) request = requestAnimationFrame(onDisplayFrame);
  };
  let request = requestAnimationFrame(onDisplayFrame);
  const stop = (): void => {
    isStopped = true;
    cancelAnimationFrame(request);
    clearInterval(slowTimer);
    document.removeEventListener("visibilitychange", tellHidden);
  };
  return { onArrival, stop };
}
