import { checkWhole, Rng } from "#engine/shared";
import { type LinkConditions, linkMistake, linkNamed, NAMED_LINKS, type Outage } from "../link-conditions.ts";

/** What lasts: a player's link is dark, its program stands still, a lost segment holds its link up, nobody looks at its page. */
export const LASTING_KINDS = ["outage", "freeze", "stall", "hide"] as const;
/** What happens at a moment: a player's link is torn; it leaves; it comes, late or again. */
export const SUDDEN_KINDS = ["reset", "leave", "join"] as const;

/** Something that goes wrong in a session, or is at least not what everybody else does. Times are whole milliseconds. */
export type Fault =
  | {
      readonly kind: (typeof LASTING_KINDS)[number];
      readonly player: number;
      readonly atMs: number;
      readonly lastsMs: number;
    }
  | { readonly kind: (typeof SUDDEN_KINDS)[number]; readonly player: number; readonly atMs: number }
  /** The room's process stands still. */
  | { readonly kind: "hiccup"; readonly atMs: number; readonly lastsMs: number };

/** What a session is like, all but its seed. It is plain data: JSON and back, it is the same. */
export interface FaultPlan {
  /** Of virtual time. */
  readonly seconds: number;
  /** Of each player: the name of its link, as `linkNamed` takes it. Whose first `join` comes before any `leave` comes with it. */
  readonly links: readonly string[];
  readonly faults: readonly Fault[];
}

/** All faults are over so long before the end: clients that try again ever more seldom have come back by then. */
export const CALM_MS = 8_000;
export const PLAN_SECONDS_MIN = CALM_MS / 1_000 + 1;
export const PLAN_SECONDS_MAX = 3_600;
export const PLAN_PLAYERS_MAX = 64;

const FAULTS_MAX = 10;
/** The longest of each kind. A session ends when nothing is heard of its player for half a minute: that is no fault. */
const LASTS_MS_MAX = { outage: 6_000, freeze: 5_000, stall: 800, hide: 4_000, hiccup: 3_000 } as const;
/** How often each kind comes, beside the others. */
const WEIGHTS: readonly (readonly [Fault["kind"], number])[] = [
  ["outage", 5],
  ["reset", 5],
  ["freeze", 4],
  ["stall", 4],
  ["hiccup", 3],
  ["hide", 2],
  ["leave", 2],
  ["join", 3],
];
const WEIGHT_SUM = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);

/** The plan of a seed: a link for each player, and one to ten faults. Throws a RangeError where there can be none. */
export function drawFaultPlan(seed: number, players: number, seconds: number): FaultPlan {
  checkWhole("players", players, 1, PLAN_PLAYERS_MAX);
  checkWhole("seconds", seconds, PLAN_SECONDS_MIN, PLAN_SECONDS_MAX);
  const rng = new Rng(seed);
  const names = Object.keys(NAMED_LINKS);
  const links = Array.from({ length: players }, () => names[rng.below(names.length)]!);
  const untilMs = seconds * 1_000 - CALM_MS;
  const faults = Array.from({ length: 1 + rng.below(FAULTS_MAX) }, () => drawFault(rng, players, untilMs));
  return { seconds, links, faults: faults.sort((a, b) => a.atMs - b.atMs) };
}

function drawFault(rng: Rng, players: number, untilMs: number): Fault {
  const kind = drawKind(rng);
  const player = rng.below(players);
  const atMs = rng.below(untilMs);
  if (kind === "reset" || kind === "leave" || kind === "join") return { kind, player, atMs };
  const lastsMs = 1 + rng.below(Math.min(LASTS_MS_MAX[kind], untilMs - atMs));
  return kind === "hiccup" ? { kind, atMs, lastsMs } : { kind, player, atMs, lastsMs };
}

function drawKind(rng: Rng): Fault["kind"] {
  let at = rng.below(WEIGHT_SUM);
  const drawn = WEIGHTS.find(([, weight]) => (at -= weight) < 0);
  return drawn![0];
}

/** The link of a player under its faults. What its link has of its own is over when the calm begins, as all faults are. */
export function linkUnder({ seconds, links, faults }: FaultPlan, player: number): LinkConditions {
  const link = linkNamed(links[player]!)!;
  const untilMs = Math.max(0, 1_000 * seconds - CALM_MS);
  const own = faults.filter((fault) => fault.kind !== "hiccup" && fault.player === player);
  const lasting = (kind: Fault["kind"]) =>
    own.flatMap((fault) => (fault.kind === kind && "lastsMs" in fault ? [fault] : [])).sort((a, b) => a.atMs - b.atMs);
  return {
    ...link,
    outages: [...outagesBefore(untilMs, link), ...lasting("outage")].map(({ atMs, lastsMs }) => ({ atMs, lastsMs })),
    stalls: lasting("stall").map(({ atMs, lastsMs }) => ({ atMs, lastsMs })),
    resets: own.flatMap(({ kind, atMs }) => (kind === "reset" ? [atMs] : [])),
  };
}

/** A link's own outages: one that would reach into the calm comes earlier, and is shorter where there is no room for it. */
function outagesBefore(untilMs: number, { outages = [] }: LinkConditions): Outage[] {
  const moved = outages.map(({ atMs, lastsMs }) => {
    const fitsMs = Math.min(lastsMs, untilMs);
    return { atMs: Math.min(atMs, untilMs - fitsMs), lastsMs: fitsMs };
  });
  return moved.filter(({ lastsMs }) => lastsMs > 0);
}

/** The plan that somebody wrote down, or a text that says what is wrong with it. */
export function faultPlanFrom(json: unknown): FaultPlan | { readonly error: string } {
  if (!isRecord(json)) return { error: "a plan is an object with seconds, links and faults" };
  const { seconds, links, faults } = json;
  if (!isWhole(seconds, 1, PLAN_SECONDS_MAX)) return { error: `seconds is 1 to ${PLAN_SECONDS_MAX}` };
  if (!Array.isArray(links) || links.length < 1 || links.length > PLAN_PLAYERS_MAX) {
    return { error: `links has the name of a link for each of 1 to ${PLAN_PLAYERS_MAX} players` };
  }
  const strange = links.find((name) => typeof name !== "string" || linkNamed(name) === undefined) as unknown;
  if (strange !== undefined) {
    return { error: `a link is ${linkMistake(typeof strange === "string" ? strange : JSON.stringify(strange))}` };
  }
  if (!Array.isArray(faults)) return { error: "faults is a list" };
  const bad = faults.findIndex((fault) => !isFault(fault, links.length, seconds * 1_000));
  if (bad >= 0) {
    const shape = "a kind, a player (but for a hiccup), whole atMs within the session, and lastsMs where it lasts";
    return { error: `fault ${bad} is ${JSON.stringify(faults[bad] as unknown)}, but has ${shape}` };
  }
  return { seconds, links: links as string[], faults: faults as Fault[] };
}

function isFault(fault: unknown, players: number, endMs: number): fault is Fault {
  if (!isRecord(fault) || !isWhole(fault.atMs, 0, endMs)) return false;
  const isLasting = isOneOf(fault.kind, LASTING_KINDS) || fault.kind === "hiccup";
  if (!isLasting && !isOneOf(fault.kind, SUDDEN_KINDS)) return false;
  if (isLasting && !isWhole(fault.lastsMs, 0, endMs)) return false;
  return fault.kind === "hiccup" || isWhole(fault.player, 0, players - 1);
}

function isOneOf(kind: unknown, kinds: readonly string[]): boolean {
  return typeof kind === "string" && kinds.includes(kind);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
