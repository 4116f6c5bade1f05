import type { FieldGroup, Member, SnapshotModel } from "./model.ts";
import { activityGroups, LAG_CLASSES, PAST_CLASSES } from "./model.ts";

/**
 * Codes for a schema that nobody has trained: what is left of a prediction is taken to be a Laplace distribution whose
 * scale follows from the field's range, and groups to change as those of things that move do.
 */

interface Shape {
  readonly symbols: number;
  readonly contexts: number;
}

/** Chances that a group differs from its prediction: at rest, while its steps go on, and where it did the last time. */
const CHANCES = {
  velocity: { resting: 0.07, active: 0.7, repeated: 0.75, lagged: 0.5 },
  position: { resting: 0.35, active: 0.4, repeated: 0.4, lagged: 0.7 },
  other: { resting: 0.07, active: 0.3, repeated: 0.45, lagged: 0.4 },
  rare: { resting: 0.01, active: 0.01, repeated: 0.02, lagged: 0.03 },
} as const;

/** Weights of the masks, in a context with history or behind those in one without. */
export function defaultMaskCounts(model: SnapshotModel, context: number): number[] {
  const { groups } = model;
  const activities = activityGroups(model);
  const lagClass = context - 2 ** (groups.length + activities.length);
  const chances = groups.map((group) => {
    const chance = CHANCES[group.kind];
    if (lagClass >= 0) return 1 - (1 - chance.lagged) ** (0.6 + 0.7 * lagClass);
    const activity = activities.findIndex((each) => each.includes(group));
    const isActive = activity >= 0 && (context >> (groups.length + activity)) % 2 === 1;
    const hasChanged = (context >> group.bit) % 2 === 1;
    if (isActive) return chance.active;
    return hasChanged ? chance.repeated : chance.resting;
  });
  return Array.from({ length: 2 ** groups.length }, (_, mask) =>
    chances.reduce((product, chance, bit) => product * ((mask >> bit) % 2 === 1 ? chance : 1 - chance), 1),
  );
}

export function defaultMemberCounts(member: Member, group: FieldGroup, shape: Shape, context: number): number[] {
  return residualWeights(scaleOf(member, group, shape, context), shape.symbols);
}

export function defaultJointCounts(group: FieldGroup, shape: Shape, context: number): number[] {
  const [a, b] = group.members.map((member, index) =>
    laplace(jointScale(member, group, shape, context, index), group.jointMax),
  );
  const near = a!.flatMap((first) => b!.map((second) => first * second));
  // The middle is no symbol: nothing differs there, which the mask says.
  near[(near.length - 1) / 2] = 0;
  return [...near, Math.max(0.001, 1 - near.reduce((sum, weight) => sum + weight, 0))];
}

/** How far a residual is from 0, in steps. */
function scaleOf({ int, predict }: Member, { kind }: FieldGroup, { contexts }: Shape, context: number): number {
  const lagClass = context - contexts;
  if (predict === "velocity") {
    if (lagClass >= 0) return 0.5 + (lagClass % LAG_CLASSES);
    return context % PAST_CLASSES === 0 ? 0.6 : 0.4;
  }
  const wide = Math.max(0.7, 2 ** (int.width - (kind === "rare" ? 3 : 5.5)));
  if (lagClass >= 0) return wide * (0.6 + 0.4 * lagClass);
  if (predict === "none") return wide;
  return context % 2 === 1 ? 1 : wide;
}

function jointScale(member: Member, group: FieldGroup, shape: Shape, context: number, index: number): number {
  if (member.predict !== "velocity") return scaleOf(member, group, shape, context);
  const lagClass = context - shape.contexts;
  if (lagClass >= 0) return 0.5 + (lagClass % LAG_CLASSES);
  const past = Math.floor(context / PAST_CLASSES ** index) % PAST_CLASSES;
  return past === 0 ? 0.55 : 0.45;
}

/** Weights of -max to max; their sum is the chance to be there. */
function laplace(scale: number, max: number): number[] {
  const ratio = Math.exp(-1 / scale);
  const middle = (1 - ratio) / (1 + ratio);
  return Array.from({ length: 2 * max + 1 }, (_, index) => middle * ratio ** Math.abs(index - max));
}

/** The same over the symbols of residuals: folded ones, then sizes. */
function residualWeights(scale: number, symbols: number): number[] {
  const ratio = Math.exp(-1 / scale);
  const middle = (1 - ratio) / (1 + ratio);
  return Array.from({ length: symbols }, (_, symbol) => {
    if (symbol < 64) return middle * ratio ** Math.ceil(symbol / 2);
    const first = 2 ** (symbol - 64 + 5);
    return 2 * middle * ((ratio ** first - ratio ** (2 * first)) / (1 - ratio));
  });
}
