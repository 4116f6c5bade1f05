import type { SchemaSource, Span } from "./source.ts";
import { lineOf } from "./source.ts";

/** A mistake of the schema's author: where it is, what is wrong, and what to type. */
export interface Diagnostic {
  readonly span: Span;
  readonly message: string;
  readonly advice: string;
}

/** A diagnostic as a terminal shows it: position and message, the line with a caret underline, the advice. */
export function formatDiagnostic(sources: SchemaSource | readonly SchemaSource[], diagnostic: Diagnostic): string {
  const { path, line, column, lineText } = placeOf(sources, diagnostic.span);
  const length = Math.max(1, Math.min(diagnostic.span.end - diagnostic.span.start, lineText.length - column + 1));
  const gutter = String(line).padStart(5);
  return [
    `${path}:${line}:${column}  ${diagnostic.message}`,
    `${gutter} | ${lineText.replaceAll("\t", " ")}`,
    `${" ".repeat(gutter.length)} | ${" ".repeat(column - 1)}${"^".repeat(length)}`,
    `   ${diagnostic.advice}`,
  ].join("\n");
}

/** Diagnostics in the order of their positions: those of the first file first. */
export function inOrder(diagnostics: readonly Diagnostic[], sources: readonly SchemaSource[]): Diagnostic[] {
  const fileOf = ({ span }: Diagnostic): number => sources.findIndex(({ path }) => path === span.path);
  return [...diagnostics].sort(
    (a, b) => fileOf(a) - fileOf(b) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
}

/** Where a span starts; line and column count from 1. */
export function placeOf(
  sources: SchemaSource | readonly SchemaSource[],
  span: Span,
): { readonly path: string; readonly line: number; readonly column: number; readonly lineText: string } {
  const source = "text" in sources ? sources : sources.find(({ path }) => path === span.path);
  const text = source?.text ?? "";
  const { line, column } = lineOf(text, span.start);
  const lineText = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  return { path: source?.path ?? span.path, line, column, lineText };
}
