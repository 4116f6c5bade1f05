import type { Section } from "./section.ts";

/** What each player was handed of bulk, from the beginning of the first transfer until the end, in Mbit/s. */
export function bulkSection(mbits: readonly number[]): Section {
  const mean = mbits.reduce((sum, mbit) => sum + mbit, 0) / mbits.length;
  return {
    json: { bulkMbit: Math.round(100 * mean) / 100 },
    text: `bulk: ${mean.toFixed(2)} Mbit/s${mbits.length === 1 ? "" : " to each player, on average"}`,
  };
}
