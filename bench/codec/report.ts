import type { Cell, Results } from "./cells.ts";
import { short } from "./table.ts";

const BAR_HEIGHT = 18;
const BAR_GAP = 6;
const LABEL_WIDTH = 150;
const CHART_WIDTH = 640;

/** What a bar shows of a cell. */
interface Measure {
  readonly title: string;
  readonly of: (cell: Cell) => number | null;
  readonly text: (value: number) => string;
}

const MEASURES: readonly Measure[] = [
  { title: "encode, operations per second", of: (cell) => cell.encodePerSecond, text: short },
  { title: "decode, operations per second", of: (cell) => cell.decodePerSecond, text: short },
  { title: "bytes on the wire", of: ({ bytes }) => bytes, text: (value) => String(Math.round(value * 10) / 10) },
  { title: "encode, bytes allocated", of: (cell) => cell.encodeAllocatedBytes, text: (value) => String(value) },
  { title: "decode, bytes allocated", of: (cell) => cell.decodeAllocatedBytes, text: (value) => String(value) },
];

/** One page with every figure as a bar: it needs no network and no script. */
export function reportOf(results: Results, ours: string, yardstick: string): string {
  const fixtures = [...new Set(results.cells.map(({ fixture }) => fixture))];
  const sections = fixtures.map((fixture) => {
    const cells = results.cells.filter((cell) => cell.fixture === fixture);
    const charts = MEASURES.map((measure) => chartOf(cells, measure, [ours, yardstick])).join("\n");
    return `<section><h2>${escaped(fixture)}</h2>${pairText(results, fixture)}\n${charts}\n</section>`;
  });
  const kind = results.isQuick
    ? "A quick run: expect noise."
    : "Medians of three rounds, a fresh program each; ours and the hand-written codec took turns in five programs of their own.";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tickwire: codecs measured</title>
<style>${STYLE}</style>
<h1>Codecs measured</h1>
<p>${escaped(results.machine)}. ${kind} A hollow bar is of another contract: what it returns is borrowed, lazy, or the caller's.</p>
${sections.join("\n")}
</html>
`;
}

function pairText({ pairs }: Results, fixture: string): string {
  const pair = pairs.find((each) => each.fixture === fixture);
  if (pair === undefined) return "";
  const [encode, decode] = [pair.encodeRatio.toFixed(2), pair.decodeRatio.toFixed(2)];
  return `<p>Generated against hand-written, slice by slice in one program: encode ${encode}, decode ${decode}.</p>`;
}

function chartOf(cells: readonly Cell[], { title, of, text }: Measure, marked: readonly string[]): string {
  const bars = cells.flatMap((cell) => {
    const value = of(cell);
    return value === null ? [] : [{ cell, value }];
  });
  if (bars.length === 0) return "";
  const most = Math.max(...bars.map(({ value }) => value), 1);
  const height = bars.length * (BAR_HEIGHT + BAR_GAP);
  const rows = bars.map(({ cell, value }, at) => {
    const y = at * (BAR_HEIGHT + BAR_GAP);
    const width = Math.max(1, (value / most) * (CHART_WIDTH - LABEL_WIDTH - 70));
    const kind = `${marked.includes(cell.contender) ? "marked" : "peer"}${cell.contract === "owned" ? "" : " hollow"}`;
    const middle = y + BAR_HEIGHT / 2;
    return [
      `<text x="${LABEL_WIDTH - 8}" y="${middle}" class="name">${escaped(cell.contender)}</text>`,
      `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" class="${kind}"/>`,
      `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${middle}">${escaped(text(value))}</text>`,
    ].join("");
  });
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${rows.join("\n")}</svg></figure>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b2430, #dde5ee); --peer: light-dark(#9fb0c3, #5b6b7e); --ours: #1f8f6b; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#fff, #10161d); max-width: 1360px; margin: 2rem auto; padding: 0 1rem; }
section { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 1rem 2rem; }
h2, section > p { grid-column: 1 / -1; margin: 1rem 0 0; }
figure { margin: 0; }
svg { width: 100%; }
text { font: 12px system-ui, sans-serif; fill: var(--ink); dominant-baseline: central; }
.name { text-anchor: end; }
.peer { fill: var(--peer); stroke: var(--peer); }
.marked { fill: var(--ours); stroke: var(--ours); }
.hollow { fill: none; }
`;
