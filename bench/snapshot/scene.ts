import type { Lag } from "./lag.ts";
import { stepsAt, type Step } from "./step.ts";
import { recordTrace, SEEDS, TRACE_TICKS } from "./trace.ts";
import { viewsOf, type ViewName } from "./views.ts";
import type { Motion } from "./world.ts";

/** Which part of the workload: `measured` names the world unless the caller has another seed. */
export interface SceneOptions {
  readonly motion: Motion;
  readonly view: ViewName;
  readonly lag: Lag;
  readonly seed?: number;
  readonly ticks?: number;
}

/** What every client's snapshot says in every tick: the whole workload of a figure, made beforehand. */
export interface Scene {
  readonly motion: Motion;
  readonly view: ViewName;
  readonly lag: Lag;
  readonly clients: number;
  /** Of tick and client. */
  readonly steps: readonly (readonly Step[])[];
}

export function createScene({ motion, view, lag, seed = SEEDS.measured, ticks = TRACE_TICKS }: SceneOptions): Scene {
  const trace = recordTrace(seed, motion, ticks);
  const views = viewsOf(view, trace);
  const steps = trace.map((_, tick) => stepsAt(tick, trace, views, lag));
  return { motion, view, lag, clients: views.length, steps };
}
