import type { Diagnostic } from "../diagnostic.ts";
import { nearestName } from "../nearest-name.ts";
import type { Span } from "../source.ts";

/** Behind so many mistakes nobody reads what the next one may have meant, and to look for it takes time. */
const GUESSES_MAX = 100;

/** Collects what the checker finds, so that one run reports everything. */
export class Problems {
  readonly diagnostics: Diagnostic[] = [];

  report(span: Span, message: string, advice: string): void {
    this.diagnostics.push({ span, message, advice });
  }

  /** What somebody who wrote `name` may have meant: of the names of the schema, which may be many. */
  nearestName(name: string, known: Iterable<string>): string | undefined {
    return this.diagnostics.length < GUESSES_MAX ? nearestName(name, known) : undefined;
  }
}
