import type { ConstNode, ExpressionNode } from "../ast.ts";
import type { ConstantLayout } from "../layout.ts";
import { nearestName } from "../nearest-name.ts";
import type { Rational } from "../rational.ts";
import {
  absolute,
  add,
  divide,
  isInteger,
  multiply,
  negate,
  rationalFromLiteral,
  subtract,
  toText,
} from "../rational.ts";
import type { Problems } from "./problems.ts";
import { BUILT_IN_TYPES, bigRangeOf, FLOAT_TYPES, INT_TYPES } from "./scalars.ts";

const TYPES = BUILT_IN_TYPES.filter((name) => INT_TYPES.has(name) || FLOAT_TYPES.has(name));

/** Constants that need one declared behind them, which needs one declared behind it, and so on. */
const CONSTANT_DEPTH_MAX = 32;
/** Of a numerator or denominator: no type has more than 64, and squaring again and again would never end. */
const CONSTANT_BITS_MAX = 1_000;
/** A longer literal has more bits than that, or needless zeros. */
const LITERAL_LENGTH_MAX = 310;
const SIZE_END = 1n << BigInt(CONSTANT_BITS_MAX);

/** The schema's constants, worked out exactly, in whatever order they are declared. */
export class Constants {
  private readonly problems: Problems;
  private readonly nodes = new Map<string, ConstNode>();
  /** "open": being worked out; "broken": it has no value, which has been reported. */
  private readonly values = new Map<string, Rational | "open" | "broken">();
  /** How many constants are being worked out, each for the one before it. */
  private depth = 0;
  private isDepthReported = false;

  constructor(nodes: readonly ConstNode[], problems: Problems) {
    this.problems = problems;
    for (const node of nodes) if (!this.nodes.has(node.name.text)) this.nodes.set(node.name.text, node);
    // In their order, so that what stands in front of a constant is known when it is needed.
    for (const node of this.nodes.values()) this.valueOf(node);
  }

  layouts(): ConstantLayout[] {
    return [...this.nodes.values()].flatMap((node) => {
      const value = this.valueOf(node);
      const isBig = INT_TYPES.get(node.type?.text ?? "")?.bits === 64;
      return value === undefined ? [] : [{ name: node.name.text, doc: node.doc, span: node.name.span, value, isBig }];
    });
  }

  /** The exact value of an expression, or undefined when it has none; that is reported. */
  evaluate(expression: ExpressionNode): Rational | undefined {
    switch (expression.kind) {
      case "number":
        return this.evaluateLiteral(expression);
      case "name":
        return this.evaluateName(expression);
      case "broken":
        return undefined;
      case "negation": {
        const operand = this.evaluate(expression.operand);
        return operand === undefined ? undefined : negate(operand);
      }
      case "operation":
        return this.evaluateOperation(expression);
    }
  }

  /** A whole number from `min` to `max`, or undefined; what else it is gets reported as `what`. */
  integer(expression: ExpressionNode, what: string, min: number, max: number): number | undefined {
    const value = this.evaluate(expression);
    if (value === undefined) return undefined;
    if (isInteger(value) && value.numerator >= BigInt(min) && value.numerator <= BigInt(max))
      return Number(value.numerator);
    this.problems.report(expression.span, `${what} is ${toText(value)}`, `write a whole number from ${min} to ${max}`);
    return undefined;
  }

  private evaluateLiteral(expression: ExpressionNode & { kind: "number" }): Rational | undefined {
    if (expression.literal.length <= LITERAL_LENGTH_MAX) {
      return this.sized(expression, rationalFromLiteral(expression.literal));
    }
    this.reportLarge(expression);
    return undefined;
  }

  private evaluateName(expression: ExpressionNode & { kind: "name" }): Rational | undefined {
    const node = this.nodes.get(expression.name);
    if (node !== undefined) return this.valueOf(node);
    const nearest = this.problems.nearestName(expression.name, this.nodes.keys());
    const advice = `declare it: const ${expression.name} = …;`;
    this.problems.report(
      expression.span,
      `no constant is named "${expression.name}"`,
      nearest === undefined ? advice : `did you mean ${nearest}? Otherwise ${advice}`,
    );
    return undefined;
  }

  /** Sums and products are as long as they are written: what stands on the left is not descended into. */
  private evaluateOperation(expression: ExpressionNode & { kind: "operation" }): Rational | undefined {
    const operations = [expression];
    let first = expression.left;
    for (; first.kind === "operation"; first = first.left) operations.push(first);
    let result = this.evaluate(first);
    for (const operation of operations.reverse()) {
      const right = this.evaluate(operation.right);
      result = result === undefined || right === undefined ? undefined : this.operated(operation, result, right);
    }
    return result;
  }

  private operated(
    expression: ExpressionNode & { kind: "operation" },
    left: Rational,
    right: Rational,
  ): Rational | undefined {
    switch (expression.operator) {
      case "+":
        return this.sized(expression, add(left, right));
      case "-":
        return this.sized(expression, subtract(left, right));
      case "*":
        return this.sized(expression, multiply(left, right));
      case "/":
        if (right.numerator !== 0n) return this.sized(expression, divide(left, right));
        this.problems.report(expression.span, "this divides by zero", "write a divisor other than 0");
        return undefined;
    }
  }

  private sized(expression: ExpressionNode, value: Rational): Rational | undefined {
    const { numerator, denominator } = absolute(value);
    if (numerator < SIZE_END && denominator < SIZE_END) return value;
    this.reportLarge(expression);
    return undefined;
  }

  private reportLarge({ span }: ExpressionNode): void {
    const message = `this is a number of more than ${CONSTANT_BITS_MAX} bits`;
    this.problems.report(span, message, "write smaller numbers, and fractions with smaller divisors");
  }

  private valueOf(node: ConstNode): Rational | undefined {
    const name = node.name.text;
    const known = this.values.get(name);
    if (known === "open") this.reportCircle(node);
    if (known !== undefined) return known === "open" || known === "broken" ? undefined : known;
    if (this.depth === CONSTANT_DEPTH_MAX) {
      this.reportDepth(node);
      return undefined;
    }
    this.values.set(name, "open");
    this.depth += 1;
    const value = this.evaluate(node.value);
    this.depth -= 1;
    if (value !== undefined) this.checkType(node, value);
    this.values.set(name, value ?? "broken");
    return value;
  }

  /** Reports the first of a long row, for the others are of the same kind. */
  private reportDepth({ name }: ConstNode): void {
    if (!this.isDepthReported) {
      const message = `${name.text} is needed by ${CONSTANT_DEPTH_MAX} constants in front of it, each for the next`;
      this.problems.report(name.span, message, "declare constants in front of those that need them");
    }
    this.isDepthReported = true;
  }

  private reportCircle(node: ConstNode): void {
    this.problems.report(node.name.span, `${node.name.text} needs its own value`, "give it a number");
  }

  /** Reports a value that its declared type cannot hold. */
  private checkType(node: ConstNode, value: Rational): void {
    if (node.type === undefined || FLOAT_TYPES.has(node.type.text)) return;
    const type = INT_TYPES.get(node.type.text);
    if (type === undefined) {
      const advice = `write ${nearestName(node.type.text, TYPES) ?? `one of ${TYPES.join(", ")}`}, or no type`;
      this.problems.report(node.type.span, `a constant cannot be of type "${node.type.text}"`, advice);
      return;
    }
    const { min, max } = bigRangeOf(type.bits, type.isSigned);
    if (isInteger(value) && value.numerator >= min && value.numerator <= max) return;
    const message = `${node.name.text} is ${toText(value)}, but ${node.type.text} holds whole numbers from ${String(min)} to ${String(max)}`;
    this.problems.report(node.value.span, message, "write a wider type, or no type");
  }
}
