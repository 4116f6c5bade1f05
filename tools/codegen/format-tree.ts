import type { Token } from "./scanner.ts";

/** A comment as it is written, and how it stood. */
export interface Comment {
  readonly text: string;
  /** Whether only white space stands in front of it on its line. */
  readonly startsLine: boolean;
  /** Whether an empty line stands in front of it. */
  readonly followsGap: boolean;
}

/** A token with the comments in front of it. */
export interface Piece {
  readonly text: string;
  readonly kind: Token["kind"];
  readonly comments: readonly Comment[];
  readonly followsGap: boolean;
}

/** A field, an enum member, or a declaration without braces. */
export interface Line {
  readonly leading: readonly Comment[];
  /** Whether an empty line stands in front of it and its comments. */
  readonly followsGap: boolean;
  /** Without the `;` or `,` at its end. */
  readonly pieces: readonly Piece[];
  readonly trailing: readonly Comment[];
}

/** What stands between braces. */
export interface Body {
  /** Behind the opening brace, on its line. */
  readonly opening: readonly Comment[];
  readonly lines: readonly Line[];
  /** In front of the closing brace. */
  readonly closing: readonly Comment[];
  readonly separator: ";" | ",";
}

/** A declaration; one with a body ends behind its closing brace. */
export interface Statement extends Line {
  readonly body: Body | undefined;
}

/** A schema as statements and comments; nothing of it is lost but white space. */
export interface FormatTree {
  readonly statements: readonly Statement[];
  /** Behind the last statement. */
  readonly closing: readonly Comment[];
}

const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//g;

/** Tokens of a schema that the parser accepts, and the comments between them, to statements. */
export function readFormatTree(text: string, tokens: readonly Token[]): FormatTree {
  return new TreeReader(piecesOf(text, tokens)).readTree();
}

/** Tokens hold no comments: those are looked for in the gaps between them. The brackets of attributes become one piece. */
function piecesOf(text: string, tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let isInAttributes = false;
  for (const token of tokens) {
    const { comments, followsGap } = readGap(text.slice(end, token.start), end === 0);
    const last = pieces.at(-1);
    const opens = token.text === "[" && last?.text === "[" && token.start === end;
    const closes = token.text === "]" && last?.text === "]" && isInAttributes;
    end = token.end;
    if (last !== undefined && (opens || closes)) {
      pieces[pieces.length - 1] = { ...last, text: opens ? "[[" : "]]", comments: [...last.comments, ...comments] };
      isInAttributes = opens;
    } else {
      pieces.push({ text: token.text, kind: token.kind, comments, followsGap });
    }
  }
  return pieces;
}

function readGap(gap: string, isFileStart: boolean): { comments: Comment[]; followsGap: boolean } {
  const comments: Comment[] = [];
  let end = 0;
  for (const { 0: found, index } of gap.matchAll(COMMENT)) {
    const space = gap.slice(end, index);
    comments.push({
      text: found.trimEnd(),
      startsLine: space.includes("\n") || (isFileStart && end === 0),
      followsGap: hasEmptyLine(space),
    });
    end = index + found.length;
  }
  return { comments, followsGap: hasEmptyLine(gap.slice(end)) };
}

function hasEmptyLine(space: string): boolean {
  return space.split("\n").length > 2;
}

/**
 * A comment in front of a separator or brace documents nothing. Behind it, where it comes to stand, a doc comment would
 * document what follows.
 */
function undocumented(comment: Comment): Comment {
  if (!isDoc(comment)) return comment;
  const inside = comment.text.slice(2, -2).replace(/^\*+/, "");
  return { ...comment, text: `/*${inside}*/` };
}

/** Whether it documents what follows; an empty one does not. */
function isDoc({ text }: Comment): boolean {
  return text.startsWith("/**") && text !== "/**/";
}

class TreeReader {
  private readonly pieces: readonly Piece[];
  private at = 0;
  /** Comments of the next piece that were given to what stands in front of it. */
  private given = 0;
  /** Comments that found no room behind a line: they go in front of the next one. */
  private carried: Comment[] = [];

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }

  readTree(): FormatTree {
    const statements: Statement[] = [];
    while (this.next().kind !== "end") statements.push(this.readStatement());
    return { statements, closing: this.takeComments() };
  }

  private readStatement(): Statement {
    const head = this.readHead();
    const pieces = this.readPieces([";", "{"]);
    if (this.next().text !== "{") return { ...head, pieces, trailing: this.readEnd(";"), body: undefined };
    const inFront = this.takeComments().map(undocumented);
    this.at += 1;
    this.given = 0;
    const body = this.readBody(
      this.withRoom([...inFront, ...this.takeTrailing()]),
      pieces[0]?.text === "enum" ? "," : ";",
    );
    return { ...head, pieces, trailing: this.readEnd(";"), body };
  }

  /** From behind the opening brace to behind the closing one. */
  private readBody(opening: readonly Comment[], separator: Body["separator"]): Body {
    const lines: Line[] = [];
    while (this.next().text !== "}" && this.next().kind !== "end") {
      const head = this.readHead();
      const pieces = this.readPieces([separator, "}"]);
      lines.push({ ...head, pieces, trailing: this.readEnd(separator) });
    }
    const closing = this.takeComments();
    this.at += 1;
    this.given = 0;
    return { opening, lines, closing, separator };
  }

  private readHead(): { leading: readonly Comment[]; followsGap: boolean } {
    const { followsGap } = this.next();
    const leading = this.takeComments();
    return { leading, followsGap: leading[0]?.followsGap ?? followsGap };
  }

  private readPieces(ends: readonly string[]): Piece[] {
    const pieces: Piece[] = [];
    while (this.next().kind !== "end" && !ends.includes(this.next().text)) {
      const comments = pieces.length === 0 ? [] : this.takeComments();
      pieces.push({ ...this.next(), comments });
      this.at += 1;
      this.given = 0;
    }
    return pieces;
  }

  /** Behind the separator, when there is one: the comments in front of it and those that follow on its line. */
  private readEnd(separator: Body["separator"]): Comment[] {
    if (this.next().text !== separator) return this.withRoom(this.takeTrailing());
    const inFront = this.takeComments().map(undocumented);
    this.at += 1;
    this.given = 0;
    return this.withRoom([...inFront, ...this.takeTrailing()]);
  }

  /** A line has room for comments in front of a line comment, and for one of those. */
  private withRoom(comments: readonly Comment[]): Comment[] {
    const blocks = comments.filter(({ text }) => !text.startsWith("//"));
    const [last, ...others] = comments.filter(({ text }) => text.startsWith("//"));
    this.carried = others.map((comment) => ({ ...comment, startsLine: true }));
    return last === undefined ? blocks : [...blocks, last];
  }

  private takeComments(): Comment[] {
    const taken = [...this.carried, ...this.next().comments.slice(this.given)];
    this.carried = [];
    this.given = this.next().comments.length;
    return taken;
  }

  /** A doc comment belongs to what follows it, wherever it stands. */
  private takeTrailing(): Comment[] {
    const { comments } = this.next();
    const start = this.given;
    while (this.given < comments.length && isTrailing(comments[this.given]!)) this.given += 1;
    return comments.slice(start, this.given);
  }

  private next(): Piece {
    return this.pieces[this.at] ?? this.pieces.at(-1)!;
  }
}

function isTrailing(comment: Comment): boolean {
  return !comment.startsLine && !isDoc(comment);
}
