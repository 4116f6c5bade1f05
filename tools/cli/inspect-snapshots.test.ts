/** The command as a program, against a server that sends scripted snapshots. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { EntityTable } from "../../shared/engine/replication/entity-table.ts";
import { PeerView } from "../../shared/engine/replication/peer-view.ts";
import { RowHistory } from "../../shared/engine/replication/row-history.ts";
import { SharedDeltas } from "../../shared/engine/replication/shared-deltas.ts";
import { SnapshotWriter } from "../../shared/engine/replication/snapshot-writer.ts";
import { ViewChanges } from "../../shared/engine/replication/view-changes.ts";
import { Asteroid, Beam, PROTOCOL_HASH, Ship, Shot } from "../../shared/schema/generated/arena.ts";
import { packetWith } from "../simulator/packets.ts";
import { encodeSnapshot, encodeWelcome, PROTOCOL_HASH as ENGINE_HASH } from "../../shared/schema/generated/engine.ts";

vi.setConfig({ testTimeout: 30_000 });

const ROOT = join(import.meta.dirname, "../..");
const TICKS_PER_SNAPSHOT = 2;

/** Ships as one peer sees them, snapshot by snapshot. */
class ShipsOnly {
  readonly table = new EntityTable(Ship, 16);
  private readonly history = new RowHistory(this.table);
  private readonly shared = new SharedDeltas(this.table, this.history, Ship.snapshots[0]!);
  private readonly changes = new ViewChanges(16);
  private readonly peer = new PeerView([16, 16, 16, 16]);
  private readonly writer: SnapshotWriter;

  constructor() {
    const kinds = [Ship, Shot, Asteroid, Beam].map(({ snapshots }) => ({
      capacity: 16,
      bitsMax: snapshots[0]!.bitsMax,
    }));
    this.writer = new SnapshotWriter(kinds);
  }

  /** The Snapshot message of a tick, with what enters and leaves the peer's view. */
  snapshot(tick: number, enters: readonly number[], leaves: readonly number[]): Uint8Array {
    const number = tick / TICKS_PER_SNAPSHOT;
    const { history, shared, changes, peer, writer } = this;
    history.record(number);
    shared.advance(number, TICKS_PER_SNAPSHOT);
    changes.enters.set(enters);
    changes.leaves.set(leaves);
    [changes.enterCount, changes.leaveCount] = [enters.length, leaves.length];
    const nothing = [Shot, Asteroid, Beam].map((codec, index) => ({
      view: peer.kinds[index + 1]!,
      changes: new ViewChanges(16),
      shared: sharedOf(codec),
    }));
    const parts = [{ view: peer.kinds[0]!, changes, shared }, ...nothing];
    const body = writer.write({ tick, number, ticks: TICKS_PER_SNAPSHOT, peer, parts, bytesMax: 60_000 });
    return encodeSnapshot({ tick: tick & 0xff, inputSlack: 7, body });
  }
}

function sharedOf(codec: typeof Shot | typeof Asteroid | typeof Beam): SharedDeltas {
  const table = new EntityTable(codec as typeof Shot, 16);
  return new SharedDeltas(table, new RowHistory(table), codec.snapshots[0]!);
}

/** A ship enters, then another; the first leaves; a snapshot is damaged, and one more follows it. */
function script(): Uint8Array[] {
  const ships = new ShipsOnly();
  const spawn = (x: number): void => {
    const slot = ships.table.spawn()!;
    ships.table.columns.x[slot] = x;
    ships.table.columns.owner[slot] = 40 + slot;
  };
  spawn(100);
  const packets = [
    encodeWelcome({
      version: 1,
      engineHash: ENGINE_HASH,
      gameHash: PROTOCOL_HASH,
      playerId: 1,
      tick: 60,
      tickRate: 30,
      ticksPerSnapshot: TICKS_PER_SNAPSHOT,
      token: new Uint8Array(16),
      metadata: Uint8Array.of(0x80),
    }),
    ships.snapshot(60, [0], []),
  ];
  spawn(200);
  packets.push(ships.snapshot(62, [1], []), ships.snapshot(64, [], [0]));
  const damaged = ships.snapshot(66, [], []);
  return [...packets, Uint8Array.of(...damaged, 1, 2, 3), ships.snapshot(68, [], [])];
}

const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "arena.1" });

beforeAll(async () => {
  sockets.on("connection", (socket) => {
    for (const message of script()) socket.send(packetWith(message));
  });
  await new Promise((resolve) => {
    if (sockets.address() !== null) resolve(undefined);
    else sockets.once("listening", resolve);
  });
});

afterAll(() => {
  sockets.close();
});

/** What `tickwire inspect` says on standard output, line by line and without acks, and its exit code. */
function inspect(...args: string[]): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { port } = sockets.address() as { port: number };
  const command = ["--import", "tsx", "tools/cli/main.ts", "inspect", `ws://127.0.0.1:${port}`, "--silent"];
  const child = spawn(process.execPath, [...command, "--schema", "shared/schema/arena.wire", ...args], { cwd: ROOT });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({
        code,
        lines: said
          .trimEnd()
          .split("\n")
          .filter((line) => !/^ +\d.* s |^ +ack |"sent"/.test(line)),
      });
    });
  });
}

test("of each snapshot its tick, flags and size are said, and what entered, left and went on", async () => {
  const { code, lines } = await inspect("--count", "4");

  expect(lines.slice(1).map((line) => line.replace(/^.*?\d B {2}/, "").replace(/body=[1-9]\d* B/, "body=N B"))).toEqual(
    [
      "tick=60 inputSlack=7 reset check body=N B · Ship: 1 entered, 0 left, 0 went on",
      "tick=62 inputSlack=7 body=N B · Ship: 1 entered, 0 left, 1 went on",
      "tick=64 inputSlack=7 body=N B · Ship: 0 entered, 1 left, 1 went on",
    ],
  );
  expect(code).toBe(0);
});

test("--full says the values of everything in view", async () => {
  const { lines } = await inspect("--count", "3", "--full");

  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^ +Ship 0\.0 owner=40 vx=0 vy=0 x=100 y=0 heading=0 health=0 /),
    expect.stringMatching(/^ +Ship 1\.0 owner=41 vx=0 vy=0 x=200 y=0 heading=0 health=0 /),
  ]);
});

test("a snapshot that is none is malformed, once, and what follows it is not read; the exit code is 1", async () => {
  const { code, lines } = await inspect("--count", "6");

  expect(lines.at(-2)).toContain("MALFORMED: the body is no snapshot: tick=66 inputSlack=7 body=");
  expect(lines.at(-1)).toContain("not read, for one before it was malformed: tick=68 inputSlack=7 body=");
  expect(code).toBe(1);
});

interface Message {
  readonly value: Readonly<Record<string, unknown>>;
  readonly trouble?: string;
}

test("--json says the same as one object a packet", async () => {
  const { lines } = await inspect("--count", "6", "--json", "--full");
  const messages = lines.map((line) => (JSON.parse(line) as { frames: { message: Message }[] }).frames[0]!.message);

  expect(messages[2]!.value).toMatchObject({
    inputSlack: 7,
    tick: 62,
    isReset: false,
    isPartial: false,
    entities: [{ entity: "Ship", entered: 1, left: 0, wentOn: 1, records: [{ slot: 0 }, { slot: 1, generation: 0 }] }],
  });
  expect(messages[1]!.value.isInSync).toBe(true);
  expect(messages.slice(4).map(({ trouble }) => trouble)).toEqual(["malformed", "lost"]);
});
