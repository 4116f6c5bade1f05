import type { EnumMemberNode, EnumNode } from "../ast.ts";
import type { EnumLayout, EnumMemberLayout, IntType } from "../layout.ts";
import { nearestName } from "../nearest-name.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";
import { BUILT_IN_TYPES, INT_TYPES, intRangeOf } from "./scalars.ts";

/** The layout of an enum; what is wrong with it is reported and left out. */
export function checkEnum(node: EnumNode, constants: Constants, problems: Problems): EnumLayout {
  const base = baseOf(node, problems);
  const members: EnumMemberLayout[] = [];
  let next = 0;
  for (const member of node.members) {
    const value = valueOf(member, next, base, node, constants, problems);
    if (value === undefined) continue;
    const twin = members.find((other) => other.value === value);
    if (twin !== undefined) {
      problems.report(
        member.name.span,
        `${node.name.text}.${member.name.text} is ${value}, and so is ${twin.name}`,
        "give each member a value of its own",
      );
    }
    members.push({ name: member.name.text, doc: member.doc, span: member.name.span, value });
    next = value + 1;
  }
  if (node.members.length === 0 && node.isWhole) {
    problems.report(node.name.span, `enum ${node.name.text} has no members`, "write at least one name between { and }");
  }
  return { name: node.name.text, doc: node.doc, span: node.name.span, base, members };
}

const NARROW_TYPES = BUILT_IN_TYPES.filter((name) => (INT_TYPES.get(name)?.bits ?? 64) < 64);

/** Stands for a type that is missing or unknown, so that its members are not reported as well. */
const ANY: IntType = { kind: "int", bits: 32, isSigned: true };

function baseOf(node: EnumNode, problems: Problems): IntType {
  const base = INT_TYPES.get(node.base.text);
  if (base !== undefined && base.bits !== 64) return base;
  if (node.base.text === "") return ANY;
  const nearest = nearestName(node.base.text, NARROW_TYPES) ?? "u8";
  problems.report(
    node.base.span,
    `an enum cannot be of type "${node.base.text}"`,
    `write enum ${node.name.text} : ${nearest}`,
  );
  return ANY;
}

function valueOf(
  member: EnumMemberNode,
  next: number,
  base: IntType,
  node: EnumNode,
  constants: Constants,
  problems: Problems,
): number | undefined {
  const { min, max } = intRangeOf(base.bits, base.isSigned);
  const what = `${node.name.text}.${member.name.text}`;
  if (member.value !== undefined) return constants.integer(member.value, what, min, max);
  if (next <= max) return next;
  problems.report(member.name.span, `${what} is ${next}, but ${node.base.text} ends at ${max}`, "write a wider type");
  return undefined;
}
