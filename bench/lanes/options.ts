import { linkMistake, linkNamed, SPELLED_LINKS } from "../../tools/simulator/engine/link-conditions.ts";
import { LINK_NAMES, USUAL_LINKS } from "./links.ts";
import { ROSTER, YARDSTICK } from "./roster.ts";

/** What `npm run bench -- lanes` was asked for. */
export interface LanesOptions {
  readonly isQuick: boolean;
  /** Over TCP of this machine; otherwise in virtual time. */
  readonly isReal: boolean;
  /** Names of links, and of contenders. */
  readonly links: readonly string[];
  readonly hows: readonly string[];
  /** Congestion controls of real TCP; none for those that the machine has of the usual ones. */
  readonly congestions: readonly string[];
  /** Of each contender over each link; undefined for as many as the test bed is worth. */
  readonly runs: number | undefined;
  /** Where the figures go as JSON, and where as a page. */
  readonly json: string | undefined;
  readonly report: string | undefined;
}

/** Values of the command line that `lanes` knows. */
export interface LanesValues {
  readonly quick: boolean;
  readonly real: boolean;
  readonly link: readonly string[];
  readonly how: readonly string[];
  readonly cc: readonly string[];
  readonly runs?: string | undefined;
  readonly json?: string | undefined;
  readonly report?: string | undefined;
}

const RUNS_MAX = 1000;
const HOWS = ROSTER.map(({ how }) => how);

export const LANES_HELP = `  npm run bench -- lanes [options]

  --quick            fewer runs; over real TCP one, with less time before the bulk
  --link NAME        ${USUAL_LINKS.join(", ")}; may be said several times; otherwise these. Also
                     ${LINK_NAMES.filter((name) => !USUAL_LINKS.includes(name)).join(", ")}; or
                     ${SPELLED_LINKS}
  --how NAME         ${HOWS.map((how) => `"${how}"`).join(", ")};
                     may be said several times; otherwise all. "${YARDSTICK.how}" is always measured: shares are of it
  --runs N           of each, 1 to ${RUNS_MAX}; otherwise 20 seeds, 5 with --quick or --real
  --real             over TCP of this machine and a link between two network namespaces, in real time: about 25 seconds
                     a run (Linux, root, /dev/net/tun, iproute2, python3); otherwise in virtual time, anywhere
  --cc NAME          a congestion control for --real; may be said several times; otherwise cubic and bbr
  --json FILE        writes every figure
  --report FILE      writes a page with charts`;

/** The options that the values mean, or a text that says what is wrong with them. */
export function lanesOptionsOf({ quick, real, link, how, cc, runs, json, report }: LanesValues): LanesOptions | string {
  const strange = link.find((name) => linkNamed(name) === undefined);
  if (strange !== undefined) return `--link is ${linkMistake(strange)}`;
  const unheardOf = how.find((name) => !HOWS.includes(name));
  if (unheardOf !== undefined) return `nobody does it "${unheardOf}": write one of ${HOWS.join(", ")}`;
  if (cc.length > 0 && !real) return "--cc goes with --real: virtual time has no congestion control";
  const count = runs === undefined ? undefined : Number(runs);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= RUNS_MAX)) {
    return `--runs is 1 to ${RUNS_MAX}, not "${runs ?? ""}"`;
  }
  return {
    isQuick: quick,
    isReal: real,
    links: link.length === 0 ? USUAL_LINKS : linksInOrder(link),
    hows: how.length === 0 ? HOWS : HOWS.filter((name) => how.includes(name) || name === YARDSTICK.how),
    congestions: [...new Set(cc)],
    runs: count,
    json,
    report,
  };
}

/** Each once: those with names in the order of these, then the others as they were said. */
function linksInOrder(links: readonly string[]): string[] {
  return [
    ...LINK_NAMES.filter((name) => links.includes(name)),
    ...new Set(links.filter((name) => !LINK_NAMES.includes(name))),
  ];
}
