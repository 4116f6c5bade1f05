import type { SchemaLayout } from "../layout.ts";
import { htmlOf } from "./reference-html.ts";
import { markdownOf } from "./reference-markdown.ts";
import { referencePage } from "./reference-page.ts";

/** Prints the reference page of a schema: one self-contained file. */
export function emitReference(layout: SchemaLayout, format: "html" | "markdown"): string {
  const page = referencePage(layout);
  return format === "html" ? htmlOf(page) : markdownOf(page);
}
