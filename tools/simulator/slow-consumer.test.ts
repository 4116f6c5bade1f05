import { CloseCode } from "#engine/shared";
import { expect, test } from "vitest";
import { arenaRules, type ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { Lane, LANE_LIMITS } from "../../shared/engine/transport/lane.ts";
import { Lanes } from "../../shared/engine/transport/lanes.ts";
import { encodeChatSaid } from "../../shared/schema/generated/arena.ts";
import { BulkLoad } from "./engine/bulk-load.ts";
import { distributionOf } from "./engine/distribution.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import type { SimulatedPlayer } from "./engine/simulated-player.ts";
import { VirtualNetwork } from "./engine/virtual-network.ts";
import { SnapshotLog } from "./snapshot-log.ts";

const LINK = { downMbit: 4, upMbit: 4, rttMs: 50 };
const FREEZE_MS = 5_000;
const STEP_MS = 50;
const BULK_BYTES = 4_000_000;

/** Two players in a room, with bulk on its way to both, and a line of chat in every tick. */
class Chatroom {
  readonly logs = [new SnapshotLog(0), new SnapshotLog(1)] as const;
  readonly session = new SimulatedSession<ArenaRulesTypes>({
    game: arenaRules,
    seed: 1,
    link: LINK,
    playersMax: 2,
    watchers: this.logs,
  });
  readonly slow = this.join("Vega");
  readonly neighbour = this.join("Rigel");

  get nowMs(): number {
    return this.session.network.nowMs;
  }

  /** Up to `atMs`; `look` is called every 50 ms. */
  runTo(atMs: number, look: () => void = () => undefined): void {
    while (this.nowMs < atMs) {
      this.session.advanceTo(this.nowMs + STEP_MS);
      if (this.nowMs > 1_000) this.session.room.toAll(encodeChatSaid({ playerId: 1, text: "x".repeat(160) }));
      for (const { player, bulk } of [this.slow, this.neighbour]) {
        const { playerId } = player.client;
        if (playerId !== undefined) bulk.keepUp((source) => this.session.room.sendBulk(playerId, source));
      }
      look();
    }
  }

  private join(name: string): { readonly player: SimulatedPlayer<ArenaRulesTypes>; readonly bulk: BulkLoad } {
    const bulk = new BulkLoad(this.session.network, BULK_BYTES);
    const receiveBulk = bulk.receive.bind(bulk);
    return { player: this.session.join({ joinOptions: { name }, readInput: () => IDLE_INPUT, receiveBulk }), bulk };
  }
}

test("while a client does not read, nothing is written to it but a heartbeat a second, and its connection ends after 15 s", () => {
  const room = new Chatroom();
  room.runTo(FREEZE_MS);
  const { player } = room.slow;
  const connection = player.serverConnections[0]!;
  const { server } = player.links[0]!;
  player.freeze();
  room.runTo(FREEZE_MS + 250);
  const stalled = { inflight: connection.inflightBytes, written: room.logs[0].writtenAtMs.length };
  expect(stalled.inflight).toBeLessThan(connection.windowBytes + 4 * 1_400);

  room.runTo(FREEZE_MS + 14_000, () => {
    expect(connection.inflightBytes - stalled.inflight).toBeLessThanOrEqual(4 * 15);
    expect(server.kernelBytes + server.bufferedBytes).toBeLessThan(connection.inflightBytes + 5_000);
  });
  expect(room.logs[0].writtenAtMs.length).toBe(stalled.written);
  expect(connection.ended).toBeUndefined();

  room.runTo(FREEZE_MS + 15_100);
  expect(connection.ended?.code).toBe(CloseCode.NO_PROGRESS);
});

test("30 s after a client fell silent its seat is given away; its neighbour has 30 snapshots a second all the while, p99 as before", () => {
  const room = new Chatroom();
  room.runTo(FREEZE_MS);
  room.slow.player.freeze();
  room.runTo(FREEZE_MS + 34_000);
  expect(room.session.room.playerCount).toBe(2);
  room.runTo(FREEZE_MS + 35_100);
  expect(room.session.room.playerCount).toBe(1);

  const { delivered } = room.logs[1];
  const latenessMs = (fromMs: number, untilMs: number): number[] =>
    delivered
      .filter(({ writtenAtMs }) => writtenAtMs >= fromMs && writtenAtMs < untilMs)
      .map(({ writtenAtMs, deliveredAtMs }) => deliveredAtMs - writtenAtMs);
  const before = latenessMs(FREEZE_MS - 3_000, FREEZE_MS);
  const behind = latenessMs(FREEZE_MS, FREEZE_MS + 35_000);
  expect(behind.length).toBeGreaterThanOrEqual(30 * 35 - 2);
  expect(distributionOf(behind).p99).toBeLessThan(1.2 * distributionOf(before).p99!);
});

test("whoever reads on after 10 s has a new snapshot within a second, and none of those in between", () => {
  const room = new Chatroom();
  room.runTo(FREEZE_MS);
  const { player } = room.slow;
  player.freeze();
  room.runTo(FREEZE_MS + 10_000);
  player.thaw();
  room.runTo(FREEZE_MS + 13_000);

  const read = room.logs[0].delivered.filter(({ deliveredAtMs }) => deliveredAtMs >= FREEZE_MS + 10_000);
  const stale = read.filter(({ writtenAtMs }) => writtenAtMs < FREEZE_MS + 10_000);
  expect(stale.every(({ writtenAtMs }) => writtenAtMs < FREEZE_MS + 150)).toBe(true);
  expect(stale.length).toBeLessThanOrEqual(6);
  expect(read[stale.length]!.deliveredAtMs).toBeLessThan(FREEZE_MS + 11_000);
  expect(player.client.status).toEqual({ phase: "connected" });
  expect(room.session.room.playerCount).toBe(2);
});

/** Lanes to a peer that has stopped to read, with bulk, snapshots, and so many bytes of events a second. */
function holdingOf(eventBytesPerSecond: number): { code: number | undefined; endedAtMs: number; heldBytesMax: number } {
  const network = new VirtualNetwork(1);
  const { client, server } = network.createLinks(LINK);
  const bulk = new BulkLoad(network, BULK_BYTES);
  const lanes = new Lanes();
  const connection = open(new Connection(server), lanes);
  const peer = open(new Connection(client), new Lanes((offer) => bulk.receive(offer)));
  let heldBytesMax = 0;
  let endedAtMs = 0;
  for (let nowMs = 0; nowMs < FREEZE_MS + 20_000; nowMs += STEP_MS) {
    network.advanceTo(nowMs);
    if (nowMs === FREEZE_MS) client.freeze();
    if (nowMs < FREEZE_MS) peer.flush(nowMs);
    if (connection.ended !== undefined) continue;
    bulk.keepUp((source) => lanes.sendBulk(source));
    connection.send(Lane.EVENT, new Uint8Array((eventBytesPerSecond * STEP_MS) / 1_000));
    if (connection.mayWriteLatest(nowMs, 0)) connection.sendLatest(new Uint8Array(300));
    connection.flush(nowMs);
    heldBytesMax = Math.max(heldBytesMax, lanes.keptBytes + connection.inflightBytes + server.bufferedBytes);
    endedAtMs = nowMs;
  }
  return { code: connection.ended?.code, endedAtMs, heldBytesMax };
}

function open(connection: Connection, lanes: Lanes): Connection {
  connection.open(lanes);
  connection.begin();
  return connection;
}

test.each([
  { eventBytesPerSecond: 10_000, code: CloseCode.NO_PROGRESS, fromMs: 15_000, untilMs: 15_100 },
  { eventBytesPerSecond: 40_000, code: CloseCode.TOO_SLOW, fromMs: 6_400, untilMs: 6_700 },
])(
  "with $eventBytesPerSecond bytes of events a second, what is held for a peer that does not read stays under the caps and a window until it is closed with $code",
  ({ eventBytesPerSecond, code, fromMs, untilMs }) => {
    const { controlBytesMax, eventBytesMax } = LANE_LIMITS;
    const holding = holdingOf(eventBytesPerSecond);

    expect(holding.code).toBe(code);
    expect(holding.endedAtMs - FREEZE_MS).toBeGreaterThanOrEqual(fromMs);
    expect(holding.endedAtMs - FREEZE_MS).toBeLessThanOrEqual(untilMs);
    // Of 4 Mbit/s and 50 ms a window is 25 KB, and a chunk 1.4.
    expect(holding.heldBytesMax).toBeLessThan(controlBytesMax + eventBytesMax + 40_000);
    expect(holding.heldBytesMax).toBeGreaterThan(15 * 10_000);
  },
);
