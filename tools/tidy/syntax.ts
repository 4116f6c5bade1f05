import ts from "typescript";

/** The syntax tree of a file; the ending of its path tells TypeScript from JavaScript. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

/** Calls `visit` with every node below `node`, in the order of the text. Comments and strings are no nodes of code. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    visit(child);
    walk(child, visit);
  });
}

/** The line a position stands in, 1 and up. */
export function lineAt(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

/** A stretch of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every comment of the file, once. */
export function commentsOf(source: ts.SourceFile): Span[] {
  const ends = new Map<number, number>();
  const collect = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(source.text, node.pos) ?? []) ends.set(range.pos, range.end);
    for (const range of ts.getTrailingCommentRanges(source.text, node.end) ?? []) ends.set(range.pos, range.end);
    for (const child of node.getChildren(source)) collect(child);
  };
  collect(source);
  return [...ends].map(([start, end]) => ({ start, end })).sort((a, b) => a.start - b.start);
}
