import type { ExpressionNode, Operator } from "./ast.ts";
import { spanning } from "./source.ts";
import type { TokenReader } from "./token-reader.ts";
import { described, spanOf } from "./token-reader.ts";

const EXPRESSION_DEPTH_MAX = 64;

// expression = term { ( "+" | "-" ) term }
export function parseExpression(tokens: TokenReader, depth = 0): ExpressionNode {
  let left = parseTerm(tokens, depth);
  for (;;) {
    const operator = tokens.skip("+") ? "+" : tokens.skip("-") ? "-" : undefined;
    if (operator === undefined) return left;
    left = operation(operator, left, parseTerm(tokens, depth));
  }
}

// term = factor { ( "*" | "/" ) factor }
function parseTerm(tokens: TokenReader, depth: number): ExpressionNode {
  let left = parseFactor(tokens, depth);
  for (;;) {
    const operator = tokens.skip("*") ? "*" : tokens.skip("/") ? "/" : undefined;
    if (operator === undefined) return left;
    left = operation(operator, left, parseFactor(tokens, depth));
  }
}

// factor = number | name | "-" factor | "(" expression ")"
function parseFactor(tokens: TokenReader, depth: number): ExpressionNode {
  const token = tokens.next();
  const span = spanOf(token);
  if (token.kind === "number") {
    tokens.take();
    return { kind: "number", literal: token.text, span };
  }
  if (token.kind === "name") return { kind: "name", name: tokens.takeName("a constant").text, span };
  if (depth >= EXPRESSION_DEPTH_MAX) {
    tokens.fail(`this expression is nested deeper than ${EXPRESSION_DEPTH_MAX}`, "give a part of it a name with const");
  }
  if (tokens.skip("-")) {
    const operand = parseFactor(tokens, depth + 1);
    return { kind: "negation", operand, span: spanning(span, operand.span) };
  }
  if (tokens.skip("(")) {
    const inner = parseExpression(tokens, depth + 1);
    return { ...inner, span: spanning(span, spanOf(tokens.expect(")"))) };
  }
  tokens.fail(`expected a value, found ${described(token)}`, "write a number, a constant, or an expression of them");
  return { kind: "broken", span };
}

function operation(operator: Operator, left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  return { kind: "operation", operator, left, right, span: spanning(left.span, right.span) };
}
