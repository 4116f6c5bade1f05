import type { Diagnostic } from "./diagnostic.ts";
import type { Span } from "./source.ts";

export type TokenKind = "name" | "number" | "text" | "mark" | "end";

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
  /** The doc comment in front of the token, without stars; empty when there is none. */
  readonly doc: string;
}

export interface ScanResult {
  /** Ends with one token of kind `end`. */
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

const SPACE = /\s+/y;
const LINE_COMMENT = /\/\/[^\n\r]*/y;
const BLOCK_COMMENT = /\/\*[^]*?\*\//y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /0[xX][0-9a-fA-F]+|[0-9]+(?:\.[0-9]+)?/y;
const TEXT = /"[^"\n]*"/y;
const MARK = /[{}()[\]<>;:,=+\-*/]/y;

const NAME_LENGTH_MAX = 256;

/** The text of the schema `path` to tokens. Comments are dropped, doc comments hang on the token behind them. */
export function scan(text: string, path = ""): ScanResult {
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  let doc = "";
  let at = 0;
  while (at < text.length) {
    const end = commentEnd(text, at);
    if (end > at) {
      if (text.startsWith("/**", at) && text.slice(at, end) !== "/**/") doc = docText(text.slice(at, end));
      at = end;
      continue;
    }
    const token = tokenAt(path, text, at, doc);
    if (token === undefined) {
      diagnostics.push(strayText(path, text, at));
      at = text.startsWith("/*", at) ? text.length : at + String.fromCodePoint(text.codePointAt(at)!).length;
      continue;
    }
    if (token.kind === "name" && token.text.length > NAME_LENGTH_MAX) diagnostics.push(longName(token));
    tokens.push(token);
    doc = "";
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", path, start: text.length, end: text.length, doc: "" });
  return { tokens, diagnostics };
}

/** Where white space or a comment at `at` ends; `at` itself when there is none. */
function commentEnd(text: string, at: number): number {
  return (
    at + (matchAt(SPACE, text, at) ?? matchAt(LINE_COMMENT, text, at) ?? matchAt(BLOCK_COMMENT, text, at) ?? "").length
  );
}

function tokenAt(path: string, text: string, at: number, doc: string): Token | undefined {
  if (text.startsWith("/*", at)) return undefined;
  const kinds: readonly (readonly [TokenKind, RegExp])[] = [
    ["name", NAME],
    ["number", NUMBER],
    ["text", TEXT],
    ["mark", MARK],
  ];
  for (const [kind, pattern] of kinds) {
    const found = matchAt(pattern, text, at);
    if (found !== undefined) return { kind, text: found, path, start: at, end: at + found.length, doc };
  }
  return undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function strayText(path: string, text: string, at: number): Diagnostic {
  if (text.startsWith("/*", at)) {
    return { span: { path, start: at, end: at + 2 }, message: "this comment never ends", advice: "write */ behind it" };
  }
  if (text[at] === '"') {
    return { span: { path, start: at, end: at + 1 }, message: "this text never ends", advice: 'write " behind it' };
  }
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return {
    span: { path, start: at, end: at + character.length },
    message: `"${character}" means nothing in a schema`,
    advice: "remove it; comments stand behind // or between /* and */",
  };
}

function longName({ path, start, end, text }: Token): Diagnostic {
  const message = `this name has ${text.length} characters, and a name ends at ${NAME_LENGTH_MAX}`;
  return { span: { path, start, end }, message, advice: "write a shorter one" };
}

/** The lines of a doc comment without its stars. */
function docText(comment: string): string {
  const lines = comment.slice(3, -2).split("\n");
  return lines
    .map((line) => line.trim().replace(/^\*+ ?/, ""))
    .join("\n")
    .trim();
}
