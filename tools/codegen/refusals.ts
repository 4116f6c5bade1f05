import { compile } from "./compile.ts";

/** A row of a refusal table: a schema with one mistake, and its nearest neighbour without. */
export interface Refusal {
  readonly name: string;
  /** Behind `protocol p 1;`, as is `accepted`. */
  readonly refused: string;
  /** Part of the diagnostic's message. */
  readonly says: string;
  readonly accepted: string;
}

/** The messages of the diagnostics that a schema gets. */
export function mistakesIn(text: string): string[] {
  const { diagnostics } = compile({ path: "p.wire", text }, { runtime: "tickwire/wire" });
  return diagnostics.map((diagnostic) => diagnostic.message);
}
