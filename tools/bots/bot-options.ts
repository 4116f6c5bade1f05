import { readCommandLine } from "../launch/command-line.mjs";
import { TRACED_BOTS_MAX } from "./trace-file.ts";

/** What the bots were asked to do. */
export interface BotOptions {
  /** Of the server's WebSocket. */
  readonly url: string;
  readonly count: number;
  /** Undefined: until they are stopped, and back again after every loss. */
  readonly seconds: number | undefined;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** Where what the first bots see is recorded; undefined: nowhere. */
  readonly traceFile: string | undefined;
  /** Whether the summary says what the bytes were spent on. */
  readonly isProfiled: boolean;
}

export const BOTS_MAX = 1_000;
const SECONDS_MAX = 86_400;
const WEBSOCKET_PATH = "/ws";

export const BOTS_HELP = `npm run bots -- [options]

Players without a screen: real sockets, the real client. They chase, dodge and shoot.

  --url URL       of the server (default ws://localhost:8080; the path /ws is added where there is none)
  --count N       how many, 1 to ${BOTS_MAX} (default 50)
  --seconds N     how long, 1 to ${SECONDS_MAX} (default 30); it ends before when every bot is lost
  --forever       until stopped; who is dropped comes back
  --json          the summary as one JSON object on standard output
  --quiet         no progress; no summary but --json's
  --trace FILE    record what the first ${TRACED_BOTS_MAX} see, a line of JSON for each entity and snapshot: npm run train reads it
  --profile       who spent the bytes: by lane, message, and in snapshots by kind of entity and by field
  --help          this text

Ends with 0 when all were connected to the end and the trace is whole, 1 when not, 2 on a wrong option.
`;

/** The options in a command line, or a text for the user when one makes no sense. */
export function parseBotOptions(argv: readonly string[]): BotOptions | "help" | { readonly error: string } {
  try {
    const { values } = readCommandLine({
      args: [...argv],
      options: {
        url: { type: "string", default: "ws://localhost:8080" },
        count: { type: "string", default: "50" },
        seconds: { type: "string", default: "30" },
        forever: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        quiet: { type: "boolean", default: false },
        trace: { type: "string" },
        profile: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    if (values.trace === "") throw new RangeError("--trace is the name of a file, as in --trace trace.jsonl");
    const seconds = wholeNumber("--seconds", values.seconds, SECONDS_MAX);
    return {
      url: webSocketUrl(values.url),
      count: wholeNumber("--count", values.count, BOTS_MAX),
      seconds: values.forever ? undefined : seconds,
      isJson: values.json,
      isQuiet: values.quiet,
      traceFile: values.trace,
      isProfiled: values.profile,
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw new RangeError(`${name} is 1 to ${max}, not "${text}"`);
  return value;
}

function webSocketUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "ws:" && url?.protocol !== "wss:") {
    throw new RangeError(`--url is an address such as ws://localhost:8080, not "${text}"`);
  }
  if (url.pathname === "/") url.pathname = WEBSOCKET_PATH;
  return url.href;
}
