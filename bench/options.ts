import { parseArgs } from "node:util";
import { ROSTER } from "./codec/roster.ts";
import { FIXTURES, type Fixture } from "./workload.ts";

/** What `npm run bench` was asked for. */
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
interface Wanted {
  readonly kind: "codec";
  readonly options: CodecOptions;
}

const MODULES = ROSTER.map(({ module }) => module);

export const HELP = `Measures codecs: Tickwire's, the best hand-written one, and their peers.

  npm run bench -- codec [options]

  --quick            one short round, under a minute; otherwise three, about a quarter of an hour
  --fixture NAME     ${FIXTURES.join(", ")}; may be said several times; otherwise all
  --contender NAME   ${MODULES.slice(0, 3).join(", ")} …; may be said several times; otherwise all
  --browser          in headless Chromium; otherwise in Node
  --json FILE        writes every figure
  --report FILE      writes a page with charts
  --schema FILE --message NAME
                     benches a message or struct of your own schema, with sample values, against JSON and msgpack
  --help             says this

Exit code: 0 all is measured, 1 a contender or the schema failed, 2 the command cannot be understood.`;

/** Reads a command line. */
export function parseOptions(args: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: "boolean", default: false },
        browser: { type: "boolean", default: false },
        fixture: { type: "string", multiple: true, default: [] },
        contender: { type: "string", multiple: true, default: [] },
        json: { type: "string" },
        report: { type: "string" },
        schema: { type: "string" },
        message: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const { schema, message, fixture, contender, json, report } = values;
    const stranger = fixture.find((name) => !isFixture(name));
    const unheardOf = contender.find((name) => !MODULES.includes(name));
    if (positionals.join(" ") !== "codec") return mistake(`what to measure is "codec", not "${positionals.join(" ")}"`);
    if (stranger !== undefined) return mistake(`no fixture is named ${stranger}: write one of ${FIXTURES.join(", ")}`);
    if (unheardOf !== undefined)
      return mistake(`no contender is named ${unheardOf}: write one of ${MODULES.join(", ")}`);
    if ((schema === undefined) !== (message === undefined)) return mistake("--schema and --message go together");
    if (schema !== undefined && fixture.length > 0) return mistake("--schema has no fixtures");
    if (schema !== undefined && contender.length > 0) return mistake("--schema has contenders of its own");
    const own = schema === undefined || message === undefined ? undefined : { schema, message };
    const fixtures = fixture.length === 0 ? FIXTURES : FIXTURES.filter((name) => fixture.includes(name));
    const contenders = contender.length === 0 ? MODULES : MODULES.filter((name) => contender.includes(name));
    return {
      kind: "codec",
      options: { isQuick: values.quick, isBrowser: values.browser, fixtures, contenders, json, report, own },
    };
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
}

function isFixture(name: string): name is Fixture {
  return (FIXTURES as readonly string[]).includes(name);
}

function mistake(text: string): Asked {
  return { kind: "mistake", mistake: text };
}
