import { SEED_MAX } from "../../shared/engine/whole-number.ts";
import { readCommandLine } from "../launch/command-line.mjs";
import {
  type FaultPlan,
  faultPlanFrom,
  PLAN_PLAYERS_MAX,
  PLAN_SECONDS_MAX,
  PLAN_SECONDS_MIN,
} from "./engine/faults/fault-plan.ts";
import { linkMistake, linkNamed, NAMED_LINKS, SPELLED_LINKS } from "./engine/link-conditions.ts";
import { COMING_MS } from "./engine/run.ts";

/** What is to be simulated: a session whose figures are of interest, or several with one seed after the other. */
export interface SimulateOptions {
  /** As `linkNamed` takes it. */
  readonly linkName: string;
  /** Of virtual time. */
  readonly seconds: number;
  readonly seed: number;
  /** How many: with more than one, only how they feel is of interest. */
  readonly seeds: number;
  readonly players: number;
  readonly play: "fight" | "dance";
  readonly hasBulk: boolean;
  readonly isJson: boolean;
}

/** What is to be simulated: sessions under faults, from a seed on. */
export interface SimulateFaultsOptions {
  readonly sessions: number;
  readonly seed: number;
  /** Of plans that are drawn. */
  readonly seconds: number;
  readonly players: number;
  readonly plan: FaultPlan | undefined;
  /** Whether each is played twice, and must send the same packets. */
  readonly isTwice: boolean;
  readonly isJson: boolean;
}

const SESSIONS_MAX = 1_000_000;
const SEEDS_MAX = 1_000;
const SECONDS_MAX = 3_600;
const PLAYERS_MAX = 64;
/** For figures of how it feels. */
const FEEL_SECONDS_MIN = COMING_MS / 1_000 + 1;
const NAMES = Object.keys(NAMED_LINKS);

export const SIMULATE_HELP = `npm run simulate -- [options]

Arena's room and real clients over a network in virtual time, with traffic on every lane: how long messages take, how
much bulk fits beside them, and how it feels. The same options print the same figures, on every machine.

  --link NAME        ${NAMES.slice(0, 6).join(", ")} (default 4g); or, as in 10M/80 and 8M/50/j5,
                     ${SPELLED_LINKS}
  --seconds N        of virtual time, 1 to ${SECONDS_MAX} (default 60); how it feels is measured from ${COMING_MS / 1_000} s on, so
                     that ${FEEL_SECONDS_MIN} are the least to say anything of it, and the least with --seeds
  --seed N           of all luck, 0 to ${SEED_MAX} (default 1); so is the last one of several
  --seeds N          sessions, from --seed on, 1 to ${SEEDS_MAX} (default 1); of several a table says how they feel
  --players N        each over a link of its own, 1 to ${PLAYERS_MAX} (default 1)
  --play NAME        fight, as bots do, or dance: thrust, turn and fire by chance all the time (default fight)
  --without-bulk     nothing large is on its way
  --json             the figures as one JSON object; of several sessions an array
  --help             this text

Or sessions in which things go wrong: links go dark or are torn, programs stand still, players come late and leave. Their
seeds draw the faults and the links, and what must hold is looked at in every tick and display frame. One that goes wrong
is printed with the fewest faults that it takes, and with the command that plays it again.

  --faults N         sessions, from --seed on, 1 to ${SESSIONS_MAX}
  --plan PLAN        the faults of all of them: a file, or the JSON itself, as it was printed
  --twice            plays each twice: both must send the same packets at the same moments
  --seconds N        ${PLAN_SECONDS_MIN} to ${PLAN_SECONDS_MAX} (default 20); the last 8 are calm
  --players N        1 to ${PLAN_PLAYERS_MAX} (default 4)
  --json             what went wrong as one JSON object

Ends with 0, with 1 when a session went wrong, or with 2 on a wrong option.
`;

/**
 * The options in a command line, or a text for the user when one makes no sense. `readText`: a file's, which may throw.
 */
export function parseSimulateOptions(
  argv: readonly string[],
  readText: (path: string) => string,
): SimulateOptions | SimulateFaultsOptions | "help" | { readonly error: string } {
  try {
    const { values } = readCommandLine({
      args: [...argv],
      options: {
        link: { type: "string" },
        seconds: { type: "string" },
        seed: { type: "string", default: "1" },
        seeds: { type: "string" },
        players: { type: "string" },
        play: { type: "string" },
        "without-bulk": { type: "boolean", default: false },
        faults: { type: "string" },
        plan: { type: "string" },
        twice: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    const seed = wholeNumber("--seed", values.seed, 0, SEED_MAX);
    if (values.faults !== undefined) {
      const faults = faultsFrom(values, readText);
      checkLastSeed("--faults", seed, faults.sessions);
      return { seed, ...faults, isJson: values.json };
    }
    if (values.plan !== undefined || values.twice) throw new RangeError("--plan and --twice go with --faults");
    const seeds = wholeNumber("--seeds", values.seeds ?? "1", 1, SEEDS_MAX);
    checkLastSeed("--seeds", seed, seeds);
    return {
      linkName: linkNameFrom(values.link ?? "4g"),
      seconds: secondsFrom(values.seconds ?? "60", seeds),
      seed,
      seeds,
      players: wholeNumber("--players", values.players ?? "1", 1, PLAYERS_MAX),
      play: playFrom(values.play ?? "fight"),
      hasBulk: !values["without-bulk"],
      isJson: values.json,
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Of several sessions only how they feel is of interest. */
function secondsFrom(text: string, seeds: number): number {
  const seconds = wholeNumber("--seconds", text, 1, SECONDS_MAX);
  if (seeds === 1 || seconds >= FEEL_SECONDS_MIN) return seconds;
  const why = `the first ${COMING_MS / 1_000} do not count`;
  throw new RangeError(`--seconds with --seeds is ${FEEL_SECONDS_MIN} to ${SECONDS_MAX}, not "${text}": ${why}`);
}

function checkLastSeed(name: string, seed: number, count: number): void {
  const countMax = SEED_MAX - seed + 1;
  if (count > countMax) throw new RangeError(`${name} from --seed ${seed} on is at most ${countMax}, not ${count}`);
}

function playFrom(name: string): SimulateOptions["play"] {
  if (name === "fight" || name === "dance") return name;
  throw new RangeError(`--play is fight or dance, not "${name}"`);
}

interface FaultValues {
  readonly link?: string | undefined;
  readonly seconds?: string | undefined;
  readonly players?: string | undefined;
  readonly faults?: string | undefined;
  readonly seeds?: string | undefined;
  readonly play?: string | undefined;
  readonly "without-bulk": boolean;
  readonly plan?: string | undefined;
  readonly twice: boolean;
}

function faultsFrom(values: FaultValues, readText: (path: string) => string) {
  const { link, seconds, players, faults, plan, twice } = values;
  const stranger = (["seeds", "play", "without-bulk"] as const).find((name) => (values[name] ?? false) !== false);
  if (stranger !== undefined) throw new RangeError(`--${stranger} does not go with --faults`);
  if (link !== undefined) throw new RangeError("--link does not go with --faults: a plan says what links are like");
  if (plan !== undefined && (seconds ?? players) !== undefined) {
    throw new RangeError("--seconds and --players do not go with --plan, which says both");
  }
  return {
    sessions: wholeNumber("--faults", faults!, 1, SESSIONS_MAX),
    seconds: wholeNumber("--seconds", seconds ?? "20", PLAN_SECONDS_MIN, PLAN_SECONDS_MAX),
    players: wholeNumber("--players", players ?? "4", 1, PLAN_PLAYERS_MAX),
    plan: plan === undefined ? undefined : planFrom(plan, readText),
    isTwice: twice,
  };
}

/** The plan that was given as it is, or in a file. */
function planFrom(planOrPath: string, readText: (path: string) => string): FaultPlan {
  const isItself = /^\s*[[{]/.test(planOrPath);
  const text = isItself ? planOrPath : fileText(planOrPath, readText);
  const plan = faultPlanFrom(jsonOf(text, isItself ? "--plan" : `--plan: ${planOrPath}`));
  if ("error" in plan) throw new RangeError(`--plan: ${plan.error}`);
  return plan;
}

function fileText(path: string, readText: (path: string) => string): string {
  try {
    return readText(path);
  } catch (error) {
    throw new RangeError(`--plan: ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new RangeError(`${where} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function linkNameFrom(name: string): string {
  if (linkNamed(name) !== undefined) return name;
  throw new RangeError(`--link is ${linkMistake(name)}`);
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new RangeError(`${name} is ${min} to ${max}, not "${text}"`);
}
