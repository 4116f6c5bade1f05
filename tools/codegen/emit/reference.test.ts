import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SchemaLayout } from "../layout.ts";
import { load } from "../load.ts";
import { emitReference } from "./reference.ts";

/** The layout of a schema that has no mistakes. */
function layoutOf(text: string): SchemaLayout {
  const { layout, diagnostics } = load("p.wire", () => text);
  expect(diagnostics).toEqual([]);
  return layout!;
}

const GOLDEN = layoutOf(readFileSync(new URL("../golden/outputs.wire", import.meta.url), "utf8"));

test.each([
  ["html", "html"],
  ["markdown", "md"],
] as const)("every kind of record prints exactly the golden page in %s", async (format, ending) => {
  await expect(emitReference(GOLDEN, format)).toMatchFileSnapshot(`../golden/outputs.${ending}`);
});

test("in HTML every link leads to one anchor, and no anchor stands twice", () => {
  const page = emitReference(GOLDEN, "html");
  const anchors = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);

  expect(new Set(anchors).size).toBe(anchors.length);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  expect(links.length).toBeGreaterThan(40);
});

test("in Markdown every link leads to an anchor", () => {
  const page = emitReference(GOLDEN, "markdown");
  const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id);

  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  expect(links.length).toBeGreaterThan(20);
});

test("words of comments are text in the page, whatever they look like", () => {
  const layout = layoutOf(`/** <script>alert("1")</script> & \`a|b\` \u202e */ protocol p 1; const A = 1;`);
  const html = emitReference(layout, "html");
  const markdown = emitReference(layout, "markdown");

  expect(html).toContain("<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; `a|b`</p>");
  expect(markdown).toContain('\\<script\\>alert("1")\\</script\\> \\& \\`a\\|b\\`');
});

test("a page is one file: it loads nothing and runs nothing", () => {
  const page = emitReference(GOLDEN, "html");

  expect(page).not.toMatch(/<script|<link|<img|\bsrc=|url\(|@import|https?:/);
});

test("fields stand with their byte and bit, or with the words that their place varies", () => {
  const page = emitReference(
    layoutOf(
      "protocol p 1; message M [[lane(event)]] { u8 a; u8 b : 3, c : 5; string d<9>; u16 e; bytes f<9> [[rest]]; };",
    ),
    "markdown",
  );
  const places = [...page.matchAll(/^\| (\S+) \| `([a-f])`/gm)].map(([, place, name]) => `${name!} ${place!}`);

  expect(places).toEqual(["a 1", "b 2.0", "c 2.3", "d 3", "e varies", "f varies"]);
});
