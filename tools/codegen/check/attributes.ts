import type { AttributeNode, ExpressionNode } from "../ast.ts";
import type { Lane, Side } from "../layout.ts";
import { LANES, SIDES } from "../layout.ts";
import { nearestName } from "../nearest-name.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";

const PRIORITY_MAX = 100;

/** A declaration that has attributes behind its name. */
interface Attributed {
  readonly attributes: readonly AttributeNode[];
}

/** Lane and sender of a message or an rpc. Without a lane, which is reported, it gets the event lane. */
export function checkLane(
  node: Attributed,
  kind: "message" | "rpc",
  problems: Problems,
): { readonly lane: Lane | undefined; readonly from: Side | undefined } {
  reportUnknown(node.attributes, ["lane", "from", "since"], kind === "rpc" ? "an rpc" : "a message", problems);
  return { lane: choiceOf(node, "lane", LANES, problems), from: choiceOf(node, "from", SIDES, problems) };
}

/** The version that a declaration or a field says it was added by; 1 when it says nothing. */
export function sinceAttribute(node: Attributed, version: number, constants: Constants, problems: Problems): number {
  const since = attributeOf(node, "since");
  if (since === undefined || !expectValues(since, 1, `since(${version})`, problems)) return 1;
  const value = constants.integer(since.values[0]!, "the version", 1, version);
  return value ?? 1;
}

/** How urgent an entity is, 1 to 100; 1 when it says nothing. */
export function priorityOf(node: Attributed, constants: Constants, problems: Problems): number {
  const priority = attributeOf(node, "priority");
  if (priority === undefined || !expectValues(priority, 1, "priority(2)", problems)) return 1;
  return constants.integer(priority.values[0]!, "the priority", 1, PRIORITY_MAX) ?? 1;
}

/** Whether an attribute without values is there. */
export function isMarked(node: Attributed, name: string, problems: Problems): boolean {
  const found = attributeOf(node, name);
  if (found === undefined) return false;
  expectValues(found, 0, name, problems);
  return true;
}

export function attributeOf(node: Attributed, wanted: string): AttributeNode | undefined {
  return node.attributes.find(({ name }) => name.text === wanted);
}

export function reportUnknown(
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

export function expectValues(node: AttributeNode, count: number, example: string, problems: Problems): boolean {
  if (node.values.length === count) return true;
  const message = `${node.name.text} takes ${count === 0 ? "no values" : count}, not ${node.values.length}`;
  problems.report(node.span, message, `write ${example}`);
  return false;
}

function choiceOf<Choice extends string>(
  node: Attributed,
  attribute: string,
  choices: readonly Choice[],
  problems: Problems,
): Choice | undefined {
  const found = attributeOf(node, attribute);
  if (found === undefined) return undefined;
  if (!expectValues(found, 1, `${attribute}(${choices[0] ?? ""})`, problems)) return undefined;
  return choose(found.values[0]!, attribute === "lane" ? "lane" : "side", choices, problems);
}

function choose<Choice extends string>(
  value: ExpressionNode,
  what: string,
  choices: readonly Choice[],
  problems: Problems,
): Choice | undefined {
  const choice = value.kind === "name" ? choices.find((name) => name === value.name) : undefined;
  if (choice !== undefined) return choice;
  const nearest = value.kind === "name" ? nearestName(value.name, choices) : undefined;
  const advice = nearest === undefined ? `write one of ${choices.join(", ")}` : `did you mean ${nearest}?`;
  const message = value.kind === "name" ? `no ${what} is named "${value.name}"` : `a ${what} has a name`;
  problems.report(value.span, message, advice);
  return undefined;
}
