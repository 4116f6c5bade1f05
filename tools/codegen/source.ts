/** A schema as it was read. `path` stands in diagnostics and in the printed header. */
export interface SchemaSource {
  readonly path: string;
  readonly text: string;
}

/** A stretch of schema text, in UTF-16 units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** From the start of one span to the end of another. */
export function spanning(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}
