import { linkNamed, NAMED_LINKS, type LinkConditions } from "../../tools/simulator/engine/link-conditions.ts";

/** A link that is measured, and how much goes down it. */
export interface BenchLink {
  readonly name: string;
  readonly conditions: LinkConditions;
  readonly bulkBytes: number;
}

const BULK_BYTES = 8_000_000;
/** A slow link is not to be busy for minutes. */
const SLOW_MBIT = 2;
const SLOW_BULK_BYTES = 1_500_000;

/** Every link with a name. */
export const LINK_NAMES: readonly string[] = Object.keys(NAMED_LINKS);

/** The links that are measured when nobody names one: those without luck in them but jitter. */
export const USUAL_LINKS: readonly string[] = ["8M/50", "8M/100", "25M/50", "1M/50", "8M/50/j5"];

/** The link of a name that `linkNamed` takes. */
export function benchLinkNamed(name: string): BenchLink {
  const conditions = linkNamed(name)!;
  return { name, conditions, bulkBytes: conditions.downMbit < SLOW_MBIT ? SLOW_BULK_BYTES : BULK_BYTES };
}
