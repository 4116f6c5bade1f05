/** Real sockets on loopback: what only the kernel, `ws` and `node:http` can show. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GameClient } from "#engine/client";
import { CloseCode, offeredSubprotocols, WebSocketLink } from "#engine/shared";
import { arena, type ArenaTypes } from "../../shared/arena/game.ts";
import { encodeHello, PROTOCOL_HASH } from "../../shared/schema/generated/engine.ts";
import { packetWith } from "../../tools/simulator/packets.ts";
import { arenaRules } from "../arena/arena-rules.ts";
import { nodeEventLoop } from "./event-loop.ts";
import { type GameServer, startGameServer } from "./game-server.ts";
import { startErrorText } from "./server-log.ts";

const OFFERED = offeredSubprotocols(arena.protocol);
const ROOM = { game: arenaRules, seed: 1, playersMax: 8, ticksPerSnapshot: 1, metadata: {} };
let server: GameServer<ArenaTypes>;
let staticDirectory: string;

interface Ending {
  readonly code: number;
  readonly reason: string;
}

const ANY = expect.any(Number) as number;

beforeAll(async () => {
  staticDirectory = mkdtempSync(join(tmpdir(), "tickwire-static-"));
  writeFileSync(join(staticDirectory, "index.html"), "<title>page</title>");
  server = await startGameServer({ room: ROOM, port: 0, host: "127.0.0.1", staticDirectory });
});

afterAll(() => server.close("test over"));

function openSocket(protocols: string[] = OFFERED): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${server.port}/ws`, protocols);
}

function endOf(socket: WebSocket): Promise<Ending> {
  return new Promise((resolve) => {
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => {
      resolve({ code, reason: reason.toString() });
    });
  });
}

/** A joined client that is advanced by what it receives. */
function joinAsClient(): Promise<GameClient<ArenaTypes>> {
  const client = new GameClient({
    game: arena,
    joinOptions: { name: "Witness" },
    readInput: () => ({ thrust: false, reverse: false, fire: false, beam: false, aims: false, turn: 0, aim: 0 }),
    random: () => 0.5,
  });
  const socket = openSocket();
  client.connect(() => new WebSocketLink(socket, nodeEventLoop));
  return new Promise((resolve) => {
    const advance = (): void => {
      client.advance(performance.now());
      if (client.tick > 0) resolve(client);
    };
    socket.on("open", advance);
    socket.on("message", advance);
  });
}

/** Resolves when the client has received so many more snapshots. */
async function snapshotsMore(client: GameClient<ArenaTypes>, count: number): Promise<void> {
  const target = client.stats.snapshots + count;
  while (client.stats.snapshots < target) {
    if (client.status.phase === "lost") throw new Error(client.status.reason);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test.each<[string, string[], (socket: WebSocket) => void, number, string]>([
  [
    "a text frame",
    OFFERED,
    (socket) => {
      socket.send("hello");
    },
    CloseCode.TEXT_REFUSED,
    "binary only",
  ],
  [
    "17,000 bytes",
    OFFERED,
    (socket) => {
      socket.send(new Uint8Array(17_000));
    },
    CloseCode.TOO_LARGE,
    "",
  ],
  [
    "100 random bytes",
    OFFERED,
    (socket) => {
      socket.send(new Uint8Array(100).map((_, i) => (i * 97 + 64) & 255));
    },
    CloseCode.BAD_MESSAGE,
    "100 bytes are no Hello",
  ],
  ["an older page", ["arena.0", "tickwire.refuse"], () => undefined, CloseCode.PROTOCOL_MISMATCH, "Reload the page"],
  [
    "a newer page",
    ["arena.99", "tickwire.refuse"],
    () => undefined,
    CloseCode.PROTOCOL_MISMATCH,
    "operator must update",
  ],
  ["a client that offers nothing", [], () => undefined, CloseCode.PROTOCOL_MISMATCH, "subprotocol arena.1"],
])(
  "%s is closed with the right code, with a text where the code is ours, and others miss nothing",
  async (_, offered, act, code, text) => {
    const witness = await joinAsClient();
    const socket = openSocket(offered);
    socket.on("open", () => {
      act(socket);
    });

    const ending = await endOf(socket);
    await snapshotsMore(witness, 5);

    expect(ending.code).toBe(code);
    expect(ending.reason).toContain(text);
    witness.close();
  },
);

test("a refused client was told by the subprotocol it selected, so that a browser keeps the connection and shows the text", async () => {
  const refused = openSocket(["arena.99", "tickwire.refuse"]);
  await endOf(refused);
  expect(refused.protocol).toBe("tickwire.refuse");

  const accepted = openSocket();
  await new Promise((resolve) => accepted.on("open", resolve));
  expect(accepted.protocol).toBe(OFFERED[0]);
  accepted.terminate();
});

test("a frame that breaks RFC 6455 (unmasked) is cut off, and others miss nothing", async () => {
  const witness = await joinAsClient();
  const stream = connectTcp(server.port, "127.0.0.1");
  stream.write(
    `GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ${OFFERED.join(", ")}\r\n\r\n`,
  );
  const received: Buffer[] = [];
  stream.on("data", (bytes) => received.push(bytes));
  await new Promise((resolve) => stream.once("data", resolve));

  stream.write(Uint8Array.of(0x82, 1, 0)); // binary, one byte, no mask
  await new Promise((resolve) => stream.on("close", resolve));
  await snapshotsMore(witness, 5);

  const closeFrame = Buffer.concat(received).subarray(-4);
  expect(closeFrame).toEqual(Buffer.from([0x88, 2, 1002 >> 8, 1002 & 255]));
  witness.close();
});

test("compression is not offered, even to a client that asks for it", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, OFFERED, { perMessageDeflate: true });
  await new Promise((resolve) => socket.on("open", resolve));

  expect(socket.extensions).toBe("");
  socket.terminate();
});

test("a WebSocket at another path is answered with 404", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/elsewhere`, OFFERED);

  const error = await new Promise<Error>((resolve) => socket.on("error", resolve));

  expect(error.message).toContain("404");
});

test("a peer that is refused and resets its connection ends nothing but itself", async () => {
  const witness = await joinAsClient();
  const stream = connectTcp({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
  stream.write("GET /nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await new Promise((resolve) => stream.once("data", resolve));

  stream.resetAndDestroy();
  await snapshotsMore(witness, 5);

  expect(witness.status.phase).toBe("connected");
  witness.close();
});

test("a TCP connection that says nothing is cut after 5 s; one that asks in time is answered", async () => {
  const silent = connectTcp(server.port, "127.0.0.1");
  const openedMs = performance.now();

  await new Promise((resolve) => silent.on("close", resolve));

  expect(performance.now() - openedMs).toBeGreaterThan(4_500);
  expect(performance.now() - openedMs).toBeLessThan(6_500);
  expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200);
}, 10_000);

test("the status says players, work, lateness, dropped ticks, and what snapshots cost", async () => {
  const witness = await joinAsClient();

  const response = await fetch(`http://127.0.0.1:${server.port}/status.json`);

  expect(await response.json()).toEqual({
    players: 1,
    tick: ANY,
    tickRate: 30,
    tickWorkMs: { p50: ANY, p99: ANY },
    tickLatenessMs: { p50: ANY, p99: ANY },
    droppedTicks: ANY,
    lanes: {
      sentBytes: { control: ANY, realtime: ANY, event: ANY, bulk: 0, stream: ANY },
      receivedBytes: { control: ANY, realtime: ANY, event: ANY, bulk: ANY, stream: ANY },
      packets: { sent: ANY, sentBytes: ANY, received: ANY, receivedBytes: ANY },
      keptBytes: ANY,
      keptBytesMost: ANY,
      inflightBytes: ANY,
    },
    replication: {
      snapshots: ANY,
      bytes: ANY,
      kindBytes: {
        Ship: ANY,
        Shot: ANY,
        Beam: ANY,
        Asteroid: ANY,
      },
      sharedSnapshots: ANY,
      resets: ANY,
      desyncs: 0,
    },
  });
  witness.close();
});

test("the page is served with a policy that runs no foreign script, and its directory cannot be left", async () => {
  const page = await fetch(`http://127.0.0.1:${server.port}/`);
  expect(await page.text()).toContain("<title>page</title>");
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");

  const outside = await fetch(`http://127.0.0.1:${server.port}/..%2f..%2fetc%2fpasswd`);
  expect(outside.status).toBe(404);
});

test("a taken port is an error that names another one", async () => {
  const second = startGameServer({ room: ROOM, port: server.port, host: "127.0.0.1", staticDirectory });

  const error = await second.then(
    () => undefined,
    (reason: unknown) => reason,
  );

  expect(startErrorText(error, server.port, "127.0.0.1")).toContain(`Port ${server.port} is taken`);
  expect(startErrorText(error, 8080, "127.0.0.1")).toContain("PORT=8081 npm start");
});

test.each(["nowhere", "index.html"])("a page in %s, which is no folder, is an error that names it", async (name) => {
  const folder = join(staticDirectory, name);
  const started = startGameServer({ room: ROOM, port: 0, host: "127.0.0.1", staticDirectory: folder });

  const error = await started.catch((reason: unknown) => reason);

  expect(startErrorText(error, 8080, "127.0.0.1")).toContain(`There is no folder ${folder} with a built page`);
});

test("a server that stops tells its players why, and is gone within 2 s, also with a half-open peer", async () => {
  const stopping = await startGameServer({ room: ROOM, port: 0, host: "127.0.0.1", staticDirectory });
  const socket = new WebSocket(`ws://127.0.0.1:${stopping.port}/ws`, OFFERED);
  await new Promise((resolve) => socket.on("open", resolve));
  const hello = {
    version: arena.protocol.version,
    engineHash: PROTOCOL_HASH,
    gameHash: arena.protocol.hash,
    options: new Uint8Array(0),
  };
  socket.send(packetWith(encodeHello(hello)));
  await new Promise((resolve) => socket.once("message", resolve));
  const halfOpen = connectTcp({ port: stopping.port, host: "127.0.0.1", allowHalfOpen: true });
  halfOpen.on("error", () => undefined);
  halfOpen.write("GET /nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await new Promise((resolve) => halfOpen.once("data", resolve));
  const startedMs = performance.now();

  const [ending] = await Promise.all([endOf(socket), stopping.close("The server has been stopped.")]);

  expect(ending).toEqual({ code: CloseCode.GOING_AWAY, reason: "The server has been stopped." });
  expect(performance.now() - startedMs).toBeLessThan(2000);
});
