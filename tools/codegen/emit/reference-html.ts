import { REFERENCE_STYLE } from "../outputs/reference-style.ts";
import type { Inline, Line } from "./reference-lines.ts";
import type { Chapter, Page, Section, Table } from "./reference-page.ts";

/** A page as HTML: one file, no scripts, nothing loaded from elsewhere. */
export function htmlOf({ title, paragraphs, facts, chapters }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}: wire reference</title>
<style>
${REFERENCE_STYLE}</style>
</head>
<body>
<nav aria-label="Contents">
<a class="home" href="#top">${escaped(title)}</a>
${chapters.map(contentsOf).join("\n")}
</nav>
<main id="top">
<h1>${escaped(title)}</h1>
${paragraphs.map(paragraphOf).join("\n")}
<dl>
${facts.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join("\n")}
</dl>
${chapters.map(chapterOf).join("\n")}
</main>
</body>
</html>
`;
}

function contentsOf({ title, anchor, sections }: Chapter): string {
  const items = sections.map(({ name }) => `<li>${linkOf(name)}</li>`).join("");
  return `<a href="#${anchor}">${escaped(title)}</a>${items === "" ? "" : `<ul>${items}</ul>`}`;
}

function chapterOf({ title, anchor, table, sections }: Chapter): string {
  return `<h2 id="${anchor}">${escaped(title)}</h2>
${tableOf(table)}${sections.map(sectionOf).join("\n")}`;
}

function sectionOf({ name, tags, paragraphs, table }: Section): string {
  const badges = tags.map((tag) => `<span>${escaped(tag)}</span>`).join("");
  return `<section id="${escaped(name)}">
<h3><a href="#${escaped(name)}">${escaped(name)}</a>${badges}</h3>
${paragraphs.map((line) => `${paragraphOf(line)}\n`).join("")}${tableOf(table)}</section>`;
}

function tableOf(table: Table | undefined): string {
  if (table === undefined) return "";
  const head = table.head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const rows = table.rows.map((cells) => `<tr>${cells.map((cell) => `<td>${lineOf(cell)}</td>`).join("")}</tr>`);
  return `<div class="table" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
`;
}

function paragraphOf(line: Line): string {
  return `<p>${lineOf(line)}</p>`;
}

function lineOf(line: Line): string {
  return line.map(inlineOf).join("");
}

function inlineOf(inline: Inline): string {
  if (typeof inline === "string") return escaped(inline);
  return inline.kind === "code" ? `<code>${escaped(inline.text)}</code>` : linkOf(inline.name);
}

function linkOf(name: string): string {
  return `<a href="#${escaped(name)}"><code>${escaped(name)}</code></a>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
