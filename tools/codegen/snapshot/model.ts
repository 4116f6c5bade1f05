import type { EntityLayout } from "../layout.ts";
import { divide, multiply, rational, toNumber } from "../rational.ts";
import type { RowInt } from "./row.ts";
import { rowInts, scalarOf } from "./row.ts";
import type { TrainedEntity } from "./trained.ts";

/**
 * How the snapshots of one entity kind are coded: which fields belong together, how each is predicted, and in which
 * contexts what is left is coded. Decided here; the emitter prints it, the trainer fills its tables.
 */
export interface SnapshotModel {
  readonly entity: EntityLayout;
  /** Every integer of the row that this version knows. */
  readonly ints: readonly RowInt[];
  /** What deltas say, by group: at most `GROUPS_MAX`. The bit of a group in the mask is its index. */
  readonly groups: readonly FieldGroup[];
  /** What only the owner gets. */
  readonly ownerInts: readonly RowInt[];
  /** Integers of an entity's state: the context, then the last steps of what is predicted by them. */
  readonly stateInts: number;
  readonly trained: TrainedEntity | undefined;
}

export const GROUPS_MAX = 4;
/** How old a row is that is predicted without history: one tick, up to three, more. */
export const LAG_CLASSES = 3;
/** No rounding error lately, one in the last step, one in the step before it. */
export const PAST_CLASSES = 3;
/** Nothing was left of velocities in the last step, no more than rounding leaves, more. */
export const REST_CLASSES = 3;
/** Rounding leaves no more than these bits hold, as two's complement: -2 to 1. */
export const ROUNDING_BITS = 2;
/** Bits of the context for what `pastAfter` of the runtime makes of a member's rounding errors. */
export const HISTORY_BITS = 4;

/** velocity: what moves others; position: what is moved; rare: what seldom changes. */
export type GroupKind = "velocity" | "position" | "other" | "rare";

export interface FieldGroup {
  readonly kind: GroupKind;
  readonly bit: number;
  readonly members: readonly Member[];
  /** Two small residuals are one symbol. */
  readonly isJoint: boolean;
  /** Which residuals a joint symbol may have: `jointBits` bits each, from `-jointBelow` on. */
  readonly jointBits: number;
  readonly jointBelow: number;
}

/** An integer of the row as deltas see it. */
export interface Member {
  readonly int: RowInt;
  readonly predict: "none" | "linear" | "velocity";
  /** Of `velocity`: the integer that is added every tick, and the one that stands for 0. */
  readonly velocity: { readonly int: RowInt; readonly zero: number } | undefined;
  /** Of `linear`: where its last step stands in the state. */
  readonly stepState: number | undefined;
  /** Of `velocity`: which of the histories in the context is its own. */
  readonly history: number | undefined;
}

/** How many members may have their last rounding errors in the context. */
export const HISTORIES_MAX = 4;
/** Rounding errors are folded, and seldom more than one step. */
const JOINT: Readonly<Record<GroupKind, Pick<FieldGroup, "jointBits" | "jointBelow">>> = {
  velocity: { jointBits: 3, jointBelow: 4 },
  position: { jointBits: 2, jointBelow: 1 },
  other: { jointBits: 3, jointBelow: 4 },
  rare: { jointBits: 3, jointBelow: 4 },
};

/** The model of an entity as one version has it: `entity` is cut to that version already. */
export function snapshotModel(entity: EntityLayout, trained?: TrainedEntity): SnapshotModel {
  const ints = rowInts(entity);
  const changing = ints.filter(({ field }) => !field.isConst && !field.isOwnerOnly);
  const counters = { steps: 0, histories: 0 };
  const groups = groupsOf(changing).map(({ kind, ints: own }, bit): FieldGroup => {
    const members = moversFirst(own).map((int) => memberOf(int, ints, trained, counters));
    const isJoint = members.length === 2 && (trained?.joint.includes(jointName(members)) ?? isVector(kind));
    return { kind, bit, members, isJoint, ...JOINT[kind] };
  });
  const ownerInts = ints.filter(({ field }) => field.isOwnerOnly);
  const stateInts = groups.length === 0 ? 0 : 1 + counters.steps;
  return { entity, ints, groups, ownerInts, stateInts, trained };
}

/** Groups whose last steps the context knows of, by the bit of the context that says whether there were any. */
export function activityGroups({ groups }: Pick<SnapshotModel, "groups">): FieldGroup[][] {
  const isMoving = (group: FieldGroup): boolean => group.members.some(({ stepState }) => stepState !== undefined);
  return [
    groups.filter((group) => group.kind === "velocity" && isMoving(group)),
    groups.filter((group) => group.kind !== "velocity" && isMoving(group)),
  ].filter((each) => each.length > 0);
}

/** Whether the members of a group are the components of one thing, and small together. */
function isVector(kind: GroupKind): boolean {
  return kind === "velocity" || kind === "position";
}

/** What a joint book is called: `vx, vy`. */
export function jointName(members: readonly Member[]): string {
  return members.map(({ int }) => intName(int)).join(", ");
}

/** What an integer of a row is called. */
export function intName({ field, part }: RowInt): string {
  return part === "whole" ? field.name : `${field.name}.${part}`;
}

interface GroupDraft {
  readonly kind: GroupKind;
  readonly ints: readonly RowInt[];
}

/** Velocities first: what they move is predicted from the new ones. What is alone in its group costs no bit when it rests. */
function groupsOf(ints: readonly RowInt[]): GroupDraft[] {
  const movers = new Set(ints.flatMap(({ field }) => velocityNameOf(field)));
  const kindOf = (int: RowInt): GroupKind => {
    if (movers.has(int.field.name)) return "velocity";
    if (int.field.prediction.kind === "velocity") return "position";
    return int.field.isRare ? "rare" : "other";
  };
  const drafts = (["velocity", "position", "other", "rare"] as const)
    .map((kind): GroupDraft => ({ kind, ints: ints.filter((int) => kindOf(int) === kind) }))
    .filter((draft) => draft.ints.length > 0);
  return drafts.flatMap((draft) => (draft.kind === "other" ? split(draft, GROUPS_MAX - drafts.length + 1) : [draft]));
}

/** A draft as up to `count` ones: a field each, and the last has what is left. */
function split({ kind, ints }: GroupDraft, count: number): GroupDraft[] {
  const names = [...new Set(ints.map(({ field }) => field.name))];
  const alone = names.slice(0, names.length > count ? count - 1 : count);
  const singles = alone.map((name): GroupDraft => ({ kind, ints: ints.filter(({ field }) => field.name === name) }));
  const rest = ints.filter(({ field }) => !alone.includes(field.name));
  return rest.length === 0 ? singles : [...singles, { kind, ints: rest }];
}

/** What is predicted from another integer stands behind it. */
function moversFirst(ints: readonly RowInt[]): RowInt[] {
  const depthOf = ({ field }: RowInt): number => {
    const mover = ints.find((each) => velocityNameOf(field).includes(each.field.name));
    return mover === undefined ? 0 : 1 + depthOf(mover);
  };
  return [...ints].sort((a, b) => depthOf(a) - depthOf(b) || a.index - b.index);
}

function velocityNameOf({ prediction }: RowInt["field"]): string[] {
  return prediction.kind === "velocity" ? [prediction.field] : [];
}

function memberOf(
  int: RowInt,
  ints: readonly RowInt[],
  trained: TrainedEntity | undefined,
  counters: { steps: number; histories: number },
): Member {
  const [velocityName] = velocityNameOf(int.field);
  if (velocityName !== undefined) {
    const velocity = ints.find(({ field }) => field.name === velocityName)!;
    const history = counters.histories < HISTORIES_MAX ? counters.histories++ : undefined;
    return {
      int,
      predict: "velocity",
      velocity: { int: velocity, zero: zeroOf(velocity) },
      stepState: undefined,
      history,
    };
  }
  const predict = trained?.predict[intName(int)] ?? (int.field.prediction.kind === "linear" ? "linear" : "none");
  const stepState = predict === "linear" ? 1 + counters.steps++ : undefined;
  return { int, predict, velocity: undefined, stepState, history: undefined };
}

/** The raw steps of a velocity of 0. */
function zeroOf({ field }: RowInt): number {
  const type = scalarOf(field);
  if (type.kind !== "bits" || type.meaning.kind !== "quantized") return 0;
  return toNumber(divide(multiply(type.meaning.min, rational(-1n)), type.meaning.step));
}
