import type { NameNode } from "./ast.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Token } from "./scanner.ts";
import type { Span } from "./source.ts";

export const KEYWORDS = ["protocol", "import", "const", "enum", "struct", "union", "message", "rpc", "entity"] as const;

/**
 * The tokens of a schema, taken one by one.
 *
 * After a mistake nothing is taken and nothing more is reported until `recover…` finds the next place
 * to start from, so that one mistake gives one diagnostic.
 */
export class TokenReader {
  readonly diagnostics: Diagnostic[] = [];
  /** Index of the next token. */
  at = 0;
  isLost = false;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  next(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.next();
    if (!this.isLost && token.kind !== "end") this.at += 1;
    return token;
  }

  skip(text: string): boolean {
    if (this.isLost || this.next().text !== text) return false;
    this.at += 1;
    return true;
  }

  expect(text: string, advice = `write ${text} here`): Token {
    const token = this.next();
    if (token.text !== text) this.fail(`expected ${text}, found ${described(token)}`, advice);
    return this.take();
  }

  takeName(what: string): NameNode {
    const token = this.next();
    if (token.kind !== "name") this.fail(`expected ${what}, found ${described(token)}`, `write ${what} here`);
    this.take();
    return { text: this.isLost ? "" : token.text, span: spanOf(token) };
  }

  fail(message: string, advice: string): void {
    if (this.isLost) return;
    this.isLost = true;
    const { start, kind } = this.next();
    const isToldAlready = kind === "end" && this.diagnostics.at(-1)?.span.start === start;
    if (isToldAlready) return;
    this.diagnostics.push({ span: spanOf(this.next()), message, advice });
  }

  /** Goes on behind the field's semicolon, or at the end of its record. */
  recoverField(): void {
    this.isLost = false;
    while (this.next().kind !== "end" && this.next().text !== "}") {
      if (this.isAtDeclaration()) return;
      if (this.take().text === ";") return;
    }
  }

  /** Goes on at the next keyword that starts a declaration, `start` being the token where the lost one began. */
  recoverDeclaration(start: number): void {
    this.isLost = false;
    if (this.at === start) this.take();
    while (this.next().kind !== "end" && !this.isAtDeclaration()) this.take();
  }

  /** Whether a declaration starts here, and not a field: `struct Point a;` and `const u8 a;` are fields. */
  isAtDeclaration(): boolean {
    const { kind, text } = this.next();
    if (kind !== "name" || !KEYWORDS.some((keyword) => keyword === text)) return false;
    if (text === "struct") return !(this.next(1).kind === "name" && this.next(2).kind === "name");
    if (text !== "const") return true;
    let ahead = 1;
    while (this.next(ahead).kind === "name") ahead += 1;
    return this.next(ahead).text === "=" || ahead === 1;
  }

  isAtAttributes(): boolean {
    const [first, second] = [this.next(), this.next(1)];
    return first.text === "[" && second.text === "[" && second.start === first.end;
  }
}

export function spanOf({ path, start, end }: Token): Span {
  return { path, start, end };
}

export function described(token: Token): string {
  return token.kind === "end" ? "the end of the file" : token.text;
}
