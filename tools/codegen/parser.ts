import type {
  AttributeNode,
  ConstNode,
  DeclarationNode,
  EnumMemberNode,
  EnumNode,
  ExpressionNode,
  FieldNode,
  NameNode,
  Operator,
  ProtocolNode,
  RecordNode,
  SchemaTree,
  ShapeNode,
} from "./ast.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { nearestName } from "./nearest-name.ts";
import type { Token } from "./scanner.ts";
import { spanning } from "./source.ts";

export interface ParseResult {
  readonly tree: SchemaTree;
  readonly diagnostics: readonly Diagnostic[];
}

const KEYWORDS = ["protocol", "const", "enum", "struct", "message", "entity"];
const EXPRESSION_DEPTH_MAX = 64;

/** Tokens to a syntax tree. What cannot be parsed is reported and left out. */
export function parse(tokens: readonly Token[]): ParseResult {
  const parser = new Parser(tokens);
  const tree = parser.parseSchema();
  return { tree, diagnostics: parser.diagnostics };
}

/**
 * One method for each grammar rule, with the rule above it.
 *
 * After a mistake nothing is consumed and nothing more is reported until `recover` finds the next place
 * to start from, so that one mistake gives one diagnostic.
 */
class Parser {
  readonly diagnostics: Diagnostic[] = [];
  private readonly tokens: readonly Token[];
  private at = 0;
  private isLost = false;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  // schema = { declaration }
  parseSchema(): SchemaTree {
    const declarations: DeclarationNode[] = [];
    while (this.next().kind !== "end") {
      const start = this.at;
      const declaration = this.parseDeclaration();
      if (declaration !== undefined && declaration.name.text !== "") declarations.push(declaration);
      if (this.isLost) this.recoverDeclaration(start);
    }
    return { declarations };
  }

  // declaration = protocol | const | enum | struct | message | entity
  private parseDeclaration(): DeclarationNode | undefined {
    const keyword = this.next();
    switch (keyword.text) {
      case "protocol":
        return this.parseProtocol();
      case "const":
        return this.parseConst();
      case "enum":
        return this.parseEnum();
      case "struct":
      case "message":
      case "entity":
        return this.parseRecord(keyword.text);
      default: {
        const nearest = keyword.kind === "name" ? nearestName(keyword.text, KEYWORDS) : undefined;
        const advice = nearest === undefined ? `write one of ${KEYWORDS.join(", ")}` : `write ${nearest}`;
        this.fail(`a declaration cannot start with ${described(keyword)}`, advice);
        return undefined;
      }
    }
  }

  // protocol = "protocol" name expression ";"
  private parseProtocol(): ProtocolNode {
    const { doc } = this.expect("protocol");
    const name = this.takeName("the protocol's name");
    const version = this.parseExpression();
    this.expect(";");
    return { kind: "protocol", doc, name, version };
  }

  // const = "const" [ type ] name "=" expression ";"
  private parseConst(): ConstNode {
    const { doc } = this.expect("const");
    const first = this.takeName("the constant's name");
    const isTyped = this.next().kind === "name";
    const name = isTyped ? this.takeName("the constant's name") : first;
    this.expect("=");
    const value = this.parseExpression();
    this.expect(";");
    return { kind: "const", doc, type: isTyped ? first : undefined, name, value };
  }

  // enum = "enum" name ":" type "{" [ member { "," member } [ "," ] ] "}" [ ";" ]
  private parseEnum(): EnumNode {
    const { doc } = this.expect("enum");
    const name = this.takeName("the enum's name");
    this.expect(":", "an enum says its type: write enum Name : u8 { … }");
    const base = this.takeName("the enum's type");
    this.expect("{");
    const members: EnumMemberNode[] = [];
    while (!this.isLost && this.next().kind === "name") {
      members.push(this.parseMember());
      if (this.next().text !== ",") break;
      this.expect(",");
    }
    this.expect("}");
    this.skipSemicolon();
    const isWhole = !this.isLost;
    return { kind: "enum", isWhole, doc, name, base, members };
  }

  // member = name [ "=" expression ]
  private parseMember(): EnumMemberNode {
    const { doc } = this.next();
    const name = this.takeName("the member's name");
    return { doc, name, value: this.skip("=") ? this.parseExpression() : undefined };
  }

  // struct = "struct" name [ attributes ] "{" { field } "}" [ ";" ]; message and entity alike
  private parseRecord(kind: RecordNode["kind"]): RecordNode {
    const errors = this.diagnostics.length;
    const { doc } = this.expect(kind);
    const name = this.takeName(`the ${kind}'s name`);
    const attributes = this.parseAttributes();
    this.expect("{");
    const fields: FieldNode[] = [];
    while (this.isInsideRecord()) {
      fields.push(...this.parseField());
      if (this.isLost) this.recoverField();
    }
    this.expect("}");
    this.skipSemicolon();
    return { kind, isWhole: this.diagnostics.length === errors, doc, name, attributes, fields };
  }

  // field = type name shape { "," name shape } [ attributes ] ";"
  private parseField(): FieldNode[] {
    const { doc } = this.next();
    const type = this.takeName("a field's type");
    const names: { name: NameNode; shape: ShapeNode }[] = [];
    do {
      const name = this.takeName("the field's name");
      names.push({ name, shape: this.parseShape() });
    } while (this.skip(","));
    const attributes = this.parseAttributes();
    this.expect(";");
    return this.isLost ? [] : names.map(({ name, shape }) => ({ doc, type, name, shape, attributes }));
  }

  // shape = [ ":" expression | "[" expression "]" | "<" expression ">" ]
  private parseShape(): ShapeNode {
    if (this.skip(":")) return { kind: "bits", width: this.parseExpression() };
    if (!this.isAtAttributes() && this.skip("[")) {
      const count = this.parseExpression();
      this.expect("]");
      return { kind: "array", count };
    }
    if (this.skip("<")) {
      const bound = this.parseExpression();
      this.expect(">");
      return { kind: "bounded", bound };
    }
    return { kind: "single" };
  }

  // attributes = "[" "[" attribute { "," attribute } "]" "]"
  private parseAttributes(): AttributeNode[] {
    const attributes: AttributeNode[] = [];
    if (!this.isAtAttributes()) return attributes;
    this.expect("[");
    this.expect("[");
    do attributes.push(this.parseAttribute());
    while (this.skip(","));
    this.expect("]");
    this.expect("]");
    return attributes;
  }

  // attribute = name [ "(" expression { "," expression } ")" ]
  private parseAttribute(): AttributeNode {
    const name = this.takeName("an attribute's name");
    const values: ExpressionNode[] = [];
    if (!this.skip("(")) return { name, values, span: name.span };
    do values.push(this.parseExpression());
    while (this.skip(","));
    return { name, values, span: spanning(name.span, this.expect(")")) };
  }

  // expression = term { ( "+" | "-" ) term }
  private parseExpression(): ExpressionNode {
    let left = this.parseTerm();
    for (;;) {
      const operator = this.skip("+") ? "+" : this.skip("-") ? "-" : undefined;
      if (operator === undefined) return left;
      left = operation(operator, left, this.parseTerm());
    }
  }

  // term = factor { ( "*" | "/" ) factor }
  private parseTerm(): ExpressionNode {
    let left = this.parseFactor();
    for (;;) {
      const operator = this.skip("*") ? "*" : this.skip("/") ? "/" : undefined;
      if (operator === undefined) return left;
      left = operation(operator, left, this.parseFactor());
    }
  }

  // factor = number | name | "-" factor | "(" expression ")"
  private parseFactor(): ExpressionNode {
    const token = this.next();
    const span = { start: token.start, end: token.end };
    if (token.kind === "number") {
      this.take();
      return { kind: "number", literal: token.text, span };
    }
    if (token.kind === "name") return { kind: "name", name: this.takeName("a constant").text, span };
    this.depth += 1;
    const nested = this.parseNested(token);
    this.depth -= 1;
    return nested;
  }

  private parseNested(token: Token): ExpressionNode {
    const span = { start: token.start, end: token.end };
    if (this.depth > EXPRESSION_DEPTH_MAX) {
      this.fail(`this expression is nested deeper than ${EXPRESSION_DEPTH_MAX}`, "give a part of it a name with const");
    }
    if (this.skip("-")) {
      const operand = this.parseFactor();
      return { kind: "negation", operand, span: spanning(span, operand.span) };
    }
    if (this.skip("(")) {
      const inner = this.parseExpression();
      return { ...inner, span: spanning(span, this.expect(")")) };
    }
    this.fail(`expected a value, found ${described(token)}`, "write a number, a constant, or an expression of them");
    return { kind: "broken", span };
  }

  private isInsideRecord(): boolean {
    return !this.isLost && this.next().text !== "}" && this.next().kind !== "end" && !this.isAtDeclaration();
  }

  private isAtAttributes(): boolean {
    const [first, second] = [this.next(), this.tokens[this.at + 1]];
    return first.text === "[" && second?.text === "[" && second.start === first.end;
  }

  private next(): Token {
    return this.tokens[this.at]!;
  }

  private take(): Token {
    const token = this.next();
    if (!this.isLost && token.kind !== "end") this.at += 1;
    return token;
  }

  private skip(text: string): boolean {
    if (this.isLost || this.next().text !== text) return false;
    this.at += 1;
    return true;
  }

  private skipSemicolon(): void {
    this.skip(";");
  }

  private expect(text: string, advice = `write ${text} here`): Token {
    const token = this.next();
    if (token.text !== text) this.fail(`expected ${text}, found ${described(token)}`, advice);
    return this.take();
  }

  private takeName(what: string): NameNode {
    const token = this.next();
    if (token.kind !== "name") this.fail(`expected ${what}, found ${described(token)}`, `write ${what} here`);
    this.take();
    return { text: this.isLost ? "" : token.text, span: { start: token.start, end: token.end } };
  }

  private fail(message: string, advice: string): void {
    if (this.isLost) return;
    this.isLost = true;
    const { start, end, kind } = this.next();
    const isToldAlready = kind === "end" && this.diagnostics.at(-1)?.span.start === start;
    if (isToldAlready) return;
    this.diagnostics.push({ span: { start, end }, message, advice });
  }

  /** Goes on behind the field's semicolon, or at the end of its record. */
  private recoverField(): void {
    this.isLost = false;
    while (this.next().kind !== "end" && this.next().text !== "}") {
      if (this.isAtDeclaration()) return;
      if (this.take().text === ";") return;
    }
  }

  /** Goes on at the next keyword that starts a declaration, `start` being the token where the lost one began. */
  private recoverDeclaration(start: number): void {
    this.isLost = false;
    if (this.at === start) this.take();
    while (this.next().kind !== "end" && !this.isAtDeclaration()) this.take();
  }

  private isAtDeclaration(): boolean {
    return KEYWORDS.includes(this.next().text);
  }
}

function operation(operator: Operator, left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  return { kind: "operation", operator, left, right, span: spanning(left.span, right.span) };
}

function described(token: Token): string {
  return token.kind === "end" ? "the end of the file" : token.text;
}
