/** What a link is like. Times are virtual and in milliseconds; rates are of the wire, with all headers. */
export interface LinkConditions {
  /** Mbit/s, server to client; Infinity for a link without a bottleneck. */
  readonly downMbit: number;
  /** Mbit/s, client to server. */
  readonly upMbit: number;
  /** There and back, when nothing is in the way. */
  readonly rttMs: number;
  /** Each segment takes uniformly 0 to `jitterMs` longer, each way; the order is kept. Nothing by default. */
  readonly jitterMs?: number;
  /** What the bottleneck's buffer holds, at the rate of the link; 200 by default. */
  readonly queueMs?: number;
  /** Each way a segment is lost now and then (Poisson), which holds up all behind it for `ms`. */
  readonly stall?: { readonly ms: number; readonly meanEveryMs: number };
  /** Besides, each way a segment is lost at these moments, in the time of the network, oldest first. */
  readonly stalls?: readonly Stall[];
  /** When nothing passes, in either direction: the time of the network, oldest first. */
  readonly outages?: readonly Outage[];
  /** When the link is torn, in the time of the network: both ends are told 1006, and what is on its way is lost. */
  readonly resets?: readonly number[];
}

/** Dark from `atMs`, for `lastsMs` (Infinity allowed). */
export interface Outage {
  readonly atMs: number;
  readonly lastsMs: number;
}

/** The first segment that leaves within `lastsMs` from `atMs` on holds up all behind it for so long. */
export interface Stall {
  readonly atMs: number;
  readonly lastsMs: number;
}

export const QUEUE_MS = 200;

/** Links to play over, and below them the links to measure on, whose names are spelled as those of others may be. */
export const NAMED_LINKS: Readonly<Record<string, LinkConditions>> = {
  lan: { downMbit: 1000, upMbit: 1000, rttMs: 1 },
  fibre: { downMbit: 100, upMbit: 20, rttMs: 20, jitterMs: 1 },
  "4g": { downMbit: 20, upMbit: 5, rttMs: 60, jitterMs: 15, stall: { ms: 150, meanEveryMs: 20_000 } },
  "3g": { downMbit: 1.5, upMbit: 0.5, rttMs: 150, jitterMs: 40, stall: { ms: 300, meanEveryMs: 15_000 } },
  "wifi-bad": { downMbit: 30, upMbit: 10, rttMs: 20, jitterMs: 40, stall: { ms: 150, meanEveryMs: 20_000 } },
  outage: { downMbit: 8, upMbit: 2, rttMs: 50, outages: [{ atMs: 10_000, lastsMs: 2000 }] },
  "8M/50": { downMbit: 8, upMbit: 8, rttMs: 50 },
  "8M/100": { downMbit: 8, upMbit: 8, rttMs: 100 },
  "25M/50": { downMbit: 25, upMbit: 25, rttMs: 50 },
  "1M/50": { downMbit: 1, upMbit: 1, rttMs: 50 },
  "8M/50/j5": { downMbit: 8, upMbit: 8, rttMs: 50, jitterMs: 5 },
};

/** What a spelled link may be like: Mbit/s, and milliseconds. */
const SPELLED_MBIT_MIN = 0.25;
const SPELLED_MBIT_MAX = 1_000;
const SPELLED_RTT_MS_MAX = 1_000;
const SPELLED_JITTER_MS_MAX = 500;

/** How links are spelled that have no name, for people. */
export const SPELLED_LINKS =
  `RATE[M]/RTT[/jJITTER], ${SPELLED_MBIT_MIN} to ${SPELLED_MBIT_MAX} Mbit/s, 0 to ${SPELLED_RTT_MS_MAX} ms ` +
  `there and back, 0 to ${SPELLED_JITTER_MS_MAX} ms of jitter`;

/**
 * The link of a name: one of `NAMED_LINKS`, or a link that is spelled, such as "10M/80" or "2.5/120/j10" (Mbit/s each
 * way, round trip and jitter in milliseconds). Undefined for any other text.
 */
export function linkNamed(name: string): LinkConditions | undefined {
  return Object.hasOwn(NAMED_LINKS, name) ? NAMED_LINKS[name] : spelledLink(name);
}

/** What to say of a text that `linkNamed` does not know. */
export function linkMistake(name: string): string {
  return `one of ${Object.keys(NAMED_LINKS).join(", ")}, or ${SPELLED_LINKS}; not "${name}"`;
}

function spelledLink(text: string): LinkConditions | undefined {
  const parts = /^(\d{1,4}(?:\.\d{1,3})?)M?\/(\d{1,4})(?:\/j(\d{1,3}))?$/.exec(text);
  if (parts === null) return undefined;
  const [mbit, rttMs, jitterMs] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)] as const;
  if (mbit < SPELLED_MBIT_MIN || mbit > SPELLED_MBIT_MAX) return undefined;
  if (rttMs > SPELLED_RTT_MS_MAX || jitterMs > SPELLED_JITTER_MS_MAX) return undefined;
  return { downMbit: mbit, upMbit: mbit, rttMs, ...(jitterMs > 0 && { jitterMs }) };
}

/** What is wrong with conditions, and what to write; undefined for a link that can be. */
export function mistakeIn(conditions: LinkConditions): string | undefined {
  const { downMbit, upMbit, rttMs, jitterMs = 0, queueMs = QUEUE_MS, stall } = conditions;
  const { stalls = [], outages = [], resets = [] } = conditions;
  if (!(downMbit > 0 && upMbit > 0)) return "downMbit and upMbit are Mbit/s above 0; Infinity for no bottleneck";
  const stallTimes = stalls.flatMap(({ atMs, lastsMs }) => [atMs, lastsMs]);
  const times = [
    rttMs,
    jitterMs,
    queueMs,
    stall?.ms ?? 0,
    ...stallTimes,
    ...outages.map(({ atMs }) => atMs),
    ...resets,
  ];
  if (!times.every((ms) => ms >= 0 && ms < Infinity)) return "times are finite and not negative";
  if (stall !== undefined && !(stall.meanEveryMs > 0)) return "stall.meanEveryMs is above 0";
  if (!outages.every(({ lastsMs }) => lastsMs >= 0)) return "an outage's lastsMs is not negative; Infinity for ever";
  return undefined;
}
