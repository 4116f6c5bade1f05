import { copyRows, createRows, FIELDS, type Rows } from "./row.ts";
import type { Step } from "./step.ts";
import { ENTITIES } from "./world.ts";

/** What a client knows once it has decoded a snapshot. */
export interface DecodedView {
  readonly rows: Rows;
  /** 1 for an id in view; rows of other ids say nothing. */
  readonly isInView: Uint8Array;
}

export function createDecodedView(): DecodedView {
  return { rows: createRows(ENTITIES), isInView: new Uint8Array(ENTITIES) };
}

export function copyDecodedView(from: DecodedView, to: DecodedView): void {
  copyRows(from.rows, to.rows);
  to.isInView.set(from.isInView);
}

/** The first entity and field in which `view` is not what `step` says; undefined when there is none. */
export function differenceOf({ ids, rows }: Step, view: DecodedView): string | undefined {
  for (const id of ids) {
    if (view.isInView[id] !== 1) return `entity ${id} is not in view`;
    for (const field of FIELDS) {
      const [expected, actual] = [rows[field][id]!, view.rows[field][id]!];
      if (expected !== actual) return `entity ${id}: ${field} is ${actual}, not ${expected}`;
    }
  }
  return strangerIn(ids, view);
}

function strangerIn(ids: Uint16Array, { isInView }: DecodedView): string | undefined {
  const expected = new Set(ids);
  const stranger = isInView.findIndex((is, id) => is === 1 && !expected.has(id));
  return stranger === -1 ? undefined : `entity ${stranger} is still in view`;
}
