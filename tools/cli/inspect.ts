import { readCommandLine } from "../codegen/options.ts";
import { refuse, type Terminal } from "../codegen/terminal.ts";
import type { Command } from "./command.ts";

const HELP = `tickwire inspect URL [options]

Connects to a server, says Hello, and prints every packet: the time, which way it went (→ to the server, ← from it),
its size, and in it each ack and each frame with its lane and size. A message stands at the frame that makes it whole:
its name and opcode, and the values of its fields; of a snapshot its tick and flags, and how many entities of each kind
entered the view, left it and went on. Acks are given and transfers are taken, as a client does. Ctrl-C ends; then it
says what the bytes were spent on.

  --schema FILE.wire   the game's schema; without it no Hello is said, and only the engine's messages are decoded
  --hello JSON         join options, as in --hello '{"name":"Ada"}'
  --silent             say no Hello
  --subprotocol NAME   what to ask for, in place of the schema's name and version; none: ask for nothing
  --count N            end with the packet that brings the Nth message from the server
  --seconds N          end after N seconds
  --full               whole lists and bytes, and with each snapshot every entity in view
  --json               one JSON object a packet on standard output; all else on standard error

  tickwire inspect ws://localhost:8080 --schema shared/schema/arena.wire --count 20

Exit code: 0 ended as asked, 1 the server refused, was not there or sent what the schema does not know,
2 the command cannot be understood.`;

const OPTIONS = {
  schema: { type: "string" },
  hello: { type: "string" },
  silent: { type: "boolean" },
  subprotocol: { type: "string" },
  count: { type: "string" },
  seconds: { type: "string" },
  full: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** As long as a timer can be: 24 days. */
const SECONDS_MAX = 2_147_483;

/** `tickwire inspect`. */
export const inspectCommand: Command = {
  name: "inspect",
  summary: "connects to a server and prints what it says",
  help: HELP,
  run: runInspect,
};

/** What a command line asks for. */
export interface InspectRequest {
  readonly url: string;
  readonly schema: string | undefined;
  readonly subprotocol: string | undefined;
  readonly joinOptions: unknown;
  readonly saysHello: boolean;
  readonly countMax: number;
  readonly secondsMax: number;
  readonly isFull: boolean;
  readonly isJson: boolean;
}

async function runInspect(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = requestFrom(args);
  if ("mistake" in request) {
    return refuse(request.mistake, "tickwire inspect", terminal);
  }
  // Sockets and codecs are loaded here: the other commands start without them.
  const { inspect } = await import("./inspect-server.ts");
  return inspect(request, terminal);
}

function requestFrom(args: readonly string[]): InspectRequest | { readonly mistake: string } {
  const line = readCommandLine(args, OPTIONS);
  if ("mistake" in line) return line;
  const { values, positionals } = line;
  const [url, extra] = positionals;
  if (url === undefined) return { mistake: "no server is named: write tickwire inspect ws://localhost:8080" };
  if (extra !== undefined) return { mistake: `one server at a time: ${extra} is one too many` };
  if (!/^wss?:\/\/./.test(url) || !URL.canParse(url)) {
    return { mistake: `${url} is no address of a WebSocket: write ws://${url.replace(/^\w+:\/\//, "")}` };
  }
  const joinOptions = jsonOf(values.hello ?? "{}");
  if (joinOptions === undefined) return { mistake: `--hello is no JSON: write --hello '{"name":"Ada"}'` };
  const countMax = values.count === undefined ? Infinity : wholeNumber(values.count);
  const secondsMax = values.seconds === undefined ? SECONDS_MAX : wholeNumber(values.seconds);
  if (countMax === undefined) return { mistake: `--count is ${values.count ?? ""}: write a whole number above 0` };
  if (secondsMax === undefined || secondsMax > SECONDS_MAX) {
    return { mistake: `--seconds is ${values.seconds ?? ""}: write a whole number, 1 to ${SECONDS_MAX}` };
  }
  return {
    url,
    schema: values.schema,
    subprotocol: values.subprotocol,
    joinOptions: joinOptions.value,
    saysHello: values.silent !== true && (values.schema !== undefined || values.hello !== undefined),
    countMax,
    secondsMax,
    isFull: values.full === true,
    isJson: values.json === true,
  };
}

function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
