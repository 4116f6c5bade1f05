import type { DecodedView } from "../decoded-view.ts";
import { FIELDS, type Field } from "../row.ts";
import type { Step } from "../step.ts";

/** An entity that changed, with the fields that did; one that enters has them all. */
export type EntityDelta = { id: number } & Partial<Record<Field, number>>;

/** The plain object that a game would write which sends differences by hand. */
export interface DeltaMessage {
  readonly t: number;
  readonly e: EntityDelta[];
  /** Ids that left. */
  readonly rm: number[];
}

export function deltaMessageOf(step: Step): DeltaMessage {
  const e: EntityDelta[] = [];
  for (const id of step.enters) e.push(entering(id, step));
  for (const id of step.survivors) {
    const delta = changed(id, step);
    if (delta !== undefined) e.push(delta);
  }
  return { t: step.tick, e, rm: Array.from(step.leaves) };
}

export function applyDeltaMessage({ e, rm }: DeltaMessage, { rows, isInView }: DecodedView): void {
  for (const id of rm) isInView[id] = 0;
  for (const delta of e) {
    const { id } = delta;
    isInView[id] = 1;
    for (const field of FIELDS) {
      const value = delta[field];
      if (value !== undefined) rows[field][id] = value;
    }
  }
}

function entering(id: number, { rows }: Step): EntityDelta {
  const delta: EntityDelta = { id };
  for (const field of FIELDS) delta[field] = rows[field][id]!;
  return delta;
}

function changed(id: number, { rows, baseline }: Step): EntityDelta | undefined {
  let delta: EntityDelta | undefined;
  for (const field of FIELDS) {
    const value = rows[field][id]!;
    if (value === baseline[field][id]) continue;
    delta ??= { id };
    delta[field] = value;
  }
  return delta;
}
