import { activityShift, maskContexts } from "./context-bits.ts";
import type { FieldGroup, Member, SnapshotModel } from "./model.ts";
import { activityGroups, LAG_CLASSES, PAST_CLASSES, REST_CLASSES } from "./model.ts";

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
  velocity: { resting: 0.01, active: 0.7, repeated: 0.75, lagged: 0.5 },
  position: { resting: 0.42, active: 0.4, repeated: 0.3, lagged: 0.7 },
  other: { resting: 0.01, active: 0.2, repeated: 0.45, lagged: 0.4 },
  rare: { resting: 0.01, active: 0.01, repeated: 0.02, lagged: 0.03 },
} as const;
/** What rests is woken up all at once: how often, and how likely each group then changes. */
const WAKING = 0.06;
const WOKEN = 0.8;

/** The contexts in front of those of velocities whose last rest was more than rounding leaves. */
const STEADY = 2 * (REST_CLASSES - 1);

/** How far what is near is from 0, in steps. */
const NEAR_STEPS = 1.5;

/** Weights of the masks, in a context with history or behind those in one without. */
export function defaultMaskCounts(model: SnapshotModel, context: number): number[] {
  const { groups } = model;
  const lagClass = context - maskContexts(model);
  if (lagClass >= 0) return products(groups.map(({ kind }) => laggedChance(CHANCES[kind].lagged, lagClass)));
  const asleep = products(groups.map((group) => chanceOf(group, model, context, false)));
  const woken = products(groups.map((group) => chanceOf(group, model, context, true)));
  return asleep.map((weight, mask) => weight * (1 - WAKING) + woken[mask]! * WAKING);
}

function chanceOf(group: FieldGroup, model: SnapshotModel, context: number, isWoken: boolean): number {
  const { resting, active, repeated } = CHANCES[group.kind];
  const activity = activityGroups(model).findIndex((each) => each.includes(group));
  if (activity >= 0 && (context >> activityShift(model, activity)) % 2 === 1) return active;
  if ((context >> group.bit) % 2 === 1) return repeated;
  return isWoken && (group.kind === "velocity" || group.kind === "other") ? WOKEN : resting;
}

function laggedChance(chance: number, lagClass: number): number {
  return 1 - (1 - chance) ** (0.6 + 0.7 * lagClass);
}

/** Weights of all masks, where each group changes for itself. */
function products(chances: readonly number[]): number[] {
  return Array.from({ length: 2 ** chances.length }, (_, mask) =>
    chances.reduce((product, chance, bit) => product * ((mask >> bit) % 2 === 1 ? chance : 1 - chance), 1),
  );
}

export function defaultMemberCounts(member: Member, group: FieldGroup, shape: Shape, context: number): number[] {
  const isPosition = member.predict === "velocity";
  const past = context < shape.contexts ? context % PAST_CLASSES : 0;
  const weights = isPosition && past > 0 && shape.symbols > 4 ? foldedErrors(past, shape.symbols) : undefined;
  const counts = weights ?? residualWeights(scaleOf(member, group, shape, context), shape.symbols);
  // Alone in its group it is not said when it is 0.
  if (group.members.length === 1) counts[0] = 0;
  return counts;
}

export function defaultJointCounts(group: FieldGroup, shape: Shape, context: number): number[] {
  const [a, b] = group.members.map((member, index) => {
    const isPosition = member.predict === "velocity" && context < shape.contexts;
    const past = Math.floor(context / PAST_CLASSES ** index) % PAST_CLASSES;
    return isPosition ? ERRORS[past]! : laplace(jointScale(member, group, shape, context), group);
  });
  const near = a!.flatMap((first) => b!.map((second) => first * second));
  // The middle is no symbol: nothing differs there, which the mask says.
  near[group.jointBelow * (2 ** group.jointBits + 1)] = 0;
  return [...near, Math.max(0.001, 1 - near.reduce((sum, weight) => sum + weight, 0))];
}

/**
 * Chances of a rounding error from -1 to 2, by what is remembered of the last ones (see the runtime's `pastAfter`): one
 * is followed by none, and after that by one of the same sign.
 */
const ERRORS = [
  [0.17, 0.64, 0.17, 0.01],
  [0.02, 0.95, 0.024, 0.003],
  [0.02, 0.58, 0.39, 0.007],
];

function foldedErrors(past: number, symbols: number): number[] {
  const [minusOne, zero, one, two] = ERRORS[past]!;
  return Array.from({ length: symbols }, (_, symbol) => [zero, minusOne, one, 0.003, two][symbol] ?? 0.0005);
}

/** How far a residual is from 0, in steps. */
function scaleOf(
  { int, predict }: Member,
  { kind, isJoint }: FieldGroup,
  { contexts }: Shape,
  context: number,
): number {
  const lagClass = context - contexts;
  if (predict === "velocity") return lagClass < 0 ? 0.6 : 0.5 + (lagClass % LAG_CLASSES);
  const wide = Math.max(0.7, 2 ** (int.width - (kind === "rare" ? 3 : 5)));
  if (lagClass >= 0) return wide * (0.6 + 0.4 * lagClass);
  // What is small is joint.
  const isSteady = predict === "linear" && kind === "velocity" && !isJoint && context < STEADY && context % 2 === 1;
  return isSteady ? 1.5 : wide;
}

function jointScale(member: Member, group: FieldGroup, shape: Shape, context: number): number {
  const isSteady = member.predict === "linear" && context < Math.min(STEADY, shape.contexts) && context % 2 === 1;
  return isSteady ? 1.2 : scaleOf(member, group, shape, context);
}

/** Weights of the residuals that a joint symbol may have; their sum is the chance of such a one. */
function laplace(scale: number, { jointBits, jointBelow }: FieldGroup): number[] {
  const ratio = Math.exp(-1 / scale);
  const middle = (1 - ratio) / (1 + ratio);
  return Array.from({ length: 2 ** jointBits }, (_, index) => middle * ratio ** Math.abs(index - jointBelow));
}

/** Of what is told, half is near: counters go up by one, however much they could. */
function residualWeights(scale: number, symbols: number): number[] {
  const [near, far] = [laplaceSymbols(Math.min(scale, NEAR_STEPS), symbols), laplaceSymbols(scale, symbols)];
  return far.map((weight, symbol) => (weight + near[symbol]!) / 2);
}

/** A Laplace distribution over the symbols of residuals: folded ones, then sizes. */
function laplaceSymbols(scale: number, symbols: number): number[] {
  const ratio = Math.exp(-1 / scale);
  const middle = (1 - ratio) / (1 + ratio);
  return Array.from({ length: symbols }, (_, symbol) => {
    if (symbol < 64) return middle * ratio ** Math.ceil(symbol / 2);
    const first = 2 ** (symbol - 64 + 5);
    return 2 * middle * ((ratio ** first - ratio ** (2 * first)) / (1 - ratio));
  });
}
