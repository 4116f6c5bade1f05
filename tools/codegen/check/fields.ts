import type { ExpressionNode, FieldNode, NameNode } from "../ast.ts";
import type {
  BitsMeaning,
  BoundedType,
  ElementType,
  EnumLayout,
  FieldLayout,
  FieldType,
  PresentType,
  RecordLayout,
  UnionLayout,
} from "../layout.ts";
import { prefixFor } from "../layout.ts";
import type { FieldAttributes } from "./field-attributes.ts";
import { checkFieldAttributes } from "./field-attributes.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";
import type { BareType } from "./rest.ts";
import { restTypeOf } from "./rest.ts";
import { BOOL_TYPES, BUILT_IN_TYPES, FLOAT_TYPES, INT_TYPES, intRangeOf } from "./scalars.ts";

/** Bounds of strings, bytes, lists and arrays. */
const BOUND_MAX = 65_535;
const ANGLE_BITS_MIN = 2;
const ANGLE_BITS_MAX = 16;

/** What a field's type may be besides the built-in ones. */
export interface KnownTypes {
  readonly names: Iterable<string>;
  enumOf(name: string): EnumLayout | undefined;
  /** Undefined for a name that is neither struct nor union; "broken" for one that has been reported. */
  structOf(name: string, usedBy: TypeUse): RecordLayout | UnionLayout | "broken" | undefined;
}

/** Where a type is written. */
export interface TypeUse {
  readonly type: NameNode;
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
  check(node: FieldNode, owner: RecordLayout["kind"], version: number): FieldLayout | undefined {
    const attributes = checkFieldAttributes(node, owner, version, this.constants, this.problems);
    const bare = attributes.quantized === undefined ? this.typeOf(node) : this.quantizedType(node, attributes);
    const whole = bare === undefined || !node.isOptional ? bare : this.optional(node, bare);
    const type = whole === undefined || !attributes.isRest ? whole : restTypeOf(node, whole, this.problems);
    if (type === undefined) return undefined;
    if (owner === "entity" && !isScalar(type)) {
      const message = `${node.name.text} is no single number, and entities have nothing else`;
      this.problems.report(node.name.span, message, "send it in a message, or split it into several fields");
      return undefined;
    }
    this.checkInterpolation(node, type, attributes);
    if (attributes.since > 1) this.checkNewField(node, type);
    const { isRare, isOwnerOnly, prediction, since } = attributes;
    const { name, doc, isConst } = node;
    const isInterpolated = attributes.interpolate !== undefined;
    const hints = { isInterpolated, isRare, isConst: isConst && owner === "entity", isOwnerOnly, prediction };
    return { name: name.text, doc, span: name.span, type, since, ...hints };
  }

  /** The type of one value, for a field, a list or a variant; undefined when there is none, which is reported. */
  elementOf(use: TypeUse): ElementType | undefined {
    const name = use.type.text;
    if (BOOL_TYPES.includes(name)) return { kind: "bool" };
    const scalar = INT_TYPES.get(name) ?? FLOAT_TYPES.get(name);
    if (scalar !== undefined) return scalar;
    const asEnum = this.known.enumOf(name);
    if (asEnum !== undefined) return { kind: "enum", of: asEnum };
    const record = this.known.structOf(name, use);
    if (record === "broken") return undefined;
    if (record !== undefined)
      return record.kind === "union" ? { kind: "union", of: record } : { kind: "struct", of: record };
    this.reportNoType(use);
    return undefined;
  }

  private typeOf(node: FieldNode): BareType | undefined {
    switch (node.type.text) {
      case "angle":
        return this.angle(node);
      case "char":
        return this.chars(node);
      case "string":
      case "bytes":
        return this.text(node, node.type.text);
      default: {
        const element = this.elementOf(node);
        return element === undefined ? undefined : this.shaped(node, element);
      }
    }
  }

  private shaped(node: FieldNode, element: ElementType): BareType | undefined {
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

  private reportNoType({ type }: TypeUse): void {
    const name = type.text;
    if (name === "long" || name.startsWith("long ") || name.endsWith(" long")) {
      const message = `${name} has 4 bytes on one machine and 8 on another`;
      this.problems.report(type.span, message, "write i32 or i64, u32 or u64");
      return;
    }
    if (BUILT_IN_TYPES.includes(name)) {
      this.problems.report(type.span, `${name} cannot stand here`, "write a number, a bool, an enum or a struct");
      return;
    }
    const nearest = this.problems.nearestName(name, [...BUILT_IN_TYPES, ...this.known.names]);
    const advice = nearest === undefined ? `known types: ${BUILT_IN_TYPES.join(", ")}` : `did you mean ${nearest}?`;
    this.problems.report(type.span, `no type is named "${name}"`, advice);
  }

  private chars(node: FieldNode): PresentType | undefined {
    const { name, shape } = node;
    if (shape.kind === "array") {
      const count = this.bound(node, shape.count, "count");
      return count === undefined ? undefined : { kind: "chars", count };
    }
    const advice = shape.kind === "bounded" ? `write string ${name.text}<16>` : `write char ${name.text}[16], or i8`;
    this.problems.report(name.span, `char is for text of a fixed size, and ${name.text} has none`, advice);
    return undefined;
  }

  private optional(node: FieldNode, type: BareType): BareType | undefined {
    if (type.kind !== "bits" && type.kind !== "optional") return { kind: "optional", of: type };
    const message = `${node.name.text} shares its bytes with others, so that it cannot be optional`;
    this.problems.report(node.name.span, message, "write it without bits, or put it into a struct of its own");
    return undefined;
  }

  /** What older peers do not send has to be something. */
  private checkNewField(node: FieldNode, type: FieldType): void {
    if (!needsUnion(type)) return;
    const message = `${node.name.text} has no value for peers that do not know it`;
    this.problems.report(node.name.span, message, `write optional ${node.type.text} ${node.name.text}`);
  }

  private angle(node: FieldNode): BareType | undefined {
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

  private bits(node: FieldNode, element: ElementType, expression: ExpressionNode): BareType | undefined {
    const isWide = element.kind === "int" && element.bits === 64;
    if (element.kind === "struct" || element.kind === "union" || element.kind === "float" || isWide) {
      const message = `${node.name.text} is ${node.type.text}, which has no bit fields`;
      const advice =
        element.kind === "float"
          ? "use [[quantize(min, max, step)]]"
          : isWide
            ? "write u32, or write it without bits"
            : "write it without bits";
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

  private quantizedType(node: FieldNode, attributes: FieldAttributes): BareType | undefined {
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
  return ["bool", "int", "float", "enum", "bits"].includes(type.kind);
}

/** Whether the value holds a union that is always there; each struct in it is looked at once. */
function needsUnion(type: FieldType, seen = new Set<RecordLayout>()): boolean {
  if (type.kind === "union") return true;
  if (type.kind === "array") return needsUnion(type.element, seen);
  if (type.kind !== "struct" || seen.has(type.of)) return false;
  seen.add(type.of);
  return type.of.fields.some((field) => needsUnion(field.type, seen));
}

function meaningOf(element: ElementType & { kind: "bool" | "int" | "enum" }): BitsMeaning {
  return element.kind === "int" ? { kind: "int", isSigned: element.isSigned } : element;
}
