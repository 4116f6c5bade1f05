/**
 * What `npm start` and `npm run dev` were asked for.
 *
 * @typedef {object} StartOptions
 * @property {number} bots how many bots join, 0 to 200
 * @property {number} port of the page and the WebSocket, 0 to 65,535; 0 takes a free one
 * @property {string} host the address to listen at
 * @property {string[]} forServer words that are the server's to understand, or to refuse
 */

const BOTS_DEFAULT = 12;
const BOTS_MAX = 200;
const PORT_DEFAULT = 8080;
const HOST_DEFAULT = "127.0.0.1";
/** Every address of this machine: others in the local network may play. */
const HOST_EVERY = "0.0.0.0";

/**
 * Reads a command line. What it says wins over the environment (PORT, HOST).
 *
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {StartOptions | "help" | { error: string }}
 */
export function parseStartOptions(argv, env) {
  const words = argv.flatMap((word) => splitAtEquals(word));
  const texts = {
    bots: String(BOTS_DEFAULT),
    port: env.PORT ?? String(PORT_DEFAULT),
    host: env.HOST ?? HOST_DEFAULT,
  };
  /** @type {string[]} */
  const forServer = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const next = words[at + 1];
    const value = next === undefined || next.startsWith("--") ? undefined : next;
    if (word === "--help" || word === "-h") return "help";
    if (word === "--host") texts.host = value ?? HOST_EVERY;
    else if (word === "--bots" && value !== undefined) texts.bots = value;
    else if (word === "--port" && value !== undefined) texts.port = value;
    else if (word === "--bots" || word === "--port") return { error: `${word} needs a number behind it` };
    else forServer.push(word, ...(value === undefined ? [] : [value]));
    if (value !== undefined) at += 1;
  }
  return checked(texts, forServer);
}

/**
 * @param {{ bots: string, port: string, host: string }} texts
 * @param {string[]} forServer
 * @returns {StartOptions | { error: string }}
 */
function checked({ bots, port, host }, forServer) {
  const botCount = wholeNumber(bots, BOTS_MAX);
  if (botCount === undefined) return { error: `bots are 0 to ${BOTS_MAX}, not "${bots}"` };
  const portNumber = wholeNumber(port, 65_535);
  if (portNumber === undefined) return { error: `a port is 0 to 65535, not "${port}"` };
  return { bots: botCount, port: portNumber, host, forServer };
}

/**
 * @param {string} text
 * @param {number} max
 */
function wholeNumber(text, max) {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
  return value <= max ? value : undefined;
}

/** @param {string} word */
function splitAtEquals(word) {
  const at = word.startsWith("--") ? word.indexOf("=") : -1;
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
