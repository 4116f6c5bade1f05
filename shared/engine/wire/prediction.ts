/** Which tables are meant for a row so old, where nothing else is known of the entity. */
export function lagClass(ticks: number): number {
  return ticks === 1 ? 0 : ticks <= 3 ? 1 : 2;
}

/** Quantised steps `ticks` ticks later, inside of 0 to `max`. */
export function movedSteps(steps: number, velocity: number, ticks: number, max: number): number {
  return ticks === 0 ? steps : Math.max(0, Math.min(max, steps + velocity * ticks));
}
