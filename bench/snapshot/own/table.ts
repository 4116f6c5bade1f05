import { rowLines } from "../table.ts";
import type { OwnResults } from "./bench.ts";

/** What was measured of a trace, and what one should know of it. */
export function ownTableOf({ rows, trace, tables }: OwnResults, isQuick: boolean): string {
  const { ticks, gaps, interval, misfits, unnamed } = trace;
  const entityTicks = ticks.reduce((sum, { entities }) => sum + entities.size, 0);
  const notes = [
    `${ticks.length} ticks, ${entityTicks} lines. Measured: the second half, but for its first 8 ticks.`,
    tables === "companion"
      ? "tickwire: with the tables that stand beside the schema; if they were trained with this trace, other traffic takes more."
      : "tickwire: with tables that were trained with the first half.",
    ...(gaps === 0 ? [] : [`${gaps} gaps of more than ${interval} ticks: everything leaves and enters there.`]),
    ...misfits.map(({ field, fate, count, line, given }) => {
      const what = fate === "snapped" ? "between the steps of its field and snapped" : "out of range and clamped";
      return `"${field}": ${count} values are ${what}, the first in line ${line}: ${given}.`;
    }),
    ...(unnamed.length === 0 ? [] : [`No line names ${unnamed.join(", ")}: 0 throughout.`]),
    ...(isQuick ? ["A quick run: times are rough."] : []),
  ];
  return ["trace", ...rowLines(rows), "", ...notes.map((note) => `  ${note}`)].join("\n");
}
