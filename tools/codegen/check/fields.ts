import type { ExpressionNode, FieldNode } from "../ast.ts";
import type {
  BitsMeaning,
  BoundedType,
  ElementType,
  EnumLayout,
  FieldLayout,
  FieldType,
  RecordLayout,
} from "../layout.ts";
import { prefixFor } from "../layout.ts";
import { nearestName } from "../nearest-name.ts";
import type { FieldAttributes } from "./attributes.ts";
import { checkFieldAttributes } from "./attributes.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";
import { BUILT_IN_TYPES, FLOAT_TYPES, INT_TYPES, intRangeOf } from "./scalars.ts";

/** Bounds of strings, bytes, lists and arrays. */
const BOUND_MAX = 65_535;
const ANGLE_BITS_MIN = 2;
const ANGLE_BITS_MAX = 16;

/** What a field's type may be besides the built-in ones. */
export interface KnownTypes {
  readonly names: Iterable<string>;
  enumOf(name: string): EnumLayout | undefined;
  /** Undefined for a name that is no struct; "broken" for one that has been reported. */
  structOf(name: string, usedBy: FieldNode): RecordLayout | "broken" | undefined;
}

/** Checks the fields of one record after another. */
export class FieldChecker {
  private readonly known: KnownTypes;
  private readonly constants: Constants;
  private readonly problems: Problems;

  constructor(known: KnownTypes, constants: Constants, problems: Problems) {
    this.known = known;
    this.constants = constants;
    this.problems = problems;
  }

  /** The field's layout, or undefined when it has none; that is reported. */
  check(node: FieldNode, owner: RecordLayout["kind"]): FieldLayout | undefined {
    const attributes = checkFieldAttributes(node, owner, this.constants, this.problems);
    const type = attributes.quantized === undefined ? this.typeOf(node) : this.quantizedType(node, attributes);
    if (type === undefined) return undefined;
    if (owner === "entity" && !isScalar(type)) {
      const message = `${node.name.text} is no single number, and entities have nothing else`;
      this.problems.report(node.name.span, message, "send it in a message, or split it into several fields");
      return undefined;
    }
    this.checkInterpolation(node, type, attributes);
    return { name: node.name.text, doc: node.doc, type, isInterpolated: attributes.interpolate !== undefined };
  }

  private typeOf(node: FieldNode): FieldType | undefined {
    switch (node.type.text) {
      case "angle":
        return this.angle(node);
      case "string":
      case "bytes":
        return this.text(node, node.type.text);
      default: {
        const element = this.elementOf(node);
        return element === undefined ? undefined : this.shaped(node, element);
      }
    }
  }

  private shaped(node: FieldNode, element: ElementType): FieldType | undefined {
    const { shape } = node;
    switch (shape.kind) {
      case "single":
        return element;
      case "bits":
        return this.bits(node, element, shape.width);
      case "array": {
        const count = this.bound(node, shape.count, "count");
        return count === undefined ? undefined : { kind: "array", element, count };
      }
      case "bounded": {
        const bound = this.bound(node, shape.bound, "bound");
        return bound === undefined ? undefined : { kind: "list", element, bound, prefixBytes: prefixFor(bound) };
      }
    }
  }

  private elementOf(node: FieldNode): ElementType | undefined {
    const name = node.type.text;
    if (name === "bool") return { kind: "bool" };
    const scalar = INT_TYPES.get(name) ?? FLOAT_TYPES.get(name);
    if (scalar !== undefined) return scalar;
    const asEnum = this.known.enumOf(name);
    if (asEnum !== undefined) return { kind: "enum", of: asEnum };
    const asStruct = this.known.structOf(name, node);
    if (asStruct === "broken") return undefined;
    if (asStruct !== undefined) return { kind: "struct", of: asStruct };
    const nearest = nearestName(name, [...BUILT_IN_TYPES, ...this.known.names]);
    const advice = nearest === undefined ? `known types: ${BUILT_IN_TYPES.join(", ")}` : `did you mean ${nearest}?`;
    this.problems.report(node.type.span, `no type is named "${name}"`, advice);
    return undefined;
  }

  private angle(node: FieldNode): FieldType | undefined {
    if (node.shape.kind !== "bits") {
      this.problems.report(
        node.name.span,
        `${node.name.text} does not say its bits`,
        `write angle ${node.name.text} : 8`,
      );
      return undefined;
    }
    const what = `the width of the angle ${node.name.text}`;
    const width = this.constants.integer(node.shape.width, what, ANGLE_BITS_MIN, ANGLE_BITS_MAX);
    return width === undefined ? undefined : { kind: "bits", width, meaning: { kind: "angle" } };
  }

  private text(node: FieldNode, kind: "string" | "bytes"): BoundedType | undefined {
    if (node.shape.kind !== "bounded") {
      const message = `${node.name.text} has no bound in bytes`;
      this.problems.report(node.name.span, message, `write ${kind} ${node.name.text}<32>`);
      return undefined;
    }
    const bound = this.bound(node, node.shape.bound, "bound");
    return bound === undefined ? undefined : { kind, bound, prefixBytes: prefixFor(bound) };
  }

  private bits(node: FieldNode, element: ElementType, expression: ExpressionNode): FieldType | undefined {
    if (element.kind === "struct" || element.kind === "float") {
      const message = `${node.name.text} is ${node.type.text}, which has no bit fields`;
      const advice = element.kind === "float" ? "use [[quantize(min, max, step)]]" : "write it without bits";
      this.problems.report(node.name.span, message, advice);
      return undefined;
    }
    const unitBits = element.kind === "bool" ? 1 : element.kind === "enum" ? element.of.base.bits : element.bits;
    const what = `${node.name.text} is ${node.type.text}, ${unitBits} bit${unitBits === 1 ? "" : "s"} wide, and its width`;
    const width = this.constants.integer(expression, what, 1, unitBits);
    if (width === undefined) return undefined;
    if (element.kind === "enum") this.checkEnumWidth(node, element.of, width, expression);
    return { kind: "bits", width, meaning: meaningOf(element) };
  }

  private checkEnumWidth(node: FieldNode, of: EnumLayout, width: number, expression: ExpressionNode): void {
    const { min, max } = intRangeOf(width, of.base.isSigned);
    const outside = of.members.find(({ value }) => value < min || value > max);
    if (outside === undefined) return;
    const message = `${node.name.text} has ${width} bits, but ${of.name}.${outside.name} is ${outside.value}`;
    this.problems.report(expression.span, message, `write more bits: ${width} hold ${min} to ${max}`);
  }

  private quantizedType(node: FieldNode, attributes: FieldAttributes): FieldType | undefined {
    const isFloat = FLOAT_TYPES.has(node.type.text);
    if (isFloat && node.shape.kind === "single") {
      const meaning = attributes.quantized;
      return meaning === "broken" || meaning === undefined ? undefined : { kind: "bits", ...meaning };
    }
    const message = `quantize is for single f32 and f64 fields, and ${node.name.text} is none`;
    const advice = isFloat
      ? "quantise the fields of a struct, and make an array of that"
      : `write f32 ${node.name.text}`;
    this.problems.report(node.name.span, message, advice);
    return undefined;
  }

  private checkInterpolation(node: FieldNode, type: FieldType, attributes: FieldAttributes): void {
    if (attributes.interpolate === undefined) return;
    const meaning = type.kind === "bits" ? type.meaning.kind : type.kind;
    if (meaning === "float" || meaning === "angle" || meaning === "quantized") return;
    const message = `${node.name.text} has no values between two others that could be drawn`;
    this.problems.report(attributes.interpolate, message, "interpolate f32, f64 and angle fields only");
  }

  private bound(node: FieldNode, expression: ExpressionNode, what: "bound" | "count"): number | undefined {
    return this.constants.integer(expression, `the ${what} of ${node.name.text}`, 1, BOUND_MAX);
  }
}

function isScalar(type: FieldType): boolean {
  return (
    type.kind === "bool" || type.kind === "int" || type.kind === "float" || type.kind === "enum" || type.kind === "bits"
  );
}

function meaningOf(element: ElementType & { kind: "bool" | "int" | "enum" }): BitsMeaning {
  return element.kind === "int" ? { kind: "int", isSigned: element.isSigned } : element;
}
