import { join } from "node:path";
import type { ArrivalLog } from "../arrivals.ts";
import { figuresOf, type RunFigures } from "../figures.ts";
import type { BenchLink } from "../links.ts";
import type { OfferLog } from "../offering.ts";
import type { Workload } from "../workload.ts";
import { QUEUE_MS } from "../../../tools/simulator/engine/link-conditions.ts";
import { Child } from "./child.ts";
import { PORT, type Job } from "./program.ts";

/** How much longer than it is expected to a run may take. */
const PATIENCE = 6;
const OVERHEAD_MS = 15_000;

export interface RealRun {
  readonly how: string;
  readonly link: BenchLink;
  readonly congestion: string;
  readonly workload: Workload;
}

interface End {
  readonly namespace: string;
  readonly address: string;
}

/** What the wire says of one direction. */
interface WayStats {
  readonly packets: number;
  readonly late: number;
}

interface Logs {
  readonly offers: OfferLog;
  readonly arrivals: ArrivalLog;
}

/** One run over TCP of this machine, between two programs and two fresh network namespaces. */
export async function runReal(run: RealRun): Promise<RunFigures> {
  const { link, workload } = run;
  const expectedMs = workload.idleMs + (8 * workload.bulkBytes) / (link.conditions.downMbit * 1000);
  const durationMsMax = PATIENCE * expectedMs + OVERHEAD_MS;
  const wire = new Child("the wire", wireCommand(run), durationMsMax + OVERHEAD_MS);
  try {
    const ends = (await wire.next()) as { readonly server: End; readonly client: End };
    const { offers, arrivals } = await logsBetween(ends, run, durationMsMax);
    wire.endInput();
    const { down, up } = (await wire.next()) as { readonly down: WayStats; readonly up: WayStats };
    return figuresOf(offers, arrivals, (down.late + up.late) / (down.packets + up.packets));
  } finally {
    wire.endInput();
    await wire.ended();
  }
}

async function logsBetween(
  { server, client }: { readonly server: End; readonly client: End },
  { how, congestion, workload }: RealRun,
  durationMsMax: number,
): Promise<Logs> {
  const job: Job = { how, workload, serverAddress: server.address };
  const listening = ["python3", programIn("listen.py"), server.address, String(PORT), congestion];
  const serving = new Child("the server", inside(server, [...listening, ...node("server.ts", job)]), durationMsMax);
  const children = [serving];
  try {
    await serving.next();
    const asking = new Child("the client", inside(client, node("client.ts", job)), durationMsMax);
    children.push(asking);
    const arrivals = (await asking.next()) as ArrivalLog;
    return { offers: (await serving.next()) as OfferLog, arrivals };
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
}

function wireCommand({ link: { conditions }, workload }: RealRun): string[] {
  const { downMbit, upMbit, rttMs, jitterMs = 0, queueMs = QUEUE_MS, stall, outages = [] } = conditions;
  const options = [
    ["mbit-down", downMbit],
    ["mbit-up", upMbit],
    ["rtt-ms", rttMs],
    ["jitter-ms", jitterMs],
    ["queue-ms", queueMs],
    // A stall is a lost segment; how long it holds up the others is TCP's affair here.
    ["loss-every-ms", stall?.meanEveryMs ?? 0],
    ...outages.map(({ atMs, lastsMs }) => ["outage-ms", `${atMs}:${lastsMs}`]),
    ["seed", workload.seed],
  ];
  return ["python3", programIn("wire.py"), ...options.flatMap(([name, value]) => [`--${name}`, String(value)])];
}

function inside({ namespace }: End, command: readonly string[]): string[] {
  return ["ip", "netns", "exec", namespace, ...command];
}

function node(program: string, job: Job): string[] {
  return [process.execPath, "--import", "tsx", programIn(program), JSON.stringify(job)];
}

function programIn(name: string): string {
  return join(import.meta.dirname, name);
}
