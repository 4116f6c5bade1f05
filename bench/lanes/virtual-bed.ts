import { VirtualNetwork, type VirtualLink } from "../../tools/simulator/engine/virtual-network.ts";
import { Arrivals } from "./arrivals.ts";
import { figuresOf, type RunFigures } from "./figures.ts";
import type { BenchLink } from "./links.ts";
import { Offering } from "./offering.ts";
import { contenderNamed } from "./roster.ts";
import type { Workload } from "./workload.ts";

export interface VirtualRun {
  readonly how: string;
  readonly link: BenchLink;
  readonly workload: Workload;
}

/** When the first snapshot is offered: all links are open. */
const BEGIN_MS = 1000;
const STEP_MS = 100;
/** A contender that has not finished by then never will. */
const RUN_MS_MAX = 300_000;

/** One run in virtual time: the same workload gives the same figures, everywhere. */
export function runVirtual({ how, link, workload }: VirtualRun): RunFigures {
  const contender = contenderNamed(how);
  const network = new VirtualNetwork(workload.seed);
  const clock = {
    nowMs: () => network.nowMs,
    schedule: (atMs: number, run: () => void) => network.schedule(atMs, run),
  };
  const pairs = network.createSharedLinks(link.conditions, contender.links);
  const [servers, clients] = [pairs.map(({ server }) => server), pairs.map(({ client }) => client)];
  const kernelBytes = (): number => sumOf(servers, (server) => server.kernelBytes);
  const offering = new Offering({
    sender: contender.createSender(servers, clock),
    clock,
    workload,
    beginAtMs: BEGIN_MS,
    kernelBytes,
  });
  const progress = { isDone: false };
  const arrivals = new Arrivals({
    clock,
    bulkBytes: workload.bulkBytes,
    linkBytes: () => sumOf(clients, (client) => client.receivedBytes),
    onDone: () => {
      progress.isDone = true;
    },
  });
  contender.createReceiver(clients, clock, arrivals);
  while (!progress.isDone && network.nowMs < RUN_MS_MAX) network.advanceTo(network.nowMs + STEP_MS);
  if (!progress.isDone)
    throw new Error(`"${how}" has not delivered its bulk over ${link.name} after ${RUN_MS_MAX / 1000} s`);
  offering.stop();
  return figuresOf(offering.log, arrivals.log, null);
}

function sumOf(links: readonly VirtualLink[], bytes: (link: VirtualLink) => number): number {
  return links.reduce((sum, link) => sum + bytes(link), 0);
}
