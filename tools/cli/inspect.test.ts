/** The command as a program, against a real server on loopback: compiled codecs are imported as only Node itself does. */
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { startGameServer } from "../../server/node/game-server.ts";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { packetWith } from "../simulator/packets.ts";

vi.setConfig({ testTimeout: 30_000 });

const ROOT = join(import.meta.dirname, "../..");
const ARENA = ["--schema", "shared/schema/arena.wire"];
const ROOM = { game: arenaRules, seed: 1, playersMax: 8, ticksPerSnapshot: 1, metadata: { room: "arena" } };
let server: { readonly port: number; close(reason: string): Promise<void> };

beforeAll(async () => {
  const staticDirectory = mkdtempSync(join(tmpdir(), "tickwire-static-"));
  server = await startGameServer({ room: ROOM, port: 0, host: "127.0.0.1", staticDirectory });
});

afterAll(() => server.close("test over"));

interface Ending {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

/** What `tickwire inspect` says of an address. */
function inspect(address: string, ...args: string[]): Promise<Ending> {
  const child = spawn(process.execPath, ["--import", "tsx", "tools/cli/main.ts", "inspect", address, ...args], {
    cwd: ROOT,
  });
  let [said, complained] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => (complained += text.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, said, complained });
    });
  });
}

/** As much of a packet as the tests look at. */
interface Packet {
  readonly direction: string;
  readonly bytes: number;
  readonly frames: readonly {
    readonly kind: string;
    readonly lane: string;
    readonly bytes: number;
    readonly message?: { readonly type: string; readonly value: { readonly entities: readonly Entities[] } };
  }[];
}

interface Entities {
  readonly records: readonly { readonly fields: { readonly shape: number } }[];
}

function packetOf(line: string): Packet {
  return JSON.parse(line) as Packet;
}

const url = (): string => `ws://127.0.0.1:${server.port}/ws`;

test("a joined room's packets are printed with their acks and frames, messages with lane, size and values", async () => {
  const { code, said, complained } = await inspect(url(), ...ARENA, "--count", "5", "--hello", '{"name":"Ada"}');

  expect(complained).toContain(`connected to ${url()}, speaking arena.1\nended\nreceived `);
  const lines = said.trimEnd().split("\n");
  expect(lines[0]).toMatch(/^ +\d+\.\d{3} s → packet of 24 B, 1 frame$/);
  expect(lines[1]).toMatch(/^ {11}Hello \(0\) +handshake +23 B {2}version=1 .*options={ name: "Ada" }$/);
  // A busy machine's server may answer with an ack alone, and welcome a tick later.
  expect(lines[2]).toMatch(/^ +\d+\.\d{3} s ← packet of \d+ B, \d frames?$/);
  expect(lines[3]).toMatch(/^ {11}ack +3 B {2}of 24 B, held [\d.]+ ms$/);
  expect(said).toMatch(/^ {11}Welcome \(1\) +handshake +\d+ B .*tickRate=30 .*metadata={ room: "arena" }$/m);
  expect(said).toMatch(/PlayerJoined \(33\) +event +7 B {2}playerId=\d+ name="Ada"/);
  expect(said).toMatch(
    /Snapshot \(11\) +realtime +\d+ B {2}tick=\d+ inputSlack=-?\d+ reset .*body=\d+ B · Asteroid: \d+ entered, 0 left, 0 went on/,
  );
  expect(code).toBe(0);
});

test("at the end the bytes of each direction are split by lane, acks and frame heads, to the last of them", async () => {
  const { complained } = await inspect(url(), ...ARENA, "--count", "40");

  for (const direction of ["received", "sent"]) {
    const [, bytes, uses] = new RegExp(`^${direction} (\\d+) B in \\d+ packets: (.*)$`, "m").exec(complained)!;
    const counts = uses!.split(", ").map((use) => Number(/\d+$/.exec(use)![0]));
    expect(counts.reduce((sum, count) => sum + count)).toBe(Number(bytes));
    expect(uses).toMatch(/handshake \d+, acks \d+, frame heads \d+$/);
  }
});

test("a session of 3 seconds answers the server, so that its snapshots go on, and heartbeats leave every second", async () => {
  const { code, said } = await inspect(url(), ...ARENA, "--seconds", "3", "--json");

  const packets = said.trimEnd().split("\n").map(packetOf);
  const kinds = packets.flatMap(({ direction, frames }) => frames.map(({ kind }) => `${direction} ${kind}`));
  expect(kinds.filter((kind) => kind === "sent heartbeat").length).toBeGreaterThan(0);
  expect(kinds.filter((kind) => kind === "sent ack").length).toBeGreaterThan(10);
  const snapshots = packets.flatMap(({ frames }) => frames.filter(({ message }) => message?.type === "Snapshot"));
  expect(snapshots.length).toBeGreaterThan(30);
  expect(code).toBe(0);
});

test("--json prints one object a packet and nothing else, --full every entity in view", async () => {
  const { code, said } = await inspect(url(), ...ARENA, "--count", "5", "--json", "--full");

  const packets = said.trimEnd().split("\n").map(packetOf);
  const frames = packets.flatMap((packet) => packet.frames);
  const snapshot = frames.find(({ message }) => message?.type === "Snapshot");
  expect(packets[0]).toMatchObject({ direction: "sent", bytes: 15 });
  expect(frames[0]).toMatchObject({ kind: "message", lane: "handshake", part: "whole", headBytes: 1, bytes: 15 });
  expect(frames[1]).toMatchObject({ kind: "ack", bytes: 3, ackedBytes: 15 });
  expect(snapshot?.lane).toBe("realtime");
  const { entities } = snapshot!.message!.value;
  expect(entities[0]).toMatchObject({ entity: "Asteroid", left: 0 });
  expect(entities[0]?.records[0]?.fields.shape).toBeTypeOf("number");
  for (const { bytes, frames: inside } of packets)
    expect(inside.reduce((sum, each) => sum + each.bytes, 0)).toBe(bytes);
  expect(code).toBe(0);
});

test("a version that the server does not speak exits 1 and shows its code and text", async () => {
  const { code, complained } = await inspect(url(), ...ARENA, "--subprotocol", "arena.9", "--count", "1");

  expect(complained).toContain("the server closed the connection: 4000 The server is too old: it speaks arena.1");
  expect(code).toBe(1);
});

test("without a schema no Hello is said, and the refusal says what to connect with", async () => {
  const { code, said, complained } = await inspect(url());

  expect(said).toBe("");
  expect(complained).toContain("4000 This server speaks arena.1. Connect with the WebSocket subprotocol arena.1.");
  expect(complained).toContain("--schema FILE.wire");
  expect(code).toBe(1);
});

test.each([
  ["nothing listens", "ws://127.0.0.1:1", "nothing listens there: is the server running"],
  ["no WebSocket is at the path", "/elsewhere", "there is no WebSocket at this path: Tickwire's is at /ws"],
])("%s: exits 1 and says what to look at", async (_, address, says) => {
  const { code, complained } = await inspect(address.startsWith("/") ? url().replace("/ws", address) : address);

  expect(complained).toContain(says);
  expect(code).toBe(1);
});

test("a schema with mistakes exits 1, and no connection is made", async () => {
  const { code, complained } = await inspect(url(), "--schema", "tools/cli/none.wire");

  expect(complained).toContain("there is no file tools/cli/none.wire");
  expect(complained).not.toContain("connected");
  expect(code).toBe(1);
});

/** The address of a server that sends packets and never answers, until the test is over. */
async function serverOf(...packets: readonly Uint8Array[]): Promise<string> {
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "arena.1" });
  sockets.on("connection", (socket) => {
    for (const packet of packets) socket.send(packet);
  });
  await new Promise((resolve) => sockets.once("listening", resolve));
  onTestFinished(() => {
    sockets.close();
  });
  return `ws://127.0.0.1:${(sockets.address() as { port: number }).port}`;
}

test("bytes that are no message are shown as malformed, the rest is read on, and the exit code is 1", async () => {
  const address = await serverOf(packetWith(Uint8Array.of(33, 1)), packetWith(Uint8Array.of(34, 7, 0)));

  const { code, said } = await inspect(address, ...ARENA, "--silent", "--count", "2");

  const lines = said.trimEnd().split("\n");
  expect(lines[1]).toMatch(/PlayerJoined \(33\) +event +2 B {2}MALFORMED: .* 2 bytes \[21 01\]$/);
  expect(lines[3]).toMatch(/PlayerLeft \(34\) +event +3 B {2}playerId=7$/);
  expect(code).toBe(1);
});

test("bytes that are no packet are shown, and end the session with the code that a client would close with", async () => {
  const broken = Uint8Array.of(...packetWith(Uint8Array.of(34, 7, 0)), 1, 2);
  broken[0] = 0x82;
  const address = await serverOf(packetWith(Uint8Array.of(34, 7, 0)), broken, packetWith(Uint8Array.of(34, 8, 0)));

  const { code, said, complained } = await inspect(address, ...ARENA, "--silent");

  const lines = said.trimEnd().split("\n");
  expect(lines.slice(0, 2)).toEqual([expect.stringContaining("packet of 4 B"), expect.stringContaining("playerId=7")]);
  expect(lines.slice(2)).toEqual([
    expect.stringMatching(/← packet of 6 B, 0 frames$/),
    "           MALFORMED: no frame: 6 bytes [82 22 07 00 01 02]",
  ]);
  expect(complained).toContain("the server was not understood: 4001 These 6 bytes are no ");
  expect(complained).toContain("received 10 B in 2 packets: event 3, frame heads 1, broken 6");
  expect(code).toBe(1);
});
