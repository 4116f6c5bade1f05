import type {
  AttributeNode,
  ConstNode,
  DeclarationNode,
  EnumMemberNode,
  EnumNode,
  ExpressionNode,
  FieldNode,
  ImportNode,
  NameNode,
  ProtocolNode,
  RecordNode,
  RpcNode,
  SchemaTree,
  ShapeNode,
  UnionNode,
  VariantNode,
} from "./ast.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { parseExpression } from "./expression-parser.ts";
import { nearestName } from "./nearest-name.ts";
import type { Token } from "./scanner.ts";
import { spanning } from "./source.ts";
import { described, KEYWORDS, spanOf, TokenReader } from "./token-reader.ts";

export interface ParseResult {
  readonly tree: SchemaTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a C type is made of, when it is more than one word. */
const C_WORDS: ReadonlySet<string> = new Set("unsigned signed short long int char double".split(" "));
/** `unsigned long long int` */
const C_WORDS_MAX = 4;

/** Tokens to a syntax tree. What cannot be parsed is reported and left out. */
export function parse(tokens: readonly Token[]): ParseResult {
  const reader = new TokenReader(tokens);
  const tree = new Parser(reader).parseSchema();
  return { tree, diagnostics: reader.diagnostics };
}

/** One method for each grammar rule, with the rule above it. */
class Parser {
  private readonly tokens: TokenReader;

  constructor(tokens: TokenReader) {
    this.tokens = tokens;
  }

  // schema = { import | declaration }
  parseSchema(): SchemaTree {
    const imports: ImportNode[] = [];
    const declarations: DeclarationNode[] = [];
    while (this.tokens.next().kind !== "end") {
      const start = this.tokens.at;
      if (this.tokens.next().text === "import") imports.push(...this.parseImport());
      else declarations.push(...this.parseDeclaration());
      if (this.tokens.isLost) this.tokens.recoverDeclaration(start);
    }
    return { imports, declarations: declarations.filter(({ name }) => name.text !== "") };
  }

  // import = "import" text ";"
  private parseImport(): ImportNode[] {
    this.tokens.expect("import");
    const token = this.tokens.next();
    if (token.kind !== "text") {
      this.tokens.fail(`expected a file in quotes, found ${described(token)}`, `write import "other.wire";`);
    } else if (token.text === '""') {
      this.tokens.fail("this import names no file", `write import "other.wire";`);
    }
    this.tokens.take();
    this.tokens.expect(";");
    return token.kind === "text" && !this.tokens.isLost
      ? [{ kind: "import", path: token.text.slice(1, -1), span: spanOf(token) }]
      : [];
  }

  // declaration = protocol | const | enum | struct | union | message | rpc | entity
  private parseDeclaration(): DeclarationNode[] {
    const keyword = this.tokens.next();
    switch (keyword.text) {
      case "protocol":
        return [this.parseProtocol()];
      case "const":
        return [this.parseConst()];
      case "enum":
        return [this.parseEnum()];
      case "union":
        return [this.parseUnion()];
      case "rpc":
        return [this.parseRpc()];
      case "struct":
      case "message":
      case "entity":
        return [this.parseRecord(keyword.text)];
      default:
        this.tokens.fail(`a declaration cannot start with ${described(keyword)}`, declarationAdvice(keyword));
        return [];
    }
  }

  // protocol = "protocol" name expression [ attributes ] ";"
  private parseProtocol(): ProtocolNode {
    const { doc } = this.tokens.expect("protocol");
    const name = this.tokens.takeName("the protocol's name");
    const version = parseExpression(this.tokens);
    const attributes = this.parseAttributes();
    this.tokens.expect(";");
    return { kind: "protocol", doc, name, version, attributes };
  }

  // const = "const" [ type ] name "=" expression ";"
  private parseConst(): ConstNode {
    const { doc } = this.tokens.expect("const");
    const first = this.parseType("the constant's name");
    const isTyped = this.tokens.next().kind === "name";
    const name = isTyped ? this.tokens.takeName("the constant's name") : first;
    this.tokens.expect("=");
    const value = parseExpression(this.tokens);
    this.tokens.expect(";");
    return { kind: "const", doc, type: isTyped ? first : undefined, name, value };
  }

  // enum = "enum" name ":" type "{" [ member { "," member } [ "," ] ] "}" [ ";" ]
  private parseEnum(): EnumNode {
    const { doc } = this.tokens.expect("enum");
    const name = this.tokens.takeName("the enum's name");
    this.tokens.expect(":", "an enum says its type: write enum Name : u8 { … }");
    const base = this.parseType("the enum's type");
    this.tokens.expect("{");
    const members: EnumMemberNode[] = [];
    while (!this.tokens.isLost && this.tokens.next().kind === "name") {
      members.push(this.parseMember());
      if (this.tokens.next().text !== ",") break;
      this.tokens.expect(",");
    }
    this.tokens.expect("}");
    this.tokens.skip(";");
    return { kind: "enum", isWhole: !this.tokens.isLost, doc, name, base, members };
  }

  // member = name [ "=" expression ]
  private parseMember(): EnumMemberNode {
    const { doc } = this.tokens.next();
    const name = this.tokens.takeName("the member's name");
    return { doc, name, value: this.tokens.skip("=") ? parseExpression(this.tokens) : undefined };
  }

  // union = "union" name ":" type [ attributes ] "{" { variant } "}" [ ";" ]
  private parseUnion(): UnionNode {
    const errors = this.tokens.diagnostics.length;
    const { doc } = this.tokens.expect("union");
    const name = this.tokens.takeName("the union's name");
    this.tokens.expect(":", "a union says the type of its tag: write union Name : u8 { … }");
    const base = this.parseType("the type of the tag");
    const attributes = this.parseAttributes();
    this.tokens.expect("{");
    const variants: VariantNode[] = [];
    while (this.isInside()) {
      variants.push(...this.parseVariant());
      if (this.tokens.isLost) this.tokens.recoverField();
    }
    this.tokens.expect("}");
    this.tokens.skip(";");
    const isWhole = this.tokens.diagnostics.length === errors;
    return { kind: "union", isWhole, doc, name, base, attributes, variants };
  }

  // variant = type name ";"
  private parseVariant(): VariantNode[] {
    const { doc } = this.tokens.next();
    const type = this.parseType("a variant's type");
    const name = this.tokens.takeName("the variant's name");
    this.tokens.expect(";");
    return this.tokens.isLost ? [] : [{ doc, type, name }];
  }

  // rpc = "rpc" name "(" type ")" "returns" "(" type ")" [ attributes ] ";"
  private parseRpc(): RpcNode {
    const { doc } = this.tokens.expect("rpc");
    const name = this.tokens.takeName("the rpc's name");
    this.tokens.expect("(");
    const request = this.parseType("the struct that is asked");
    this.tokens.expect(")");
    this.tokens.expect("returns", "write returns (Reply), a struct");
    this.tokens.expect("(");
    const reply = this.parseType("the struct that is answered");
    this.tokens.expect(")");
    const attributes = this.parseAttributes();
    this.tokens.expect(";");
    return { kind: "rpc", doc, name, request, reply, attributes };
  }

  // struct = "struct" name [ attributes ] "{" { field } "}" [ ";" ]; message and entity alike
  private parseRecord(kind: RecordNode["kind"]): RecordNode {
    const errors = this.tokens.diagnostics.length;
    const { doc } = this.tokens.expect(kind);
    const name = this.tokens.takeName(`the ${kind}'s name`);
    const attributes = this.parseAttributes();
    this.tokens.expect("{");
    const fields: FieldNode[] = [];
    while (this.isInside()) {
      fields.push(...this.parseField());
      if (this.tokens.isLost) this.tokens.recoverField();
    }
    this.tokens.expect("}");
    this.tokens.skip(";");
    return { kind, isWhole: this.tokens.diagnostics.length === errors, doc, name, attributes, fields };
  }

  // field = { "optional" | "const" } type name shape { "," name shape } [ attributes ] ";"
  private parseField(): FieldNode[] {
    const { doc } = this.tokens.next();
    const isOptional = this.skipWord("optional");
    const isConst = this.skipWord("const");
    const type = this.parseType("a field's type");
    const names: { name: NameNode; shape: ShapeNode }[] = [];
    do {
      const name = this.tokens.takeName("the field's name");
      names.push({ name, shape: this.parseShape() });
    } while (this.tokens.skip(","));
    const attributes = this.parseAttributes();
    this.tokens.expect(";");
    if (this.tokens.isLost) return [];
    return names.map((each, index) => {
      return { doc, isOptional, isConst, type, ...each, attributes, index, count: names.length };
    });
  }

  // type = [ "struct" ] name | cword { cword }
  private parseType(what: string): NameNode {
    if (this.tokens.next().text === "struct" && this.tokens.next(1).kind === "name") this.tokens.take();
    let type = this.tokens.takeName(what);
    const isC = C_WORDS.has(type.text);
    for (let words = 1; isC && words < C_WORDS_MAX && C_WORDS.has(this.tokens.next().text); words++) {
      const { text, span } = this.tokens.takeName(what);
      type = { text: `${type.text} ${text}`, span: spanning(type.span, span) };
    }
    return type;
  }

  // shape = [ ":" expression | "[" expression "]" | "<" expression ">" ]
  private parseShape(): ShapeNode {
    if (this.tokens.skip(":")) return { kind: "bits", width: parseExpression(this.tokens) };
    if (!this.tokens.isAtAttributes() && this.tokens.skip("[")) {
      const count = parseExpression(this.tokens);
      this.tokens.expect("]");
      return { kind: "array", count };
    }
    if (this.tokens.skip("<")) {
      const bound = parseExpression(this.tokens);
      this.tokens.expect(">");
      return { kind: "bounded", bound };
    }
    return { kind: "single" };
  }

  // attributes = "[" "[" attribute { "," attribute } "]" "]"
  private parseAttributes(): AttributeNode[] {
    const attributes: AttributeNode[] = [];
    if (!this.tokens.isAtAttributes()) return attributes;
    this.tokens.expect("[");
    this.tokens.expect("[");
    do attributes.push(this.parseAttribute());
    while (this.tokens.skip(","));
    this.tokens.expect("]");
    this.tokens.expect("]");
    return attributes;
  }

  // attribute = name [ "(" expression { "," expression } ")" ]
  private parseAttribute(): AttributeNode {
    const name = this.tokens.takeName("an attribute's name");
    const values: ExpressionNode[] = [];
    if (!this.tokens.skip("(")) return { name, values, span: name.span };
    do values.push(parseExpression(this.tokens));
    while (this.tokens.skip(","));
    return { name, values, span: spanning(name.span, spanOf(this.tokens.expect(")"))) };
  }

  /** Takes a word in front of a field's type, unless it is the type. */
  private skipWord(word: string): boolean {
    return this.tokens.next(1).kind === "name" && this.tokens.next(2).kind === "name" && this.tokens.skip(word);
  }

  private isInside(): boolean {
    const { kind, text } = this.tokens.next();
    return !this.tokens.isLost && text !== "}" && kind !== "end" && !this.tokens.isAtDeclaration();
  }
}

function declarationAdvice(keyword: Token): string {
  if (keyword.text === "typedef") return "write struct Name { … };";
  const nearest = keyword.kind === "name" ? nearestName(keyword.text, KEYWORDS) : undefined;
  return nearest === undefined ? `write one of ${KEYWORDS.join(", ")}` : `write ${nearest}`;
}
