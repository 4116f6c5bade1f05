import { baselineTickOf, type Lag } from "./lag.ts";
import type { Rows } from "./row.ts";
import type { Trace } from "./trace.ts";
import type { Views } from "./views.ts";

/** What one client's snapshot has to say: the view at a tick, and what the client had before. */
export interface Step {
  readonly tick: number;
  readonly rows: Rows;
  /** In view, ascending; `enters` and `survivors` are its parts. */
  readonly ids: Uint16Array;
  /** Ids that the baseline does not have, and ids that only the baseline has. */
  readonly enters: Uint16Array;
  readonly leaves: Uint16Array;
  readonly survivors: Uint16Array;
  /** Ticks since the baseline; 0 when there is none: everything enters then. */
  readonly lagTicks: number;
  /** Rows of the baseline; without a baseline nothing survives, and nobody looks at them. */
  readonly baseline: Rows;
}

const NOTHING = new Uint16Array(0);

/** What every client's snapshot says at `tick`. */
export function stepsAt(tick: number, trace: Trace, views: Views, lag: Lag): Step[] {
  const rows = trace[tick]!;
  const baselineTick = baselineTickOf(lag, tick);
  const hasBaseline = baselineTick >= 0;
  return views.map((view) => {
    const ids = view[tick]!;
    const before = hasBaseline ? view[baselineTick]! : NOTHING;
    return {
      tick,
      rows,
      ids,
      ...changesBetween(before, ids),
      lagTicks: hasBaseline ? tick - baselineTick : 0,
      baseline: hasBaseline ? trace[baselineTick]! : rows,
    };
  });
}

/** How one ascending list of ids becomes another. */
export function changesBetween(before: Uint16Array, after: Uint16Array): Pick<Step, "enters" | "leaves" | "survivors"> {
  const [had, has] = [new Set(before), new Set(after)];
  return {
    enters: after.filter((id) => !had.has(id)),
    leaves: before.filter((id) => !has.has(id)),
    survivors: after.filter((id) => had.has(id)),
  };
}
