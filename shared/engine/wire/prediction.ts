/** What generated snapshot codecs share. All of it is exact integer arithmetic: both ends get the same. */

/**
 * How far `ticks` ticks move what has the given velocity at their end, and whose velocity changed by `step` during
 * them: evenly, as far as one can know.
 */
export function travel(velocity: number, step: number, ticks: number): number {
  return Math.imul(velocity, ticks) - (Math.imul(step, ticks - 1) >> 1);
}

/** Which tables are meant for a row so old, where nothing else is known of the entity. */
export function lagClass(ticks: number): number {
  return ticks === 1 ? 0 : ticks <= 3 ? 1 : 2;
}

/**
 * What is remembered of a position's rounding errors. Where speeds are no whole steps, an error of one step is followed
 * by none in the next tick, and by one of the same sign some ticks later (the steps of a straight line: Bresenham).
 *
 * 0: none lately · 1, 2: one in the last step, above or below · 3, 4: likewise in the step before it.
 */
export function pastAfter(past: number, rest: number): number {
  if (rest !== 0) return rest > 0 ? 1 : 2;
  return past === 1 || past === 2 ? past + 2 : 0;
}

/** Whether the last error that is remembered was below. */
export function isNegative(past: number): boolean {
  return past !== 0 && (past & 1) === 0;
}

/** 0, 1 for an error in the last step, 2 for one in the step before it. */
export function pastClass(past: number): number {
  return (past + 1) >> 1;
}

/** Quantised steps `ticks` ticks later, inside of 0 to `max`. */
export function movedSteps(steps: number, velocity: number, ticks: number, max: number): number {
  return ticks === 0 ? steps : Math.max(0, Math.min(max, steps + velocity * ticks));
}
