/**
 * What generated snapshot codecs share. All of it is exact integer arithmetic: both ends get the same. Little of it
 * branches: what is left of predictions is chance, and a processor that guesses a branch wrong loses 5 ns.
 */

/** 1 for a 32-bit integer that is not 0. */
export function bitOf(value: number): number {
  return (value | -value) >>> 31;
}

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
  return PAST_AFTER[3 * past + ((rest >> 31) | (-rest >>> 31)) + 1]!;
}

/** What follows each past after an error below, none, one above. */
const PAST_AFTER = /* @__PURE__ */ Uint8Array.of(2, 0, 1, 2, 3, 1, 2, 4, 1, 2, 0, 1, 2, 0, 1);

/** An error, or one that was folded: its sign turned where the last one that is remembered was below. */
export function folded(rest: number, past: number): number {
  const turn = TURNS[past]!;
  return (rest ^ turn) - turn;
}

const TURNS = /* @__PURE__ */ Int8Array.of(0, 0, -1, 0, -1);

/** 0, 1 for an error in the last step, 2 for one in the step before it. */
export function pastClass(past: number): number {
  return (past + 1) >> 1;
}

/** Quantised steps `ticks` ticks later, inside of 0 to `max`. */
export function movedSteps(steps: number, velocity: number, ticks: number, max: number): number {
  return ticks === 0 ? steps : Math.max(0, Math.min(max, steps + velocity * ticks));
}
