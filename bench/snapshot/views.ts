import type { Rows } from "./row.ts";
import type { Trace } from "./trace.ts";
import { ENTITIES } from "./world.ts";

/** all: one client that sees every entity. near: 20 clients, each of which sees a square around the entity it rides. */
export type ViewName = "all" | "near";

/** Of client and tick: the ids in view, ascending. */
export type Views = readonly (readonly Uint16Array[])[];

export const NEAR_CLIENTS = 20;
/** Steps along the farther axis: an entity enters closer than this, and leaves as far away as that. */
export const ENTER_STEPS = 11_000;
export const LEAVE_STEPS = 11_880;

/** What every client sees in every tick of `trace`. */
export function viewsOf(name: ViewName, trace: Trace): Views {
  if (name === "all") return [trace.map(() => Uint16Array.from({ length: ENTITIES }, (_, id) => id))];
  return Array.from({ length: NEAR_CLIENTS }, (_, client) => {
    const view = new NearView(client);
    return trace.map((rows) => view.look(rows));
  });
}

/** What a client sees that rides entity `client`; that entity is always in view. */
export class NearView {
  private readonly client: number;
  private readonly isInView = new Uint8Array(ENTITIES);

  constructor(client: number) {
    this.client = client;
  }

  /** The ids in view, ascending. What is in view stays a little longer than it would take to enter. */
  look({ x, y }: Pick<Rows, "x" | "y">): Uint16Array {
    const ids: number[] = [];
    for (let id = 0; id < x.length; id++) {
      const steps = Math.max(Math.abs(x[id]! - x[this.client]!), Math.abs(y[id]! - y[this.client]!));
      const isInView = steps < (this.isInView[id] === 1 ? LEAVE_STEPS : ENTER_STEPS);
      this.isInView[id] = isInView ? 1 : 0;
      if (isInView) ids.push(id);
    }
    return Uint16Array.from(ids);
  }
}
