import { expect, test } from "vitest";
import { GameClient } from "#engine/client";
import { type Desync, Room } from "#engine/server";
import { CloseCode, Rng } from "#engine/shared";
import { desyncReportOf } from "../../client/engine/snapshot-stream.ts";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { SNAPSHOTS_PER_CHECK } from "../../shared/engine/replication/snapshot-layout.ts";
import { BitReader } from "../../shared/engine/wire/bit-reader.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { Lane } from "../../shared/engine/transport/lane.ts";
import { Lanes } from "../../shared/engine/transport/lanes.ts";
import { encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import {
  decodeDesyncReport,
  encodeDesyncReport,
  encodeHello,
  PROTOCOL_HASH,
} from "../../shared/schema/generated/engine.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { VirtualNetwork } from "./engine/virtual-network.ts";
import { type ReplicationPeer, ReplicationSession } from "./replication-session.ts";
import { moveSkirmishers, skirmishGame, type SkirmishTypes, spawnSkirmisher } from "./skirmish.ts";

const TICK_MS = 50;
const everywhere = await skirmishGame(2, Infinity);
const game = { ...everywhere, step: moveSkirmishers };

interface Meeting {
  readonly room: Room<SkirmishTypes>;
  readonly network: VirtualNetwork;
  readonly client: GameClient<SkirmishTypes>;
  readonly desyncs: Desync[];
  readonly run: (ticks: number) => void;
}

/** One client in a room with `count` entities of each kind, each way `delayMs` long. */
function meet(delayMs: number, count = 12): Meeting {
  const desyncs: Desync[] = [];
  const room = new Room<SkirmishTypes>({
    game,
    seed: 1,
    playersMax: 4,
    ticksPerSnapshot: 1,
    metadata: {},
    randomBytes: seededBytes(1),
    snapshotBytesMax: 60_000,
    onDesync: (desync) => desyncs.push(desync),
  });
  for (let kind = 0; kind < 4; kind++) for (let i = 0; i < count; i++) spawnSkirmisher(room.world, kind);
  const client = new GameClient<SkirmishTypes>({
    game,
    joinOptions: {},
    readInput: () => ({ dx: 1 }),
    random: () => 0.5,
  });
  const network = new VirtualNetwork();
  const links = network.createLinks(delayMs);
  room.accept(new Connection(links.server));
  client.connect(() => links.client);
  const run = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) {
      network.advanceTo(network.nowMs + TICK_MS / 2);
      room.advanceTick(network.nowMs);
      network.advanceTo(network.nowMs + TICK_MS / 2);
      client.advance(network.nowMs);
    }
  };
  return { room, network, client, desyncs, run };
}

/** The client's own memory, which nobody but its reader may write to. */
function readerOf(client: GameClient<SkirmishTypes>): SnapshotReader {
  return (client as unknown as { readonly stream: { readonly reader: SnapshotReader } }).stream.reader;
}

test("100 corruptions of what a client holds: each is named, repaired and counted within 30 snapshots and a round trip", () => {
  const { room, client, desyncs, run } = meet(60);
  run(20);
  const rng = new Rng(5);
  const codecs = game.protocol.entities;
  for (let count = 1; count <= 100; count++) {
    run(1 + rng.below(40));
    const kind = rng.below(4);
    const { view, codec, rows, rowInts } = readerOf(client).kinds[kind]!;
    const slot = view.slots[rng.below(view.count)]!;
    const int = codec.publicInts[rng.below(codec.publicInts.length)]!;
    const isOfGeneration = rng.below(8) === 0;
    if (isOfGeneration) view.generations[slot] = view.generations[slot]! ^ 3;
    else rows[slot * rowInts + int] = rows[slot * rowInts + int]! ^ 1;

    run(SNAPSHOTS_PER_CHECK + 4);

    const { name, fields, fieldOfInt } = codecs[kind]!;
    const field = isOfGeneration ? "generation" : fields[fieldOfInt[int]!]!.name;
    expect(desyncs.length).toBe(count);
    const { entity, playerId } = desyncs[count - 1]!;
    expect(entity).toMatchObject({ kind: name, slot, generation: room.world.tables[kind]!.generationOf(slot) });
    expect(entity!.fields).toContain(field);
    expect(playerId).toBe(client.playerId);
  }
  run(SNAPSHOTS_PER_CHECK + 4);

  expect(client.status.phase).toBe("connected");
  expect(desyncs.length).toBe(100);
  expect(client.stats).toMatchObject({ desyncs: 100, resets: 0 });
  expect(room.replicationReport()).toMatchObject({ desyncs: 100, resets: 1 });
});

/** Does something with what a reader holds, after all of a snapshot is read and before its checksum is compared. */
class Saboteur extends BitReader {
  sabotage: (() => void) | undefined;

  override get isAtEnd(): boolean {
    this.sabotage?.();
    this.sabotage = undefined;
    return super.isAtEnd;
  }
}

/** A peer just in front of a check, whose reader can be sabotaged in it. */
function peerBeforeCheck(): { session: ReplicationSession; peer: ReplicationPeer; saboteur: Saboteur } {
  const session = new ReplicationSession(everywhere, 3);
  for (let kind = 0; kind < 4; kind++) for (let i = 0; i < 12; i++) spawnSkirmisher(session.world, kind);
  const saboteur = new Saboteur(60_000);
  const peer = { ...session.join(0), reader: new SnapshotReader(session.world.tables, 2, 1, saboteur) };
  while (session.tick < SNAPSHOTS_PER_CHECK - 1) step(session, peer);
  return { session, peer, saboteur };
}

function step(session: ReplicationSession, peer: ReplicationPeer): void {
  session.record(() => {
    moveSkirmishers(session.world);
  });
  session.write([peer]);
}

const reportOf = (peer: ReplicationPeer) => decodeDesyncReport(desyncReportOf(peer.reader))!;

test("a wrong state is named as such, and the next snapshot repairs it", () => {
  for (let kind = 0; kind < 2; kind++) {
    const { session, peer, saboteur } = peerBeforeCheck();
    saboteur.sabotage = () => {
      const { states, codec, view } = peer.reader.kinds[kind]!;
      states[view.slots[5]! * codec.stateInts]! ^= 1;
    };
    step(session, peer);

    expect(session.replicator.takeReport(peer.view, reportOf(peer))).toBe(true);
    step(session, peer);

    expect(session.desyncs).toEqual([
      { playerId: 0, tick: 30, entity: { kind: ["Ship", "Rock"][kind], slot: 5, generation: 0, fields: ["state"] } },
    ]);
    expect(session.differences(peer)).toEqual([]);
  }
});

test("a view that lists something else is reset", () => {
  const { session, peer, saboteur } = peerBeforeCheck();
  saboteur.sabotage = () => {
    peer.reader.kinds[1]!.view.count -= 1;
  };
  step(session, peer);

  expect(session.replicator.takeReport(peer.view, reportOf(peer))).toBe(true);
  step(session, peer);

  expect(session.desyncs).toEqual([{ playerId: 0, tick: 30, entity: undefined }]);
  expect(peer.body[0]! & 1).toBe(1);
  expect(session.differences(peer)).toEqual([]);
});

const SOME = [1, 2, 3];

test.each<[string, number[], number[], boolean, number]>([
  ["a check, once", [60], SOME, true, 1],
  ["a check of 5 checks ago, which nobody remembers", [30], SOME, true, 1],
  ["two checks, the second after all was sent anew", [30, 60], SOME, true, 1],
  ["a check twice", [60, 60], SOME, false, 1],
  ["an older check after a newer one", [60, 30], SOME, false, 1],
  ["a tick that was no check", [61], SOME, false, 0],
  ["a tick that is still to come", [300], SOME, false, 0],
  ["no tick of this room", [2 ** 32 - 1], SOME, false, 0],
  ["4,000 hashes of nothing", [60], Array<number>(4000).fill(7), true, 1],
  ["a request for everything, after any snapshot", [61], [], true, 1],
  ["two requests between two checks", [61, 62], [], false, 1],
  ["a request after a snapshot that is still to come", [201], [], false, 0],
])("reports of %s: taken: %3$s, and answered with %4$i resets", (_, ticks, hashes, isTaken, resets) => {
  const { session, peer } = peerBeforeCheck();
  while (session.tick < 200) step(session, peer);

  const taken = ticks.map((tick) => session.replicator.takeReport(peer.view, { tick, hashes }));

  expect(taken.at(-1)).toBe(isTaken);
  expect(session.desyncs.length).toBe(resets);
});

test("who reports what is no check is out of order; bytes that are no report are a bad message; the neighbour stays", () => {
  const { room, network, run } = meet(0);
  const closesOf = (report: Uint8Array): number[] => {
    const { client, server } = network.createLinks(0);
    room.accept(new Connection(server));
    const peer = new Connection(client);
    const lanes = new Lanes();
    peer.open(lanes);
    const { version, hash } = game.protocol;
    const hello = { version, engineHash: PROTOCOL_HASH, gameHash: hash, options: encodeFreeForm({}) };
    peer.sendHandshake(encodeHello(hello));
    for (let tick = 0; tick < 2 * SNAPSHOTS_PER_CHECK; tick++) {
      run(1);
      peer.flush(network.nowMs);
    }
    peer.begin();
    peer.send(Lane.CONTROL, report);
    peer.flush(network.nowMs);
    run(3);
    return peer.ended === undefined ? [] : [peer.ended.code];
  };

  expect(closesOf(encodeDesyncReport({ tick: 30, hashes: [1, 2, 3] }))).toEqual([]);
  expect(closesOf(encodeDesyncReport({ tick: 31, hashes: [1, 2, 3] }))).toEqual([CloseCode.OUT_OF_ORDER]);
  expect(closesOf(encodeDesyncReport({ tick: 30, hashes: [1] }).slice(0, 6))).toEqual([CloseCode.BAD_MESSAGE]);
});
