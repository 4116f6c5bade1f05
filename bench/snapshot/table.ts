import { DEVIATION_MAX, type Calibrated, type CalibrationFigure } from "./calibration.ts";
import type { Results, Row, TablesFigure, ThrottledFigure } from "./results.ts";
import { YARDSTICK } from "./subjects.ts";

const FIGURES: Readonly<Record<CalibrationFigure, string>> = {
  velocityChangesPercent: "velocity changes, % of entity-ticks",
  visible: "visible in the near view",
  churn: "enters and leaves per client and tick",
  fixedRecordsBytes: "fixed records, bytes per entity",
  jsonDeltaBytes: "JSON delta, bytes per entity",
  jsonDeltaDeflateBytes: "JSON delta + deflate, bytes per entity",
  colyseusBytes: "@colyseus/schema, bytes per entity",
};

/** Whether this is the documented world: what is documented, what was measured, how far off. */
export function calibrationTable(calibration: readonly Calibrated[]): string {
  const rows = calibration.map(({ figure, documented, measured, deviation }) => [
    FIGURES[figure],
    String(documented),
    measured.toFixed(2),
    `${signed(deviation)}${isOff(deviation) ? "  off by more than 3 %" : ""}`,
  ]);
  const off = calibration.filter(({ deviation }) => isOff(deviation)).length;
  const verdict =
    off === 0
      ? "This is the documented world: every figure is within 3 %."
      : `${off} of ${calibration.length} figures are off by more than 3 %: this is another world, and other figures are of no use here.`;
  return ["calibration", ...aligned([["", "documented", "measured", "off"], ...rows], 1), `  ${verdict}`].join("\n");
}

/** Everything but the calibration. */
export function tableOf(results: Results): string {
  const keys = [...new Set(results.rows.map(({ world, view }) => `${world}, ${view}`))];
  const blocks = keys.map((key) =>
    [titleOf(key), ...rowLines(results.rows.filter(({ world, view }) => `${world}, ${view}` === key))].join("\n"),
  );
  const more = [tablesTable(results.tables), throttledTable(results.throttled)].filter((text) => text !== "");
  return [...blocks, ...more, LEGEND, ...(results.isQuick ? [QUICK] : [])].join("\n\n");
}

const LEGEND = `Bytes are the snapshot messages alone, over visible entities, changed or not; framed: with lane header and WebSocket
frame. bound: the entropy of what is left of predictions, which no tables could beat; of entities alone, without heads
and lists. × ${YARDSTICK}: how many times fewer bytes. Nanoseconds per visible entity: medians of ticks; shared: to
write a snapshot for a peer in step, without making the deltas that all peers share. Heap: bytes that a tick of all
clients leaves to the collector. Every snapshot was decoded and compared field by field.`;
const QUICK = "A quick run: fewer ticks, so bytes are a little different, and times are rough.";

const NOTHING = "–";
const COLUMNS = [
  "codec",
  "lag",
  "B/entity",
  "framed",
  "bound",
  "B/snapshot",
  "framed",
  "p99",
  "max",
  `× ${YARDSTICK}`,
  "encode ns",
  "decode ns",
  "shared ns",
  "heap enc",
  "heap dec",
];

/** Rows of one world and view as lines, with their head. */
export function rowLines(rows: readonly Row[]): string[] {
  const lines = rows.map((row) => {
    const mark = rows.find(({ codec, lag }) => codec === YARDSTICK && lag === row.lag);
    return [
      row.codec,
      row.lag,
      row.bytesPerEntity.toFixed(3),
      row.framedBytesPerEntity.toFixed(3),
      fixedOrDash(row.entropyBytesPerEntity, 3),
      row.bytesPerSnapshot.toFixed(1),
      row.framedBytesPerSnapshot.toFixed(1),
      String(row.bytesPerSnapshotP99),
      String(row.bytesPerSnapshotMax),
      mark === undefined ? NOTHING : (mark.bytesPerSnapshot / row.bytesPerSnapshot).toFixed(2),
      fixedOrDash(row.encodeNsPerEntity, 0),
      fixedOrDash(row.decodeNsPerEntity, 0),
      fixedOrDash(row.sharedCopyNsPerEntity, 0),
      fixedOrDash(row.encodeHeapBytesPerTick, 0),
      fixedOrDash(row.decodeHeapBytesPerTick, 0),
    ];
  });
  // A column that nobody has anything to say in is left out.
  const isSaid = COLUMNS.map((_, column) => lines.some((line) => line[column] !== NOTHING));
  const said = [COLUMNS, ...lines].map((line) => line.filter((_, column) => isSaid[column]));
  return aligned(said, 2);
}

function titleOf(key: string): string {
  return key.startsWith("mismatched")
    ? `${key}: the jittery world, written with tables that were trained on the smooth one`
    : key;
}

/** World by tables: bytes per entity, and how much that is above the world's own tables. */
function tablesTable(figures: readonly TablesFigure[]): string {
  const worlds = [...new Set(figures.map(({ world }) => world))];
  const tables = [...new Set(figures.map((figure) => figure.tables))];
  if (worlds.length === 0) return "";
  const bytesOf = (world: string, of: string): number =>
    figures.find((figure) => figure.world === world && figure.tables === of)!.bytesPerEntity;
  const rows = worlds.map((world) => [
    world,
    ...tables.map((of) => {
      const bytes = bytesOf(world, of);
      return of === world ? bytes.toFixed(3) : `${bytes.toFixed(3)} ${signed(bytes / bytesOf(world, world) - 1)}`;
    }),
  ]);
  const title = "tickwire, view all, lag 1: bytes per entity in each world, with tables trained on";
  return [title, ...aligned([["world", ...tables], ...rows], 1)].join("\n");
}

function throttledTable(figures: readonly ThrottledFigure[]): string {
  if (figures.length === 0) return "";
  const rows = figures.map(({ world, view, bytesPerSecond, skippingBytesPerSecond }) => [
    world,
    view,
    bytesPerSecond.toFixed(0),
    skippingBytesPerSecond.toFixed(0),
    signed(skippingBytesPerSecond / bytesPerSecond - 1),
  ]);
  const title =
    "tickwire, bytes per second of a client that is sent every snapshot, and of one that skips 0 to 3 by chance";
  return [title, ...aligned([["world", "view", "every", "skipping", ""], ...rows], 2)].join("\n");
}

/** The first `left` columns to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[], left: number): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => {
    const texts = row.map((text, column) =>
      column < left ? text.padEnd(widths[column]!) : text.padStart(widths[column]!),
    );
    return `  ${texts.join("  ")}`.trimEnd();
  });
}

function isOff(deviation: number): boolean {
  return !(Math.abs(deviation) <= DEVIATION_MAX);
}

function signed(part: number): string {
  return `${part < 0 ? "−" : "+"}${Math.abs(100 * part).toFixed(1)} %`;
}

function fixedOrDash(value: number | null, digits: number): string {
  return value === null ? NOTHING : value.toFixed(digits);
}
