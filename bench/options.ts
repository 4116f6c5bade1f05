import { readCommandLine } from "../tools/launch/command-line.mjs";
import { ROSTER } from "./codec/roster.ts";
import { LANES_HELP, lanesOptionsOf, type LanesOptions } from "./lanes/options.ts";
import { SNAPSHOT_HELP, snapshotOptionsOf, type SnapshotOptions } from "./snapshot/options.ts";
import { FIXTURES, type Fixture } from "./workload.ts";

/** What `npm run bench -- codec` was asked for. */
export interface CodecOptions {
  readonly isQuick: boolean;
  readonly isBrowser: boolean;
  readonly fixtures: readonly Fixture[];
  /** Modules of the roster. */
  readonly contenders: readonly string[];
  /** Where the figures go as JSON, and where as a page. */
  readonly json: string | undefined;
  readonly report: string | undefined;
  /** A schema of the user's own, and the message of it to bench. */
  readonly own: { readonly schema: string; readonly message: string } | undefined;
}

export type Asked = { readonly kind: "help" } | { readonly kind: "mistake"; readonly mistake: string } | Wanted;
type Wanted =
  | { readonly kind: "codec"; readonly options: CodecOptions }
  | { readonly kind: "snapshot"; readonly options: SnapshotOptions }
  | { readonly kind: "lanes"; readonly options: LanesOptions };

const MODULES = ROSTER.map(({ module }) => module);

export const HELP = `Measures Tickwire beside its peers: codecs of messages, the best hand-written one among them; snapshots;
or how late snapshots are while something large is on its way.

  npm run bench -- codec [options]

  --quick            one short round, under a minute; otherwise three, about a quarter of an hour
  --fixture NAME     ${FIXTURES.join(", ")}; may be said several times; otherwise all
  --contender NAME   ${MODULES.slice(0, 3).join(", ")} …; may be said several times; otherwise all
  --browser          in headless Chromium; otherwise in Node
  --json FILE        writes every figure
  --report FILE      writes a page with charts
  --schema FILE --message NAME
                     benches a message or struct of your own schema, with sample values, against JSON and msgpack

${SNAPSHOT_HELP}

${LANES_HELP}

  --help             says this

Exit code: 0 all is measured, 1 a contender, the schema or the trace failed, 2 the command cannot be understood.`;

/** Options that each of them has, besides those of all. */
const OPTIONS_OF = {
  codec: ["browser", "fixture", "contender", "report", "schema", "message"],
  snapshot: ["world", "codec", "schema", "trace", "entity"],
  lanes: ["link", "how", "runs", "real", "cc", "report"],
} as const;

type Values = ReturnType<typeof valuesIn>["values"];

/** Reads a command line. */
export function parseOptions(args: readonly string[]): Asked {
  try {
    const { values, positionals } = valuesIn(args);
    if (values.help) return { kind: "help" };
    const what = positionals.join(" ");
    switch (what) {
      case "codec":
        return wanted(what, codecOptionsOf(values), strangerAmong(values, what));
      case "snapshot":
        return wanted(what, snapshotOptionsOf(values), strangerAmong(values, what));
      case "lanes":
        return wanted(what, lanesOptionsOf(values), strangerAmong(values, what));
      default:
        return mistake(`what to measure is "codec", "snapshot" or "lanes", not "${what}"`);
    }
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
}

function valuesIn(args: readonly string[]) {
  return readCommandLine({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      browser: { type: "boolean", default: false },
      fixture: { type: "string", multiple: true, default: [] },
      contender: { type: "string", multiple: true, default: [] },
      world: { type: "string", multiple: true, default: [] },
      codec: { type: "string", multiple: true, default: [] },
      json: { type: "string" },
      report: { type: "string" },
      schema: { type: "string" },
      message: { type: "string" },
      trace: { type: "string" },
      entity: { type: "string" },
      real: { type: "boolean", default: false },
      link: { type: "string", multiple: true, default: [] },
      how: { type: "string", multiple: true, default: [] },
      cc: { type: "string", multiple: true, default: [] },
      runs: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
}

/** An option that was given, and belongs to others only. */
function strangerAmong(values: Values, kind: keyof typeof OPTIONS_OF): string | undefined {
  const own: readonly string[] = OPTIONS_OF[kind];
  const names = Object.values(OPTIONS_OF).flat();
  return names.find((name) => !own.includes(name) && isGiven(values[name]));
}

function isGiven(value: Values[keyof Values]): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

function wanted<Kind extends Wanted["kind"]>(
  kind: Kind,
  options: Extract<Wanted, { kind: Kind }>["options"] | string,
  stranger: string | undefined,
): Asked {
  if (stranger !== undefined) return mistake(`${kind} has no option --${stranger}`);
  return typeof options === "string" ? mistake(options) : ({ kind, options } as Wanted);
}

/** The options that the values mean, or a text that says what is wrong with them. */
function codecOptionsOf({
  quick,
  browser,
  schema,
  message,
  fixture,
  contender,
  json,
  report,
}: Values): CodecOptions | string {
  const stranger = fixture.find((name) => !isFixture(name));
  const unheardOf = contender.find((name) => !MODULES.includes(name));
  if (stranger !== undefined) return `no fixture is named ${stranger}: write one of ${FIXTURES.join(", ")}`;
  if (unheardOf !== undefined) return `no contender is named ${unheardOf}: write one of ${MODULES.join(", ")}`;
  if ((schema === undefined) !== (message === undefined)) return "--schema and --message go together";
  if (schema !== undefined && fixture.length > 0) return "--schema has no fixtures";
  if (schema !== undefined && contender.length > 0) return "--schema has contenders of its own";
  const own = schema === undefined || message === undefined ? undefined : { schema, message };
  const fixtures = fixture.length === 0 ? FIXTURES : FIXTURES.filter((name) => fixture.includes(name));
  const contenders = contender.length === 0 ? MODULES : MODULES.filter((name) => contender.includes(name));
  return { isQuick: quick, isBrowser: browser, fixtures, contenders, json, report, own };
}

function isFixture(name: string): name is Fixture {
  return (FIXTURES as readonly string[]).includes(name);
}

function mistake(text: string): Asked {
  return { kind: "mistake", mistake: text };
}
