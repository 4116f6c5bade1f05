import { parseArgs } from "node:util";
import { SEED_MAX } from "../../shared/engine/whole-number.ts";

/** What the command line and the environment say. */
export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  readonly ticksPerSnapshot: number;
  readonly playersMax: number;
  /** Undefined: the caller draws one. */
  readonly seed: number | undefined;
  readonly staticDirectory: string | undefined;
  readonly isQuiet: boolean;
  /** Whether the status says who spent the bytes of snapshots. */
  readonly isProfiling: boolean;
  readonly wantsHelp: boolean;
}

export const SERVER_HELP = `Usage: server [options]

  --port N                 port of page and WebSocket; 0 takes a free one (PORT, default 8080)
  --host                   serve the local network too, not this machine only (or HOST=address; default 127.0.0.1)
  --players N              most players at a time (default 256)
  --ticks-per-snapshot N   send a snapshot every N ticks (default 1)
  --seed N                 seed of the world (default: random)
  --static DIR             directory of the built page (default dist/client)
  --profile                count the bytes of snapshots by player and field too: see /status.json
  --quiet                  print the address only, no status lines
  --help                   print this
`;

const LOCAL_NETWORK = "0.0.0.0";

/** Reads the options; throws an Error with a text for the user when one makes no sense. */
export function readServerOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ServerOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "boolean", default: false },
      players: { type: "string", default: "256" },
      "ticks-per-snapshot": { type: "string", default: "1" },
      seed: { type: "string" },
      static: { type: "string" },
      profile: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return {
    port: wholeNumber(values.port ?? env.PORT ?? "8080", "the port (--port or PORT)", 0, 65_535),
    host: values.host ? LOCAL_NETWORK : (env.HOST ?? "127.0.0.1"),
    ticksPerSnapshot: wholeNumber(values["ticks-per-snapshot"], "--ticks-per-snapshot", 1, 255),
    playersMax: wholeNumber(values.players, "--players", 1, 256),
    seed: values.seed === undefined ? undefined : wholeNumber(values.seed, "--seed", 0, SEED_MAX),
    staticDirectory: values.static,
    isProfiling: values.profile,
    isQuiet: values.quiet,
    wantsHelp: values.help,
  };
}

function wholeNumber(text: string, name: string, min: number, max: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new Error(`${name} is "${text}", but must be a whole number from ${min} to ${max}`);
}
