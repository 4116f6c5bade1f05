import type { RecordNode } from "../ast.ts";
import type { FieldLayout, QuantizedMeaning } from "../layout.ts";
import { divide, isInteger, toText } from "../rational.ts";
import type { Span } from "../source.ts";
import { attributeOf } from "./attributes.ts";
import type { Problems } from "./problems.ts";

/** Reports predictions and hints that the fields of an entity cannot live up to. */
export function checkPredictions(node: RecordNode, fields: readonly FieldLayout[], problems: Problems): void {
  for (const field of fields) {
    const written = node.fields.find(({ name }) => name.span === field.span)!;
    const span = attributeOf(written, "predict")?.span ?? field.span;
    if (field.isConst) reportConst(field, problems);
    if (field.prediction.kind === "linear") checkLinear(field, span, problems);
    if (field.prediction.kind === "velocity") checkVelocity(field, field.prediction.field, fields, span, problems);
  }
}

function reportConst(field: FieldLayout, problems: Problems): void {
  const hint = field.isInterpolated
    ? "interpolate"
    : field.isRare
      ? "rare"
      : field.prediction.kind === "none"
        ? undefined
        : "predict";
  if (hint === undefined) return;
  problems.report(field.span, `${field.name} is const and never changes`, `remove const, or ${hint}`);
}

function checkLinear(field: FieldLayout, span: Span, problems: Problems): void {
  const { type } = field;
  if (type.kind === "int" && type.bits === 64) {
    const message = `${field.name} has 64 bits, and predict(linear) counts 32 at most`;
    problems.report(span, message, "write predict(none), or a type of 32 bits");
    return;
  }
  const isNumber = type.kind === "int" || (type.kind === "bits" && !["bool", "enum"].includes(type.meaning.kind));
  if (isNumber) return;
  const advice = type.kind === "float" ? "add quantize(min, max, step)" : "write predict(none)";
  problems.report(span, `${field.name} is not counted in steps, which predict(linear) needs`, advice);
}

/** x' = x + vx, counted in steps: both need the same step, and the velocity a step at 0. */
function checkVelocity(
  field: FieldLayout,
  velocityName: string,
  fields: readonly FieldLayout[],
  span: Span,
  problems: Problems,
): void {
  const velocity = fields.find(({ name }) => name === velocityName);
  if (velocity === undefined) {
    const nearest = problems.nearestName(velocityName, ["none", "linear", ...fields.map(({ name }) => name)]);
    const advice = nearest === undefined ? "write none, linear, or a field of this entity" : `did you mean ${nearest}?`;
    problems.report(span, `no field is named "${velocityName}"`, advice);
    return;
  }
  const [place, speed] = [quantizedOf(field), quantizedOf(velocity)];
  if (place === undefined || speed === undefined) {
    const name = place === undefined ? field.name : velocity.name;
    problems.report(span, `${name} is not quantised, which predict needs`, "add quantize(min, max, step)");
    return;
  }
  const steps = `${field.name} moves in steps of ${toText(place.step)}, and ${velocity.name} in steps of ${toText(speed.step)}`;
  if (toText(place.step) !== toText(speed.step)) {
    const range = [speed.min, speed.max, place.step].map(toText).join(", ");
    problems.report(span, steps, `write quantize(${range}) for ${velocity.name}, as distance per tick`);
  } else if (!isInteger(divide(speed.min, speed.step))) {
    const message = `${velocity.name} cannot be 0: its range starts at ${toText(speed.min)}`;
    problems.report(span, message, `start its range at a whole number of steps of ${toText(speed.step)}`);
  } else {
    checkCompany(field, velocity, fields, span, problems);
  }
}

/** Whoever knows a place has to know what moves it, and one of the two has to be first. */
function checkCompany(
  field: FieldLayout,
  velocity: FieldLayout,
  fields: readonly FieldLayout[],
  span: Span,
  problems: Problems,
): void {
  const circle = circleOf(field, fields);
  if (circle !== undefined) {
    const message = `${field.name} is moved by itself: ${[...circle, circle[0]!].map(({ name }) => name).join(" → ")}`;
    // Every field of a circle would say so.
    if (fields.find((each) => circle.includes(each)) === field) {
      problems.report(span, message, `write predict(linear) for ${circle.at(-1)!.name}, or a field that nothing moves`);
    }
  } else if (velocity.isOwnerOnly && !field.isOwnerOnly) {
    const message = `${velocity.name} reaches its owner alone, and ${field.name}, which it moves, everybody`;
    problems.report(span, message, `mark ${field.name} [[owner]] too, or remove owner from ${velocity.name}`);
  } else if (velocity.since > field.since) {
    const message = `${velocity.name} was added in version ${velocity.since}, and ${field.name}, which it moves, is older`;
    problems.report(span, message, `write predict(linear), or a velocity that is as old as ${field.name}`);
  }
}

/** The field, what it is moved by, and so on, when that leads back to it. */
function circleOf(field: FieldLayout, fields: readonly FieldLayout[]): FieldLayout[] | undefined {
  const circle: FieldLayout[] = [];
  for (let at: FieldLayout | undefined = field; at !== undefined && circle.length <= fields.length;) {
    circle.push(at);
    const { prediction }: FieldLayout = at;
    at = prediction.kind === "velocity" ? fields.find(({ name }) => name === prediction.field) : undefined;
    if (at === field) return circle;
  }
  return undefined;
}

function quantizedOf({ type }: FieldLayout): QuantizedMeaning | undefined {
  return type.kind === "bits" && type.meaning.kind === "quantized" ? type.meaning : undefined;
}
