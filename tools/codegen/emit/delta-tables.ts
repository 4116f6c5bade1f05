import { historyShift, maskContexts, wideShift, activityShift } from "../snapshot/context-bits.ts";
import type { FieldGroup, Member } from "../snapshot/model.ts";
import { activityGroups, HISTORY_BITS, LAG_CLASSES, PAST_CLASSES } from "../snapshot/model.ts";
import { contextBit, sum, times } from "./delta-expressions.ts";
import type { PrintedModel } from "./snapshot-model.ts";
import { contextsOf, jointBookOf, place } from "./snapshot-model.ts";

/** Whether the peer holds the entity's state. */
export type Mode = "history" | "lagged";

/** Which table of its book each symbol of a printed delta is coded with, as expressions of `context`, `mask` and `lag`. */
export class DeltaTables {
  private readonly model: PrintedModel;
  private readonly mode: Mode;
  /** The variable that says how old a member's last rounding error is. */
  private readonly ageOf: (member: Member) => string;

  constructor(model: PrintedModel, mode: Mode, ageOf: (member: Member) => string) {
    this.model = model;
    this.mode = mode;
    this.ageOf = ageOf;
  }

  get ofMask(): string {
    const contexts = maskContexts(this.model);
    if (this.mode === "lagged") return `${contexts} + lag`;
    return contexts === 1 ? "0" : `context & ${contexts - 1}`;
  }

  ofPair(group: FieldGroup): string {
    const { contexts } = jointBookOf(this.model, group);
    if (group.kind === "position") {
      const moved = this.movedBit();
      if (this.mode === "lagged") return sum(String(contexts), times(moved, LAG_CLASSES), "lag");
      const pasts = group.members.map((member, index) =>
        member.history === undefined ? "" : times(this.ageOf(member), PAST_CLASSES ** index),
      );
      return sum(times(moved, PAST_CLASSES ** 2), ...pasts);
    }
    if (group.kind !== "velocity") return contextBit(group.bit);
    return sum(this.activityBit(group), times(this.restClass(group), 2));
  }

  ofMember(member: Member, group: FieldGroup): string {
    const contexts = contextsOf(this.model, group, member);
    const moved = member.predict === "velocity" && group.kind === "position" ? this.movedBit() : "";
    if (this.mode === "lagged") return sum(String(contexts), times(moved, LAG_CLASSES), "lag");
    const { predict, stepState, history } = member;
    const repeated = group.kind === "velocity" ? this.restClass(group) : contextBit(group.bit);
    if (predict === "none") return repeated;
    if (predict === "velocity") {
      const past = history === undefined ? "" : this.ageOf(member);
      return sum(times(moved, PAST_CLASSES), past);
    }
    const wasMoving = `(states[${place("state", stepState!)}] === 0 ? 0 : 1)`;
    return group.kind === "velocity" ? sum(wasMoving, times(repeated, 2)) : wasMoving;
  }

  /** What is remembered of a member's rounding errors. */
  pastOf(history: number): string {
    return `(context >>> ${historyShift(this.model, history)}) & ${2 ** HISTORY_BITS - 1}`;
  }

  /** 1 where the mask says that velocities changed otherwise than predicted: they are the first group. */
  private movedBit(): string {
    const velocity = this.model.groups.find(({ kind }) => kind === "velocity");
    return velocity === undefined ? "" : `(mask & 1)`;
  }

  private activityBit(group: FieldGroup): string {
    const activity = activityGroups(this.model).findIndex((each) => each.includes(group));
    return activity < 0 ? "" : contextBit(activityShift(this.model, activity));
  }

  /** Which of the `REST_CLASSES` the last rests of the velocities were of. */
  private restClass({ bit }: FieldGroup): string {
    return `(${contextBit(bit)} + ${contextBit(wideShift(this.model))})`;
  }
}
