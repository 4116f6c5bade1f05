import type { Inline, Line } from "./reference-lines.ts";
import type { Chapter, Page, Section, Table } from "./reference-page.ts";

/** A page as Markdown, with anchors that its links lead to. */
export function markdownOf({ title, paragraphs, facts, chapters }: Page): string {
  const lines = [
    `# ${escaped(title)}`,
    ...paragraphs.map(lineOf),
    facts.map(([name, value]) => `- ${escaped(name)}: ${escaped(value)}`).join("\n"),
    ...chapters.flatMap(chapterOf),
  ];
  return `${lines.join("\n\n")}\n`;
}

function chapterOf({ title, table, sections }: Chapter): string[] {
  return [`## ${escaped(title)}`, ...tableOf(table), ...sections.flatMap(sectionOf)];
}

function sectionOf({ name, tags, paragraphs, table }: Section): string[] {
  return [
    `### <a id="${name}"></a>${escaped(name)}`,
    ...(tags.length === 0 ? [] : [`*${tags.map(escaped).join(" · ")}*`]),
    ...paragraphs.map(lineOf),
    ...tableOf(table),
  ];
}

/** The lines of a table are one block: no blank lines between them. */
function tableOf(table: Table | undefined): string[] {
  if (table === undefined) return [];
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    [
      row(table.head.map(escaped)),
      row(table.head.map(() => "---")),
      ...table.rows.map((cells) => row(cells.map(lineOf))),
    ].join("\n"),
  ];
}

function lineOf(line: Line): string {
  return line.map(inlineOf).join("").trim();
}

function inlineOf(inline: Inline): string {
  if (typeof inline === "string") return escaped(inline);
  // Types and names have no backticks, and no bars.
  return inline.kind === "code"
    ? `\`${inline.text.trim()}\`${inline.text.endsWith(" ") ? " " : ""}`
    : linkOf(inline.name);
}

function linkOf(name: string): string {
  return `[${escaped(name)}](#${name})`;
}

/** Text that Markdown takes as it is, at the start of a line too. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~&]/g, "\\$&")
    .replace(/^[#+=-]+(?=\s|$)/, "\\$&")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}
