import type { UnionNode } from "../ast.ts";
import type { IntType, UnionLayout, VariantLayout } from "../layout.ts";
import { sizeOfType } from "../layout.ts";
import { reportUnknown } from "./attributes.ts";
import type { FieldChecker } from "./fields.ts";
import type { Problems } from "./problems.ts";
import { INT_TYPES } from "./scalars.ts";

/** The layout of a union; what is wrong with it is reported and left out. */
export function checkUnion(node: UnionNode, fields: FieldChecker, problems: Problems, since: number): UnionLayout {
  reportUnknown(node.attributes, ["since"], "a union", problems);
  const base = baseOf(node, problems);
  const variants = node.variants.flatMap((variant, tag): VariantLayout[] => {
    const type = fields.elementOf(variant);
    return type === undefined
      ? []
      : [{ name: variant.name.text, doc: variant.doc, span: variant.name.span, tag, type }];
  });
  if (node.variants.length === 0 && node.isWhole) {
    problems.report(node.name.span, `union ${node.name.text} has no variants`, "write at least one between { and }");
  }
  const extra = node.variants[2 ** base.bits];
  if (extra !== undefined) {
    const message = `${extra.name.text} is variant ${2 ** base.bits + 1}, and a tag of ${base.bits} bits tells ${2 ** base.bits} apart`;
    problems.report(extra.name.span, message, "write a wider type for the tag");
  }
  const sizes = variants.map(({ type }) => sizeOfType(type));
  const tagBytes = base.bits / 8;
  return {
    kind: "union",
    name: node.name.text,
    doc: node.doc,
    span: node.name.span,
    since,
    base,
    variants,
    bytesMin: tagBytes + Math.min(...sizes.map(({ min }) => min), Infinity),
    bytesMax: tagBytes + Math.max(...sizes.map(({ max }) => max), 0),
  };
}

function baseOf(node: UnionNode, problems: Problems): IntType {
  const base = INT_TYPES.get(node.base.text);
  if (base !== undefined && !base.isSigned && base.bits <= 32) return base;
  if (node.base.text !== "") {
    const message = `a tag cannot be of type "${node.base.text}"`;
    problems.report(node.base.span, message, `write union ${node.name.text} : u8, or u16, or u32`);
  }
  return { kind: "int", bits: 32, isSigned: false };
}
