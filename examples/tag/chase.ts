import type { GameClient } from "tickwire/client";
import { FIELD_SIZE, type TagInput } from "./generated/tag.ts";
import { IDLE, slotOf, type TagTypes } from "./simulation.ts";

/** Within it runners sprint after somebody, or away. */
const SPRINT_DISTANCE = 300;
/** So near it is there. */
const THERE = 8;

/** What a player without eyes wants: it catches, runs away, or goes to the middle to meet somebody. */
export function chase({ view, playerId }: GameClient<TagTypes>): TagInput {
  const { x, y, isIt } = view.runners.columns;
  const own = slotOf(view, playerId!);
  if (own === undefined) return IDLE;
  const distanceTo = (slot: number): number => Math.hypot(x[slot]! - x[own]!, y[slot]! - y[own]!);
  const others = [...view.runners.slots()].filter((slot) => isIt[slot] !== isIt[own]);
  const [other] = others.sort((a, b) => distanceTo(a) - distanceTo(b));
  const way = isIt[own] === 1 || other === undefined ? 1 : -1;
  const axis = (places: Float64Array): number => {
    const distance = (other === undefined ? FIELD_SIZE / 2 : places[other]!) - places[own]!;
    return Math.abs(distance) < THERE ? 0 : Math.sign(distance) * way;
  };
  return { dx: axis(x), dy: axis(y), sprint: other !== undefined && distanceTo(other) < SPRINT_DISTANCE };
}
