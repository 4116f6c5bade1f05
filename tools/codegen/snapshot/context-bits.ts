import { activityGroups, HISTORY_BITS, type SnapshotModel } from "./model.ts";

/**
 * The context of an entity in step: the first integer of its state, which chooses the tables of the next delta. From the
 * lowest bit on: a bit for each group, whether it had a rest; one for velocities and one for all others, whether steps
 * of theirs go on; one for whether more than rounding was left of velocities; and the last rounding errors.
 */
type Model = Pick<SnapshotModel, "groups">;

/** Where the bit of an activity (`activityGroups`) stands. */
export function activityShift({ groups }: Model, activity: number): number {
  return groups.length + activity;
}

/** How many values the part of the context has that chooses the table of the mask. */
export function maskContexts(model: Model): number {
  return 2 ** activityShift(model, activityGroups(model).length);
}

/** Where the bit stands that says whether more than rounding was left of velocities, if there are any. */
export function wideShift(model: Model): number {
  return activityShift(model, activityGroups(model).length);
}

/** Where the rounding errors of a member stand. */
export function historyShift(model: Model, history: number): number {
  const wideBits = model.groups.some(({ kind }) => kind === "velocity") ? 1 : 0;
  return wideShift(model) + wideBits + HISTORY_BITS * history;
}

/** Bits of the whole context. */
export function contextBits(model: Model): number {
  const members = model.groups.flatMap((group) => group.members);
  return historyShift(model, members.filter(({ history }) => history !== undefined).length);
}
