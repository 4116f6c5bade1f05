import { ms, titleOf } from "./table.ts";
import type { Results, Row } from "./rows.ts";
import { OURS } from "./roster.ts";

const BAR_HEIGHT = 18;
const BAR_GAP = 6;
const LABEL_WIDTH = 130;
const CHART_WIDTH = 640;
const VALUE_WIDTH = 125;

/** Bars of latency grow with its logarithm: between 10 ms and 10 s nothing else would show the small ones. */
const LATENCY_MIN_MS = 10;
const DECADE_MARKS_MS = [10, 100, 1000, 10_000];

/** One page with latency and bulk as bars: it needs no network and no script. */
export function reportOf({ rows, machine, isQuick }: Results): string {
  const titles = [...new Set(rows.map(titleOf))];
  const sections = titles.map((title) => {
    const mine = rows.filter((row) => titleOf(row) === title);
    return `<section><h2>${escaped(title)}</h2>\n${latencyChart(mine)}\n${bulkChart(mine)}\n</section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tickwire: snapshots beside bulk, measured</title>
<style>${STYLE}</style>
<h1>Snapshots beside bulk</h1>
<p>${escaped(machine)}. 20 snapshots of 300 bytes a second, alone on the link (pale) and while bulk goes down it (full);
the bar ends at p99, the tick stands at p50. Medians of the runs${isQuick ? "; a quick run, so there are few" : ""}.</p>
${sections.join("\n")}
</html>
`;
}

function latencyChart(rows: readonly Row[]): string {
  const most = Math.max(...rows.flatMap(({ idleP99Ms, loadedP99Ms }) => [idleP99Ms, loadedP99Ms]));
  const widthOf = (latencyMs: number): number =>
    (barWidth() * Math.log(Math.max(latencyMs, LATENCY_MIN_MS) / LATENCY_MIN_MS)) / Math.log(most / LATENCY_MIN_MS);
  const barsHeight = rows.length * (BAR_HEIGHT + BAR_GAP);
  const bars = rows.map((row, at) => {
    const y = at * (BAR_HEIGHT + BAR_GAP);
    const half = BAR_HEIGHT / 2;
    const x50 = (LABEL_WIDTH + widthOf(row.loadedP50Ms)).toFixed(1);
    const text = `${ms(row.idleP99Ms)} → ${ms(row.loadedP99Ms)} ms`;
    return [
      nameAt(row, y),
      bar(y, widthOf(row.loadedP99Ms), half, kindOf(row)),
      bar(y + half, widthOf(row.idleP99Ms), half, `${kindOf(row)} pale`),
      `<path d="M${x50} ${y}v${half}" class="tick"/>`,
      valueAt(text, y, widthOf(row.loadedP99Ms)),
    ].join("");
  });
  const marks = DECADE_MARKS_MS.filter((mark) => mark <= most).map((mark) => {
    const x = (LABEL_WIDTH + widthOf(mark)).toFixed(1);
    return `<path d="M${x} 0v${barsHeight}" class="mark"/><text x="${x}" y="${barsHeight + 8}" class="scale">${mark} ms</text>`;
  });
  return figure("latency of a snapshot, p99, idle → beside bulk", [...marks, ...bars], barsHeight + 20);
}

function bulkChart(rows: readonly Row[]): string {
  const most = Math.max(...rows.map(({ bulkMbit }) => bulkMbit));
  const bars = rows.map((row, at) => {
    const y = at * (BAR_HEIGHT + BAR_GAP);
    const width = (barWidth() * row.bulkMbit) / most;
    const share = row.bulkShare === null ? "" : `, ${(100 * row.bulkShare).toFixed(0)} %`;
    const value = valueAt(`${row.bulkMbit.toFixed(2)}${share}`, y, width);
    return `${nameAt(row, y)}${bar(y, width, BAR_HEIGHT, kindOf(row))}${value}`;
  });
  const title = "bulk, Mbit/s; share of what one send reaches after its first 2 s";
  return figure(title, bars, rows.length * (BAR_HEIGHT + BAR_GAP));
}

function barWidth(): number {
  return CHART_WIDTH - LABEL_WIDTH - VALUE_WIDTH;
}

function kindOf({ how }: Row): string {
  return how === OURS ? "marked" : "peer";
}

function nameAt({ how }: Row, y: number): string {
  return `<text x="${LABEL_WIDTH - 8}" y="${y + BAR_HEIGHT / 2}" class="name">${escaped(how)}</text>`;
}

function valueAt(text: string, y: number, width: number): string {
  return `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${y + BAR_HEIGHT / 2}">${escaped(text)}</text>`;
}

function bar(y: number, width: number, height: number, kind: string): string {
  return `<rect x="${LABEL_WIDTH}" y="${y}" width="${Math.max(1, width).toFixed(1)}" height="${height}" class="${kind}"/>`;
}

function figure(title: string, parts: readonly string[], height: number): string {
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${parts.join("\n")}</svg></figure>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b2430, #dde5ee); --peer: light-dark(#9fb0c3, #5b6b7e); --ours: #1f8f6b; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#fff, #10161d); max-width: 1360px; margin: 2rem auto; padding: 0 1rem; }
section { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 1rem 2rem; }
h2 { grid-column: 1 / -1; margin: 1rem 0 0; }
figure { margin: 0; }
svg { width: 100%; }
text { font: 12px system-ui, sans-serif; fill: var(--ink); dominant-baseline: central; }
.name { text-anchor: end; }
.scale { font-size: 10px; text-anchor: middle; opacity: .6; }
.mark { stroke: var(--ink); opacity: .15; }
.tick { stroke: var(--ink); stroke-width: 2; }
.peer { fill: var(--peer); }
.marked { fill: var(--ours); }
.pale { opacity: .5; }
`;
