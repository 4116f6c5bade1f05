import type { SchemaSource, Span } from "./source.ts";

/** A mistake of the schema's author: where it is, what is wrong, and what to type. */
export interface Diagnostic {
  readonly span: Span;
  readonly message: string;
  readonly advice: string;
}

/** A diagnostic as a terminal shows it: position and message, the line with a caret underline, the advice. */
export function formatDiagnostic(source: SchemaSource, diagnostic: Diagnostic): string {
  const { line, column, lineText } = placeOf(source.text, diagnostic.span.start);
  const length = Math.max(1, Math.min(diagnostic.span.end - diagnostic.span.start, lineText.length - column + 1));
  const gutter = String(line).padStart(5);
  return [
    `${source.path}:${line}:${column}  ${diagnostic.message}`,
    `${gutter} | ${lineText.replaceAll("\t", " ")}`,
    `${" ".repeat(gutter.length)} | ${" ".repeat(column - 1)}${"^".repeat(length)}`,
    `   ${diagnostic.advice}`,
  ].join("\n");
}

/** Diagnostics in the order of their positions. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Line and column count from 1. */
function placeOf(text: string, offset: number): { line: number; column: number; lineText: string } {
  const before = text.slice(0, offset).split("\n");
  const line = before.length;
  const lineText = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  return { line, column: before[line - 1]!.length + 1, lineText };
}
