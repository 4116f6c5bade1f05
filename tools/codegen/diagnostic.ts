import type { SchemaSource, Span } from "./source.ts";
import { lineOf } from "./source.ts";

/** A mistake of the schema's author: where it is, what is wrong, and what to type. */
export interface Diagnostic {
  readonly span: Span;
  readonly message: string;
  readonly advice: string;
}

/** Mistakes that are told at once. */
const DIAGNOSTICS_MAX = 1_000;
/** Of a long line only this much is shown around the mistake. */
const SHOWN_COLUMNS_MAX = 240;
const COLUMNS_IN_FRONT = 80;

/** A diagnostic as a terminal shows it: position and message, the line with a caret underline, the advice. */
export function formatDiagnostic(sources: SchemaSource | readonly SchemaSource[], diagnostic: Diagnostic): string {
  const { path, line, column, lineText } = placeOf(sources, diagnostic.span);
  const { text, columnShown } = shown(lineText.replaceAll("\t", " "), column);
  const length = Math.max(1, Math.min(diagnostic.span.end - diagnostic.span.start, text.length - columnShown + 1));
  const gutter = String(line).padStart(5);
  return [
    `${path}:${line}:${column}  ${diagnostic.message}`,
    `${gutter} | ${text}`,
    `${" ".repeat(gutter.length)} | ${" ".repeat(columnShown - 1)}${"^".repeat(length)}`,
    `   ${diagnostic.advice}`,
  ].join("\n");
}

/** A line, or of a long one the part around `column`; and where that column then stands. */
function shown(lineText: string, column: number): { readonly text: string; readonly columnShown: number } {
  if (lineText.length <= SHOWN_COLUMNS_MAX) return { text: lineText, columnShown: column };
  const start = Math.max(0, column - 1 - COLUMNS_IN_FRONT);
  const [before, after] = [start === 0 ? "" : "…", start + SHOWN_COLUMNS_MAX < lineText.length ? "…" : ""];
  const text = `${before}${lineText.slice(start, start + SHOWN_COLUMNS_MAX)}${after}`;
  return { text, columnShown: column - start + before.length };
}

/** The first thousand, and behind them how many there are more. */
function limited(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const next = diagnostics[DIAGNOSTICS_MAX];
  if (next === undefined) return [...diagnostics];
  const more = diagnostics.length - DIAGNOSTICS_MAX;
  const message = `from here on there ${more === 1 ? "is 1 more mistake" : `are ${more} more mistakes`}`;
  return [...diagnostics.slice(0, DIAGNOSTICS_MAX), { span: next.span, message, advice: "mend those above first" }];
}

/** Diagnostics in the order of their positions, those of the first file first; of very many the first ones. */
export function inOrder(diagnostics: readonly Diagnostic[], sources: readonly SchemaSource[]): Diagnostic[] {
  const fileOf = ({ span }: Diagnostic): number => sources.findIndex(({ path }) => path === span.path);
  return limited(
    [...diagnostics].sort((a, b) => fileOf(a) - fileOf(b) || a.span.start - b.span.start || a.span.end - b.span.end),
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
