import { readCommandLine } from "./command-line.mjs";

/**
 * What `npm start` and `npm run dev` were asked for.
 *
 * @typedef {object} StartOptions
 * @property {number} bots how many bots join, 0 to 200
 * @property {number} port of the page and the WebSocket, 0 to 65,535; 0 takes a free one
 * @property {string} host the address to listen at
 * @property {string[]} forServer options of the server, checked here, so that a mistake is seen before anything is built
 */

const HOST_DEFAULT = "127.0.0.1";
/** Every address of this machine: others in the local network may play. */
const HOST_EVERY = "0.0.0.0";

/** The numbers that may stand in a command line; server/node/server-options.ts has the same limits. */
const NUMBERS = /** @type {const} */ ([
  { name: "bots", called: "bots are", min: 0, max: 200 },
  { name: "port", called: "a port is", min: 0, max: 65_535 },
  { name: "players", called: "players are", min: 1, max: 256 },
  { name: "ticks-per-snapshot", called: "ticks per snapshot are", min: 1, max: 255 },
  { name: "seed", called: "a seed is", min: 0, max: 4_294_967_295 },
]);

/** What every launcher's help says of the options that go to the server. */
export const SERVER_OPTIONS_HELP = `
  --players N               most players at a time, 1 to 256 (default 256)
  --ticks-per-snapshot N    a snapshot every N ticks, 1 to 255 (default 1)
  --seed N                  seed of the world, 0 to 4294967295 (default: random)
  --static DIR              folder of the page that the server serves (default dist/client)
  --profile                 count the bytes of snapshots by player and field too: see /status.json
  --quiet                   no status lines of the server
`.slice(1, -1);

/**
 * Reads a command line. What it says wins over the environment (PORT, HOST).
 *
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {StartOptions | "help" | { error: string }}
 */
export function parseStartOptions(argv, env) {
  try {
    const values = { port: env.PORT ?? "8080", host: env.HOST ?? HOST_DEFAULT, ...valuesIn(argv) };
    if (values.help) return "help";
    for (const { name, called, min, max } of NUMBERS) {
      const text = values[name];
      if (text !== undefined && !isWholeNumber(text, min, max)) {
        return { error: `${called} ${min} to ${max}, not "${text}"` };
      }
    }
    return { bots: Number(values.bots), port: Number(values.port), host: values.host, forServer: forServer(values) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {readonly string[]} argv */
function valuesIn(argv) {
  const { values } = readCommandLine({
    args: argv.map((word, at) => (isHostAlone(word, argv[at + 1]) ? `--host=${HOST_EVERY}` : word)),
    options: {
      bots: { type: "string", default: "12" },
      port: { type: "string" },
      host: { type: "string" },
      players: { type: "string" },
      "ticks-per-snapshot": { type: "string" },
      seed: { type: "string" },
      static: { type: "string" },
      profile: { type: "boolean" },
      quiet: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  return values;
}

/**
 * @param {string} word
 * @param {string | undefined} next
 */
function isHostAlone(word, next) {
  return word === "--host" && (next === undefined || next.startsWith("-"));
}

/** @param {ReturnType<typeof valuesIn>} values */
function forServer(values) {
  const names = /** @type {const} */ (["players", "ticks-per-snapshot", "seed", "static"]);
  const words = names.flatMap((name) => (values[name] === undefined ? [] : [`--${name}=${values[name]}`]));
  return [...words, ...(values.profile ? ["--profile"] : []), ...(values.quiet ? ["--quiet"] : [])];
}

/**
 * @param {string} text
 * @param {number} min
 * @param {number} max
 */
function isWholeNumber(text, min, max) {
  return /^\d{1,10}$/.test(text) && Number(text) >= min && Number(text) <= max;
}
