/** What only a kernel can do to a connection: its process is killed or stopped, its link goes down, nobody reads. */
import { WebSocket } from "ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GameClient } from "#engine/client";
import { type BulkSink, CloseCode, offeredSubprotocols, WebSocketLink } from "#engine/shared";
import { nodeEventLoop } from "../../server/node/event-loop.ts";
import { arena } from "../../shared/arena/game.ts";
import { Child } from "./child.ts";
import type { ClientReport } from "./client-program.ts";
import { NetworkNamespace } from "./network-namespace.ts";
import type { ServerReport } from "./server-program.ts";

const NOTICED_MS_MAX = 5_000;
const READERS = 100;
const RSS_GROWTH_MAX = 150e6;
/** How long others are watched before the readers stop and after it. */
const WATCHED_MS = 6_000;
const WINDOW_MS = 2_000;
const INTERVAL_GROWTH_MS_MAX = 2;
const CASE_MS_MAX = 55_000;

const namespace = NetworkNamespace.make();
const children: Child<unknown>[] = [];
let server: Child<ServerReport>;
let port: number;

beforeAll(async () => {
  server = started(new Child<ServerReport>("server-program.ts", []));
  port = (await server.until(() => true)).report.port;
}, CASE_MS_MAX);

afterAll(() => {
  for (const child of children) child.signal("SIGKILL");
  namespace?.remove();
});

function started<Report>(child: Child<Report>): Child<Report> {
  children.push(child);
  return child;
}

/** A client in a process of its own, that plays. */
async function playing(host = "127.0.0.1", prefix: readonly string[] = []) {
  const child = started(new Child<ClientReport>("client-program.ts", [`ws://${host}:${port}/ws`], prefix));
  const { report } = await child.until(({ snapshotMs }) => snapshotMs.length > 10);
  return { child, playerId: report.playerId! };
}

function stateOf({ players }: ServerReport, playerId: number): string | undefined {
  return players.find((player) => player.playerId === playerId)?.state;
}

/** How long the server takes to find that nothing is heard of a player, whose seat it keeps; in milliseconds. */
async function noticedMs(playerId: number): Promise<number> {
  return (await server.until((report) => stateOf(report, playerId) === "silent")).tookMs;
}

async function isLiveAgain({ playerId, child }: Awaited<ReturnType<typeof playing>>): Promise<void> {
  const begun = child.report!.snapshotMs.at(-1)!;
  await server.until((report) => stateOf(report, playerId) === "live");
  const { report } = await child.until(({ phase, snapshotMs }) => phase === "connected" && snapshotMs.at(-1)! > begun);
  expect(report.playerId).toBe(playerId);
}

test.concurrent(
  "the server knows within 5 s that a client was killed, and keeps its seat",
  { timeout: CASE_MS_MAX },
  async () => {
    const { child, playerId } = await playing();
    child.signal("SIGKILL");

    expect(await noticedMs(playerId)).toBeLessThan(NOTICED_MS_MAX);
  },
);

test.concurrent(
  "the server knows within 5 s that a client stands still, and goes on with it later",
  { timeout: CASE_MS_MAX },
  async ({ skip }) => {
    skip(process.platform === "win32", "Windows cannot stop a process");
    const player = await playing();
    player.child.signal("SIGSTOP");
    expect(await noticedMs(player.playerId)).toBeLessThan(NOTICED_MS_MAX);

    player.child.signal("SIGCONT");
    await isLiveAgain(player);
  },
);

test.concurrent(
  "the server knows within 5 s that a client's link went down, and goes on with it when it is up",
  { timeout: CASE_MS_MAX },
  async ({ skip }) => {
    skip(namespace === undefined, "a link of one's own needs Linux, root and iproute2");
    const player = await playing(namespace!.hostAddress, namespace!.prefix);
    namespace!.setLink("down");
    expect(await noticedMs(player.playerId)).toBeLessThan(NOTICED_MS_MAX);

    namespace!.setLink("up");
    await isLiveAgain(player);
  },
);

/** A client in this process that takes all that the server sends, until it stops to read. */
class Reader {
  readonly client: GameClient<never>;
  /** Why its connection ended, once it reads again. */
  readonly ended: Promise<number>;
  private readonly socket: WebSocket;

  constructor() {
    const sink: BulkSink = { write: () => true, end: () => undefined };
    this.client = new GameClient<never>({
      game: arena as never,
      joinOptions: { name: "Reader" },
      readInput: () =>
        ({ thrust: false, reverse: false, fire: false, beam: false, aims: false, turn: 0, aim: 0 }) as never,
      random: () => 0.5,
      receiveBulk: () => sink,
    });
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, offeredSubprotocols(arena.protocol));
    this.client.connect(() => new WebSocketLink(this.socket, nodeEventLoop));
    this.ended = new Promise((resolve) => this.socket.on("close", resolve));
  }

  stop(): void {
    this.socket.pause();
  }

  readOn(): void {
    this.socket.resume();
  }
}

async function readersThatPlay(): Promise<{ readers: Reader[]; stop: () => void }> {
  const readers = Array.from({ length: READERS }, () => new Reader());
  const timer = setInterval(() => {
    for (const { client } of readers) client.advance(nodeEventLoop.nowMs());
  }, 50);
  while (readers.some(({ client }) => client.tick === 0)) await rest(50);
  const stop = (): void => {
    clearInterval(timer);
    for (const reader of readers) reader.stop();
  };
  return { readers, stop };
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The 99th percentile of the times between two snapshots, in the calmest window since `fromMs`. */
function calmestIntervalMs(snapshotMs: readonly number[], fromMs: number): number {
  let calmestMs = Infinity;
  for (let beginMs = fromMs; beginMs + WINDOW_MS <= snapshotMs.at(-1)!; beginMs += WINDOW_MS) {
    const moments = snapshotMs.filter((ms) => ms >= beginMs && ms < beginMs + WINDOW_MS);
    const intervals = moments.slice(1).map((ms, i) => ms - moments[i]!);
    intervals.sort((a, b) => a - b);
    calmestMs = Math.min(calmestMs, intervals[Math.ceil(0.99 * intervals.length) - 1] ?? Infinity);
  }
  return calmestMs;
}

test.concurrent(
  "100 readers that stop cost the server less than 150 MB and others nothing, and are closed with 4007 after 15 s",
  { timeout: CASE_MS_MAX },
  async () => {
    const witness = await playing();
    const { readers, stop } = await readersThatPlay();
    await rest(WATCHED_MS);
    const moments = witness.child.report!.snapshotMs;
    const beforeMs = calmestIntervalMs(moments, moments.at(-1)! - WATCHED_MS);
    const { rssBytes } = server.report!;

    stop();
    const stoppedMs = moments.at(-1)!;
    const ids = new Set(readers.map(({ client }) => client.playerId));
    const { tookMs } = await server.until(({ players }) =>
      players.every(({ playerId, state }) => !ids.has(playerId) || state === "silent"),
    );
    let growth = 0;
    for (let waitedMs = tookMs; waitedMs < 16_500; waitedMs += 100) {
      growth = Math.max(growth, server.report!.rssBytes - rssBytes);
      await rest(100);
    }
    for (const reader of readers) reader.readOn();
    const codes = await Promise.all(readers.map(({ ended }) => ended));
    const duringMs = calmestIntervalMs(witness.child.report!.snapshotMs, stoppedMs);

    const figures = `grown by ${Math.round(growth / 1e6)} MB; intervals p99 ${beforeMs} ms before, ${duringMs} ms during`;
    expect(tookMs, figures).toBeLessThan(NOTICED_MS_MAX);
    expect(growth, figures).toBeLessThan(RSS_GROWTH_MAX);
    expect(duringMs, figures).toBeLessThan(beforeMs + INTERVAL_GROWTH_MS_MAX);
    expect(new Set(codes)).toEqual(new Set([CloseCode.NO_PROGRESS]));
  },
);
