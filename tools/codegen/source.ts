/** A schema as it was read. `path` stands in diagnostics and in the printed header. */
export interface SchemaSource {
  readonly path: string;
  readonly text: string;
}

/** A stretch of schema text, in UTF-16 units; `end` is behind the last one. */
export interface Span {
  /** Of the source that it lies in. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** From the start of one span to the end of another. */
export function spanning(first: Span, last: Span): Span {
  return { path: first.path, start: first.start, end: last.end };
}

/** Line and column of a place in a text, counted from 1. */
export function lineOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before[before.length - 1]!.length + 1 };
}
