import type { AttributeNode, FieldNode, RecordNode } from "../ast.ts";
import type { Lane, QuantizedMeaning, RecordLayout, Side } from "../layout.ts";
import { LANES, SIDES } from "../layout.ts";
import { nearestName } from "../nearest-name.ts";
import type { Rational } from "../rational.ts";
import { absolute, divide, isBelow, isInteger, rational, subtract, toText } from "../rational.ts";
import type { Span } from "../source.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";

const FIELD_ATTRIBUTES = ["quantize", "interpolate"];
const QUANTIZED_BITS_MAX = 32;
/** Steps from zero to a bound; beyond this a double no longer tells neighbouring steps apart. */
const STEPS_FROM_ZERO_MAX = rational(2n ** 50n);

export interface FieldAttributes {
  /** "broken": written, and reported. */
  readonly quantized: { readonly width: number; readonly meaning: QuantizedMeaning } | "broken" | undefined;
  /** Where it is written. */
  readonly interpolate: Span | undefined;
}

export function checkFieldAttributes(
  node: FieldNode,
  owner: RecordLayout["kind"],
  constants: Constants,
  problems: Problems,
): FieldAttributes {
  reportUnknown(node.attributes, FIELD_ATTRIBUTES, "a field", problems);
  const quantize = node.attributes.find(({ name }) => name.text === "quantize");
  const interpolate = node.attributes.find(({ name }) => name.text === "interpolate");
  if (interpolate !== undefined && owner !== "entity") {
    problems.report(interpolate.span, `a ${owner} is not interpolated`, "remove it; fields of entities are");
  }
  if (interpolate !== undefined) expectValues(interpolate, 0, "interpolate", problems);
  const quantized = quantize === undefined ? undefined : (quantizationOf(quantize, constants, problems) ?? "broken");
  return { quantized, interpolate: interpolate?.span };
}

/** A message's lane and sender. Without a lane, which is reported, it gets the event lane. */
export function checkMessageAttributes(node: RecordNode, problems: Problems): { lane: Lane; from: Side | undefined } {
  reportUnknown(node.attributes, ["lane", "from"], "a message", problems);
  const lane = choiceOf(node, "lane", LANES, problems);
  const from = choiceOf(node, "from", SIDES, problems);
  if (!node.attributes.some(({ name }) => name.text === "lane")) {
    const advice = `write message ${node.name.text} [[lane(event)]]; lanes: ${LANES.join(", ")}`;
    problems.report(node.name.span, `message ${node.name.text} has no lane`, advice);
  }
  return { lane: lane ?? "event", from };
}

/** `[[input]]` is all that a struct may have, and an entity has nothing. */
export function checkStructAttributes(node: RecordNode, problems: Problems): void {
  reportUnknown(
    node.attributes,
    node.kind === "struct" ? ["input"] : [],
    node.kind === "entity" ? "an entity" : `a ${node.kind}`,
    problems,
  );
  const input = node.attributes.find(({ name }) => name.text === "input");
  if (input !== undefined) expectValues(input, 0, "input", problems);
}

function reportUnknown(
  nodes: readonly AttributeNode[],
  known: readonly string[],
  of: string,
  problems: Problems,
): void {
  const seen = new Set<string>();
  for (const { name } of nodes) {
    if (seen.has(name.text)) problems.report(name.span, `${name.text} is written twice`, "remove one of them");
    seen.add(name.text);
    if (known.includes(name.text)) continue;
    const nearest = nearestName(name.text, known);
    const others = known.length === 0 ? "remove it" : `${of} takes ${known.join(", ")}`;
    problems.report(
      name.span,
      `${of} has no attribute named "${name.text}"`,
      nearest === undefined ? others : `did you mean ${nearest}?`,
    );
  }
}

function expectValues(node: AttributeNode, count: number, example: string, problems: Problems): boolean {
  if (node.values.length === count) return true;
  const message = `${node.name.text} takes ${count === 0 ? "no values" : count}, not ${node.values.length}`;
  problems.report(node.span, message, `write ${example}`);
  return false;
}

function choiceOf<Choice extends string>(
  node: RecordNode,
  attribute: string,
  choices: readonly Choice[],
  problems: Problems,
): Choice | undefined {
  const found = node.attributes.find(({ name }) => name.text === attribute);
  if (found === undefined) return undefined;
  if (!expectValues(found, 1, `${attribute}(${choices[0] ?? ""})`, problems)) return undefined;
  const value = found.values[0]!;
  const choice = value.kind === "name" ? choices.find((name) => name === value.name) : undefined;
  if (choice !== undefined) return choice;
  const nearest = value.kind === "name" ? nearestName(value.name, choices) : undefined;
  const advice = nearest === undefined ? `write one of ${choices.join(", ")}` : `did you mean ${nearest}?`;
  const what = attribute === "lane" ? "lane" : "side";
  const message = value.kind === "name" ? `no ${what} is named "${value.name}"` : `a ${what} has a name`;
  problems.report(value.span, message, advice);
  return undefined;
}

function quantizationOf(
  node: AttributeNode,
  constants: Constants,
  problems: Problems,
): { width: number; meaning: QuantizedMeaning } | undefined {
  if (!expectValues(node, 3, "quantize(min, max, step)", problems)) return undefined;
  const [min, max, step] = node.values.map((value) => constants.evaluate(value));
  if (min === undefined || max === undefined || step === undefined) return undefined;
  const spans = node.values.map(({ span }) => span);
  if (!isBelow(rational(0n), step)) {
    problems.report(spans[2]!, `the step is ${toText(step)}`, "write a step above 0");
    return undefined;
  }
  if (!isBelow(min, max)) {
    problems.report(node.span, `the range from ${toText(min)} to ${toText(max)} is empty`, "write min below max");
    return undefined;
  }
  const values = divide(subtract(max, min), step);
  const width = (values.numerator - 1n).toString(2).length;
  const trouble = troubleOf(min, max, step, values, width);
  if (trouble === undefined)
    return { width, meaning: { kind: "quantized", min, max, step, values: Number(values.numerator) } };
  problems.report(spans[2]!, trouble.message, trouble.advice);
  return undefined;
}

function troubleOf(min: Rational, max: Rational, step: Rational, values: Rational, width: number) {
  if (!isInteger(values)) {
    const message = `the step ${toText(step)} does not divide the range from ${toText(min)} to ${toText(max)}`;
    return { message, advice: `write a step that fits a whole number of times into ${toText(subtract(max, min))}` };
  }
  if (values.numerator === 1n) {
    return { message: "the range holds a single value", advice: "write a smaller step, or a constant" };
  }
  if (width > QUANTIZED_BITS_MAX) {
    const message = `${String(values.numerator)} values need ${width} bits, and a field has at most ${QUANTIZED_BITS_MAX}`;
    return { message, advice: "write a larger step or a smaller range, or send the f64 as it is" };
  }
  const farthest = isBelow(absolute(min), absolute(max)) ? absolute(max) : absolute(min);
  if (isBelow(STEPS_FROM_ZERO_MAX, divide(farthest, step))) {
    return {
      message: `so far from 0 a number cannot say steps of ${toText(step)}`,
      advice: "move the range nearer to 0",
    };
  }
  return undefined;
}
