/** The command as a program, against a real server on loopback: compiled codecs are imported as only Node itself does. */
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { startGameServer } from "../../server/node/game-server.ts";
import { arenaRules } from "../../server/arena/arena-rules.ts";

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

const url = (): string => `ws://127.0.0.1:${server.port}/ws`;

test("a joined room's messages are printed with direction, opcode, lane, size and values; entities are counted", async () => {
  const { code, said, complained } = await inspect(url(), ...ARENA, "--count", "5", "--hello", '{"name":"Ada"}');

  expect(complained).toBe(`connected to ${url()}, speaking arena.1\nended\n`);
  const lines = said.trimEnd().split("\n");
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^ +\d+\.\d{3} s → Hello \(0\) +control +\d+ B  version=1 .*options={ name: "Ada" }$/);
  expect(lines[1]).toMatch(/← Welcome \(1\) +control +\d+ B .*tickRate=30 .*metadata={ room: "arena" }$/);
  expect(said).toMatch(/← PlayerJoined \(33\) +event +7 B  playerId=\d+ name="Ada"/);
  expect(said).toMatch(
    /← Snapshot \(5\) +snapshot +\d+ B  tick=\d+ inputSequence=\d+ reset .*body=\d+ B · Ship: 1 entered, 0 left, 0 went on/,
  );
  expect(code).toBe(0);
});

test("--json prints one object a message and nothing else, --full every entity in view", async () => {
  const { code, said } = await inspect(url(), ...ARENA, "--count", "5", "--json", "--full");

  interface Line {
    direction: string;
    type: string;
    lane: string;
    bytes: number;
    value: { entities: { entity: string; entered: number; records: { slot: number; fields: { owner: number } }[] }[] };
  }
  const lines = said.trimEnd().split("\n");
  const messages = lines.map((line) => JSON.parse(line) as Line);
  const snapshot = messages.find(({ type }) => type === "Snapshot");
  expect(snapshot).toMatchObject({ direction: "received", lane: "snapshot" });
  expect(snapshot?.value.entities[0]).toMatchObject({ entity: "Ship", entered: 1 });
  expect(snapshot?.value.entities[0]?.records[0]?.fields.owner).toBeTypeOf("number");
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

test("bytes that are no message are shown as malformed, the rest is read on, and the exit code is 1", async () => {
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "arena.1" });
  sockets.on("connection", (socket) => {
    socket.send(Uint8Array.of(33, 1));
    socket.send(Uint8Array.of(34, 7, 0));
  });
  await new Promise((resolve) => sockets.once("listening", resolve));
  const { port } = sockets.address() as { port: number };

  const { code, said } = await inspect(`ws://127.0.0.1:${port}`, ...ARENA, "--silent", "--count", "2");

  sockets.close();
  const lines = said.trimEnd().split("\n");
  expect(lines[0]).toMatch(/← PlayerJoined \(33\) +event +2 B  MALFORMED: .* 2 bytes \[21 01\]$/);
  expect(lines[1]).toMatch(/← PlayerLeft \(34\) +event +3 B  playerId=7$/);
  expect(code).toBe(1);
});
