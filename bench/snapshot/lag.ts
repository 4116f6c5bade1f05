/**
 * How many ticks old the baseline of a snapshot is. 2-3: two in even ticks and three in odd ones, as for a client whose
 * link takes only every second or third snapshot.
 */
export type Lag = "1" | "2-3";

export const LAG_TICKS_MAX = 3;

/** The tick that the snapshot of `tick` is a difference to; negative when there is none. */
export function baselineTickOf(lag: Lag, tick: number): number {
  return lag === "1" ? tick - 1 : tick - (2 + (tick & 1));
}
