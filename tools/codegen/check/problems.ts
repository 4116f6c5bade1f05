import type { Diagnostic } from "../diagnostic.ts";
import type { Span } from "../source.ts";

/** Collects what the checker finds, so that one run reports everything. */
export class Problems {
  readonly diagnostics: Diagnostic[] = [];

  report(span: Span, message: string, advice: string): void {
    this.diagnostics.push({ span, message, advice });
  }
}
