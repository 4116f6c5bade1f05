import type { Diagnostic } from "./diagnostic.ts";
import { inOrder } from "./diagnostic.ts";
import type { Body, Comment, Line, Piece, Statement } from "./format-tree.ts";
import { readFormatTree } from "./format-tree.ts";
import { parse } from "./parser.ts";
import { scan } from "./scanner.ts";
import type { SchemaSource } from "./source.ts";

export interface FormatResult {
  /** The schema in its one layout, when it can be read. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

const COLUMNS_MAX = 100;
/** A record of up to this many fields, without comments, stands on one line if it fits. */
const FIELDS_ON_A_LINE_MAX = 3;
const INDENT = "  ";

/**
 * A schema in its one layout: equal schemas look alike, however they were typed.
 *
 * Only white space, `;` behind braces and `,` behind an enum's last member change. Comments stay where they
 * are, and so does one empty line where there were some. Formatting twice changes nothing more.
 */
export function formatSchema(source: SchemaSource): FormatResult {
  const text = source.text.replaceAll("\r\n", "\n");
  const { tokens, diagnostics: spelling } = scan(text, source.path);
  const { diagnostics: syntax } = parse(tokens);
  if (spelling.length + syntax.length > 0) return { diagnostics: inOrder([...spelling, ...syntax], [source]) };
  const { statements, closing } = readFormatTree(text, tokens);
  const out = new Lines();
  let wasBlock = false;
  for (const [index, statement] of statements.entries()) {
    const isBlock = statement.body !== undefined && oneLine(statement) === undefined;
    if (index > 0 && (statement.followsGap || isBlock || wasBlock)) out.gap();
    printStatement(out, statement);
    wasBlock = isBlock;
  }
  if (closing[0]?.followsGap === true || (wasBlock && closing.length > 0)) out.gap();
  out.comments(closing, "");
  return { diagnostics: [], text: out.text() };
}

function printStatement(out: Lines, statement: Statement): void {
  out.comments(statement.leading, "");
  const line = oneLine(statement);
  if (line !== undefined) {
    out.add(`${line}${trailingText(statement.trailing)}`);
    return;
  }
  if (statement.body === undefined) {
    out.add(`${wrapped(statement.pieces, "")};${trailingText(statement.trailing)}`);
    return;
  }
  out.add(`${wrapped(statement.pieces, "")} {${trailingText(statement.body.opening)}`);
  printBody(out, statement.body);
  out.add(`};${trailingText(statement.trailing)}`);
}

function printBody(out: Lines, { lines, closing, separator }: Body): void {
  for (const [index, line] of lines.entries()) {
    if (index > 0 && line.followsGap) out.gap();
    out.comments(line.leading, INDENT);
    out.add(`${INDENT}${wrapped(line.pieces, INDENT)}${separator}${trailingText(line.trailing)}`);
  }
  if (lines.length > 0 && closing[0]?.followsGap === true) out.gap();
  out.comments(closing, INDENT);
}

/** A declaration on one line, or undefined when it needs several. */
function oneLine({ pieces, body }: Statement): string | undefined {
  const head = joined(pieces);
  if (body === undefined) return fits(head) ? `${head};` : undefined;
  const isCommented = body.opening.length > 0 || body.closing.length > 0 || body.lines.some(hasComments);
  if (isCommented) return undefined;
  if (body.lines.length === 0) return `${head} {};`;
  if (body.separator === ";" && body.lines.length > FIELDS_ON_A_LINE_MAX) return undefined;
  const inside = body.lines.map((line) => joined(line.pieces)).join(`${body.separator} `);
  const line = `${head} { ${inside}${body.separator === ";" ? ";" : ""} };`;
  return fits(line) ? line : undefined;
}

function fits(line: string): boolean {
  return line.length <= COLUMNS_MAX && !line.includes("\n");
}

function hasComments({ leading, trailing }: Line): boolean {
  return leading.length > 0 || trailing.length > 0;
}

/** The pieces on one line, or, where that is too long, with each group of attributes on a line of its own. */
function wrapped(pieces: readonly Piece[], indent: string): string {
  const line = joined(pieces);
  return indent.length + line.length < COLUMNS_MAX ? line : joined(pieces, `\n${indent}${INDENT}${INDENT}`);
}

/** Pieces behind one another; `attributesFollow` is what stands in front of attributes. */
function joined(pieces: readonly Piece[], attributesFollow = " "): string {
  let line = "";
  pieces.forEach((piece, index) => {
    const [before, last] = [pieces[index - 2], pieces[index - 1]];
    for (const { text } of piece.comments) line += ` ${text}${text.startsWith("//") ? `\n${INDENT}${INDENT}` : ""}`;
    const isAfterLineComment = piece.comments.at(-1)?.text.startsWith("//") === true;
    if (last !== undefined && !isAfterLineComment) line += spaceBetween(before, last, piece, attributesFollow);
    line += piece.text;
  });
  return line;
}

const TIGHT_BEFORE = new Set([",", ";", ")", "[", "]", "]]", "<", ">"]);
const TIGHT_AFTER = new Set(["(", "[", "[[", "<"]);
const OPERATORS = new Set(["+", "-", "*", "/", "=", ":"]);
/** What a minus sign stands behind when it is a sign, and no difference. */
const BEFORE_SIGN = new Set([...OPERATORS, ...TIGHT_AFTER, ","]);

function spaceBetween(before: Piece | undefined, last: Piece, piece: Piece, attributesFollow: string): string {
  if (piece.text === "[[") return attributesFollow;
  if (piece.comments.length > 0) return " ";
  return isApart(before, last, piece) ? " " : "";
}

function isApart(before: Piece | undefined, last: Piece, piece: Piece): boolean {
  if (TIGHT_BEFORE.has(piece.text) || TIGHT_AFTER.has(last.text)) return false;
  if (piece.text === "(") return OPERATORS.has(last.text) || last.text === "returns";
  if (last.text === "-" && (before === undefined || BEFORE_SIGN.has(before.text))) return false;
  const isFraction = piece.text === "/" ? last.kind === "number" : last.text === "/" && before?.kind === "number";
  return !isFraction;
}

function trailingText(comments: readonly Comment[]): string {
  return comments.map(({ text }) => ` ${text}`).join("");
}

/** Printed lines, with no empty ones at the start or behind one another. */
class Lines {
  private readonly lines: string[] = [];

  add(line: string): void {
    this.lines.push(line);
  }

  gap(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
  }

  comments(comments: readonly Comment[], indent: string): void {
    comments.forEach((comment, index) => {
      if (index > 0 && comment.followsGap) this.gap();
      this.add(indent + reindented(comment.text, indent));
    });
  }

  text(): string {
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }
}

/** A block comment whose lines start with stars gets them one below the other; any other stays as it is. */
function reindented(text: string, indent: string): string {
  const [first, ...rest] = text.split("\n").map((line) => line.trimEnd());
  const isStarred = rest.every((line) => line.trimStart().startsWith("*"));
  return [first, ...rest.map((line) => (isStarred ? `${indent} ${line.trimStart()}` : line))].join("\n");
}
