/** A whole connection over a virtual link, watched from one end. */
import { expect, test } from "vitest";
import { VirtualNetwork } from "../../../tools/simulator/engine/virtual-network.ts";
import { Connection } from "../transport/connection.ts";
import { Lane } from "../transport/lane.ts";
import { Lanes } from "../transport/lanes.ts";
import { PacketBytes } from "./packet-bytes.ts";
import { type FrameContent, PacketReader } from "./packet-reader.ts";
import { watchedLink } from "./watched-link.ts";

const SECONDS = 8;
const TRANSFER_BYTES = 100_000;

/** Keeps what passes of one direction. */
class Watcher {
  readonly bytes = new PacketBytes();
  readonly contents: FrameContent[] = [];
  private readonly reader = new PacketReader();

  readonly watch = (packet: Uint8Array): void => {
    const opened = this.reader.read(packet);
    this.bytes.add(opened);
    for (const item of opened.items) if (item.kind === "frame") this.contents.push(item.content);
  };

  get messages(): Uint8Array[] {
    return this.contents.flatMap((content) => (content.kind === "message" ? [content.message] : []));
  }
}

/** A client that says little and a server that says much; the client's end is watched. */
function watchedSession() {
  const network = new VirtualNetwork();
  const links = network.createLinks({ downMbit: 8, upMbit: 8, rttMs: 50, jitterMs: 0, queueMs: 200 });
  const [received, sent] = [new Watcher(), new Watcher()];
  const client = new Connection(watchedLink(links.client, received.watch, sent.watch));
  const server = new Connection(links.server);
  const ends = [client, server].map((connection) => {
    const lanes = new Lanes(() => ({ write: () => true, end: () => undefined }));
    connection.sendHandshake(Uint8Array.of(0));
    connection.open(lanes);
    connection.begin();
    return { connection, lanes };
  });
  for (let tick = 0; tick < SECONDS * 20; tick++) {
    network.schedule(tick * 50, () => {
      for (const { connection, lanes } of ends) {
        lanes.takeMessages();
        connection.flush(tick * 50);
      }
    });
  }
  return { network, received, sent, client: ends[0]!, server: ends[1]! };
}

test("what is watched of 8 seconds are exactly the connection's bytes, and every message is put together", () => {
  const { network, received, sent, client, server } = watchedSession();
  const large = Uint8Array.from({ length: 50_000 }, (_, index) => index & 255);
  const transferred = { name: "map", size: TRANSFER_BYTES, read: (_: number, most: number) => new Uint8Array(most) };

  server.lanes.send(Lane.BULK, large);
  const transfer = server.lanes.sendBulk(transferred);
  client.lanes.send(Lane.EVENT, Uint8Array.of(40, 1));
  network.advanceTo(SECONDS * 1000);

  expect(transfer.state).toBe("done");
  expect(received.messages).toContainEqual(large);
  expect(sent.messages).toContainEqual(Uint8Array.of(40, 1));
  const { counters } = client.connection;
  expect([received.bytes.bytes, received.bytes.packets]).toEqual([counters.receivedBytes, counters.receivedPackets]);
  expect([sent.bytes.bytes, sent.bytes.packets]).toEqual([counters.sentBytes, counters.sentPackets]);
  const { byUse } = received.bytes;
  expect(Object.values(byUse).reduce((sum, bytes) => sum + bytes)).toBe(counters.receivedBytes);
  expect([byUse.bulk, byUse.handshake, byUse.broken]).toEqual([50_000, 1, 0]);
  // A block of 4,096 bytes has a hash of 4, and each frame says once whose it is.
  const frames = received.contents.filter(({ kind }) => kind === "transfer").length;
  expect(byUse.stream).toBe(TRANSFER_BYTES + 25 * 4 + frames);
});

test("of a connection that is idle heartbeats and acks are all that is watched: one a second, and their answers", () => {
  const { network, received, sent } = watchedSession();
  network.advanceTo(SECONDS * 1000);

  for (const { contents, messages } of [received, sent]) {
    const heartbeats = contents.filter(({ kind }) => kind === "heartbeat").length;
    expect(heartbeats).toBeGreaterThanOrEqual(SECONDS - 2);
    expect(heartbeats).toBeLessThanOrEqual(SECONDS);
    expect(messages).toEqual([Uint8Array.of(0)]);
    expect(contents.length).toBe(heartbeats + 1);
  }
});
