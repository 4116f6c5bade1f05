import { parseArgs } from "node:util";
import { linkNamed, NAMED_LINKS } from "./engine/link-conditions.ts";

/** What is to be simulated. */
export interface SimulateOptions {
  /** One of `NAMED_LINKS`. */
  readonly linkName: string;
  /** Of virtual time. */
  readonly seconds: number;
  readonly seed: number;
  readonly players: number;
  readonly isJson: boolean;
}

const SECONDS_MAX = 3_600;
const SEED_MAX = 4_294_967_295;
const PLAYERS_MAX = 64;
const NAMES = Object.keys(NAMED_LINKS);

export const SIMULATE_HELP = `npm run simulate -- [options]

Arena's room and real clients over a network in virtual time, with traffic on every lane: how long messages take, and how
much bulk fits beside them. The same options print the same figures, on every machine.

  --link NAME        ${NAMES.slice(0, 6).join(", ")}; or Mbit/s, round trip in ms and jitter:
                     ${NAMES.slice(6).join(", ")} (default 4g)
  --seconds N        of virtual time, 1 to ${SECONDS_MAX} (default 60)
  --seed N           of all luck, 0 to ${SEED_MAX} (default 1)
  --players N        each over a link of its own, 1 to ${PLAYERS_MAX} (default 1)
  --json             the figures as one JSON object
  --help             this text

Ends with 0, or with 2 on a wrong option.
`;

/** The options in a command line, or a text for the user when one makes no sense. */
export function parseSimulateOptions(argv: readonly string[]): SimulateOptions | "help" | { readonly error: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        link: { type: "string", default: "4g" },
        seconds: { type: "string", default: "60" },
        seed: { type: "string", default: "1" },
        players: { type: "string", default: "1" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    if (linkNamed(values.link) === undefined) {
      throw new RangeError(`--link is one of ${NAMES.join(", ")}, not "${values.link}"`);
    }
    return {
      linkName: values.link,
      seconds: wholeNumber("--seconds", values.seconds, 1, SECONDS_MAX),
      seed: wholeNumber("--seed", values.seed, 0, SEED_MAX),
      players: wholeNumber("--players", values.players, 1, PLAYERS_MAX),
      isJson: values.json,
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new RangeError(`${name} is ${min} to ${max}, not "${text}"`);
}
