import { intName } from "../snapshot/model.ts";
import type { RowInt } from "../snapshot/row.ts";
import type { Locals } from "./place.ts";

/** What the variables of one integer are called in a printed delta. */
export interface DeltaNames {
  readonly value: string;
  /** How far it went since the row it is predicted from. */
  readonly step: string;
  /** What the prediction left. */
  readonly rest: string;
  /** The last rounding errors, as the context has them. */
  readonly past: string;
  /** Whether there was an error in the last step. */
  readonly last: string;
  /** 0 where no error is remembered, 1 for one in the last step, 2 for one in the step before it alone. */
  readonly age: string;
  /** -1 where the last error that is remembered was below, and signs are turned; else 0. */
  readonly turn: string;
  readonly turned: string;
}

/** Names that nothing else in the function has. */
export function deltaNames(int: RowInt, locals: Locals): DeltaNames {
  const wish = intName(int).replace(/\.(.)/, (_, first: string) => first.toUpperCase());
  const take = (suffix: string): string => locals.take(wish + suffix);
  return {
    value: take(""),
    step: take("Step"),
    rest: take("Rest"),
    past: take("Past"),
    last: take("Last"),
    age: take("Age"),
    turn: take("Turn"),
    turned: take("Folded"),
  };
}
