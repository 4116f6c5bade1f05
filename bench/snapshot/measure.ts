import type { BaselineViews } from "./baseline-views.ts";
import { differenceOf } from "./decoded-view.ts";
import { distributionOf, type Distribution } from "./distribution.ts";
import { framedBytes } from "./framing.ts";
import { baselinesOf, copyingRun, decodingRun, encodingRun, openSession, type Packets, type Run } from "./runs.ts";
import type { Scene } from "./scene.ts";
import type { SnapshotCodec, SnapshotSession } from "./snapshot-codec.ts";
import type { Step } from "./step.ts";

/** Bytes of all snapshots in the ticks that count: 8 to the last. */
export interface ByteFigures {
  readonly snapshots: number;
  /** Visible entities of all snapshots, changed or not. */
  readonly entityTicks: number;
  /** The snapshot messages alone. */
  readonly bytes: number;
  /** With lane header and WebSocket frame. */
  readonly framedBytes: number;
  readonly bytesPerEntity: number;
  readonly framedBytesPerEntity: number;
  readonly bytesPerSnapshot: Distribution;
}

/** Over all ticks that count and all rounds, each tick being one figure for all clients together. */
export interface TimeFigures {
  readonly encodeNsPerEntity: Distribution;
  readonly decodeNsPerEntity: Distribution;
}

/** The first ticks, in which everything enters, are neither counted nor timed. */
export const FIRST_COUNTED_TICK = 8;

const NS_PER_MS = 1e6;

/** Encodes every snapshot of `scene`. Throws when a decoded one is not field by field what it should say. */
export async function encodeAndCheck(codec: SnapshotCodec, scene: Scene): Promise<Packets> {
  const session = openSession(codec, scene);
  const known = baselinesOf(scene);
  const packets: Uint8Array[][] = [];
  for (const steps of scene.steps) {
    session.takeState?.(steps);
    session.beginTick?.(steps);
    const sent: Uint8Array[] = [];
    for (const [client, step] of steps.entries()) {
      sent.push((await session.encode(client, step)).slice());
      await decodeAndCheck(session, client, sent[client]!, step, known[client]!, codec.name);
    }
    packets.push(sent);
  }
  session.close?.();
  return packets;
}

export function byteFiguresOf(packets: Packets, scene: Scene): ByteFigures {
  return byteFiguresFor(packets, visibleIn(scene));
}

/** `visible`: entities that all snapshots of a tick together show, tick by tick. */
export function byteFiguresFor(packets: Packets, visible: readonly number[]): ByteFigures {
  const sizes = packets
    .slice(FIRST_COUNTED_TICK)
    .flat()
    .map(({ length }) => length);
  const entityTicks = sumOf(visible.slice(FIRST_COUNTED_TICK));
  const [bytes, framed] = [sumOf(sizes), sumOf(sizes.map(framedBytes))];
  return {
    snapshots: sizes.length,
    entityTicks,
    bytes,
    framedBytes: framed,
    bytesPerEntity: bytes / entityTicks,
    framedBytesPerEntity: framed / entityTicks,
    bytesPerSnapshot: distributionOf(sizes),
  };
}

/** Times `rounds` rounds over `scene`, of whose snapshots `packets` are the messages. */
export async function timeFiguresOf(
  codec: SnapshotCodec,
  scene: Scene,
  packets: Packets,
  rounds: number,
): Promise<TimeFigures> {
  const visible = visibleIn(scene);
  return timeFiguresFor(
    () => encodingRun(codec, scene),
    () => decodingRun(codec, scene, packets),
    visible,
    rounds,
  );
}

/** Times `rounds` rounds of encoding and decoding in turn. */
export async function timeFiguresFor(
  encoding: () => Run,
  decoding: () => Run,
  visible: readonly number[],
  rounds: number,
): Promise<TimeFigures> {
  const [encodeNs, decodeNs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    encodeNs.push(...(await timed(encoding(), visible)));
    decodeNs.push(...(await timed(decoding(), visible)));
  }
  return { encodeNsPerEntity: distributionOf(encodeNs), decodeNsPerEntity: distributionOf(decodeNs) };
}

/**
 * Nanoseconds per visible entity to write snapshots of what peers share: without what is done once for all of them.
 * Tick by tick, over `rounds` rounds.
 */
export async function copyNsPerEntity(codec: SnapshotCodec, scene: Scene, rounds: number): Promise<Distribution> {
  const visible = visibleIn(scene);
  const copyNs: number[] = [];
  for (let round = 0; round < rounds; round++) copyNs.push(...(await timed(copyingRun(codec, scene), visible)));
  return distributionOf(copyNs);
}

/** Nanoseconds per visible entity, tick by tick. */
async function timed(run: Run, visible: readonly number[]): Promise<number[]> {
  const timesNs: number[] = [];
  for (let tick = 0; tick < visible.length; tick++) {
    run.prepareTick(tick);
    const startMs = performance.now();
    const later = run.runTick(tick);
    if (later !== undefined) await later;
    timesNs.push(((performance.now() - startMs) * NS_PER_MS) / visible[tick]!);
    run.finishTick?.(tick);
  }
  run.close();
  return timesNs.slice(FIRST_COUNTED_TICK);
}

async function decodeAndCheck(
  session: SnapshotSession,
  client: number,
  bytes: Uint8Array,
  step: Step,
  known: BaselineViews,
  name: string,
): Promise<void> {
  const view = known.viewFor(step);
  session.takeBaseline?.(client, step, view);
  await session.decode(client, bytes, view);
  session.show?.(client, view);
  const difference = differenceOf(step, view);
  if (difference !== undefined) throw new Error(`${name}, tick ${step.tick}, client ${client}: ${difference}`);
}

/** How many entities all snapshots of a tick show together, tick by tick. */
export function visibleIn({ steps }: Scene): number[] {
  return steps.map((clients) => sumOf(clients.map(({ ids }) => ids.length)));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
