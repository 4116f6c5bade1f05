/** Channels without a room: their two ends on a network in virtual time, in a protocol of one number each way. */
import { expect, test } from "vitest";
import { type ChannelHost, Channels, type ChannelsOptions } from "#engine/server";
import { type Channel, CloseCode, clientChannel, Connection, type MessageProtocol, type Rpc } from "#engine/shared";
import { VirtualNetwork } from "./engine/virtual-network.ts";
import { packetWith } from "./packets.ts";

const TURN_MS = 20;
const NUMBER = 32;
const RESULT = 33;

const say = (number: number): Uint8Array => Uint8Array.of(NUMBER, number);
const numberIn = (bytes: Uint8Array): number | undefined =>
  bytes[0] === NUMBER && bytes.length === 2 ? bytes[1] : undefined;

function numbers(version = 1, hash = 7): MessageProtocol<number, number> {
  const versions = Array.from({ length: version }, (_, older) => ({ version: version - older, hash }));
  const lanes = ["event", "event"] as const;
  return {
    name: "numbers",
    version,
    hash,
    versions,
    lanes,
    decodeClientMessage: numberIn,
    decodeServerMessage: numberIn,
  };
}

/** Asks for the double of a number below 100; there is no answer to a greater one. */
const Double: Rpc<number, number> = {
  name: "Double",
  resultOpcode: RESULT,
  encodeCall: ({ id, request }) => Uint8Array.of(NUMBER, request + id),
  decodeResult: (bytes) => ({ id: 0, outcome: { type: "reply", value: bytes[1]! } }),
};

/** Answers every number below 100 with its double, and keeps what it was told. */
class Doubler implements ChannelHost<number> {
  readonly told: string[] = [];
  private readonly channels: Channel<number>[] = [];

  onOpen(channel: Channel<number>): void {
    this.told.push(`${this.channels.push(channel)} opened`);
  }

  onMessage(channel: Channel<number>, message: number): void {
    this.told.push(`${this.numberOf(channel)} said ${message}`);
    if (message < 100) channel.send(Uint8Array.of(RESULT, 2 * message));
    if (message === 100) channel.send(say(1));
    if (message === 101) channel.close(4_100, "enough");
  }

  onEnd(channel: Channel<number>, { code }: { code: number }): void {
    this.told.push(`${this.numberOf(channel)} ended with ${code}`);
  }

  private numberOf(channel: Channel<number>): number {
    return this.channels.indexOf(channel) + 1;
  }
}

/** A server, to which `join` connects clients over 40 ms there and back; `run` lets all of them go on. */
function serve(options: Partial<ChannelsOptions<number>> = {}) {
  const network = new VirtualNetwork();
  const host = new Doubler();
  const channels = new Channels({
    protocol: numbers(),
    host,
    channelsMax: 8,
    messagesPerSecondMax: 10,
    ...options,
  });
  const clients: Channel<number>[] = [];
  const links = () => {
    const pair = network.createLinks(20);
    channels.accept(new Connection(pair.server));
    return pair.client;
  };
  const join = (protocol = numbers()): Channel<number> => {
    const client = clientChannel(links(), protocol);
    clients.push(client);
    return client;
  };
  const run = (ms: number): void => {
    for (const endMs = network.nowMs + ms; network.nowMs < endMs;) {
      network.advanceTo(network.nowMs + TURN_MS);
      channels.advance(network.nowMs);
      for (const client of clients) client.advance(network.nowMs);
    }
  };
  return { channels, told: host.told, links, join, run };
}

test("what a client says while it connects arrives, and the answer is back within 200 ms where a round trip takes 40", () => {
  const { told, join, run } = serve();
  const client = join();
  client.send(say(100));

  run(200);

  expect(client.phase).toBe("open");
  expect(told).toEqual(["1 opened", "1 said 100"]);
  expect(client.takeMessages()).toEqual([1]);
  expect(client.takeMessages()).toEqual([]);
});

test("bytes that are no message end the channel of their sender alone, and each side is told once", () => {
  const { channels, told, join, run } = serve();
  const honest = join();
  run(200);
  const rude = join();
  rude.send(Uint8Array.of(NUMBER, 1, 2));
  honest.send(say(100));

  run(300);

  expect(rude.ended).toEqual({ code: CloseCode.BAD_MESSAGE, reason: "Bytes that are no message: opcode 32, 3 bytes." });
  expect(told).toEqual(["1 opened", "1 said 100", "2 opened", "2 ended with 4001"]);
  expect(honest.phase).toBe("open");
  expect(honest.takeMessages()).toEqual([1]);
  expect(channels.size).toBe(1);
});

test("a bad message of the server ends the client's channel with 4001, and what came before it is told", () => {
  const { told, join, run } = serve({
    host: {
      onOpen: (channel) => {
        channel.send(say(5));
        channel.send(Uint8Array.of(99));
      },
      onMessage: () => undefined,
      onEnd: () => undefined,
    },
  });
  const client = join();
  run(200);

  expect(client.takeMessages()).toEqual([5]);

  expect(client.ended?.code).toBe(CloseCode.BAD_MESSAGE);
  expect(told).toEqual([]);
});

test("20 messages a second for ten seconds are a flood where 10 are allowed, and 10 a second are none", () => {
  const { join, run } = serve();
  const [quick, honest] = [join(), join()];
  for (let second = 0; second < 12; second++) {
    for (let i = 0; i < 20; i++) {
      quick.send(say(200));
      if (i % 2 === 0) honest.send(say(200));
    }
    run(1_000);
  }

  expect(quick.ended?.code).toBe(CloseCode.FLOOD);
  expect(honest.phase).toBe("open");
});

test("the offer of a byte counts as a message: 120 at once are a flood where 10 a second are allowed, and 90 are none", () => {
  const { told, join, run } = serve();
  const [quick, honest] = [join(), join()];
  run(200);
  const byte = { name: "byte", size: 1, read: () => Uint8Array.of(7) };
  for (let i = 0; i < 120; i++) quick.sendBulk(byte);
  for (let i = 0; i < 90; i++) honest.sendBulk(byte);
  run(2_000);

  expect(quick.ended?.code).toBe(CloseCode.FLOOD);
  expect(told).toEqual(["1 opened", "2 opened", "1 ended with 4005"]);
  expect(honest.phase).toBe("open");
});

test("one channel more than there are places is closed with 4004; when one ends, its place is free", () => {
  const { channels, join, run } = serve({ channelsMax: 1 });
  const first = join();
  run(200);
  const second = join();
  run(200);
  expect(first.phase).toBe("open");
  expect(second.ended?.code).toBe(CloseCode.ROOM_FULL);

  first.close();
  run(200);
  const third = join();
  run(200);

  expect(third.phase).toBe("open");
  expect(channels.size).toBe(1);
});

test("who says nothing within 5 s of connecting is closed with 4003, and is never told to the host", () => {
  const { channels, told, links, join, run } = serve();
  const silent = new Connection(links());
  run(4_900);
  expect(silent.ended).toBeUndefined();
  join();

  run(300);

  expect(silent.ended?.code).toBe(CloseCode.HELLO_TIMEOUT);
  expect(told).toEqual(["1 opened"]);
  expect(channels.size).toBe(1);
});

test("a client of another schema is refused with a text by the side that is newer; the same schema is accepted", () => {
  const { join, run } = serve();
  const [other, newer, same] = [join(numbers(1, 8)), join(numbers(2, 8)), join()];

  run(300);

  expect(other.ended).toMatchObject({ code: CloseCode.PROTOCOL_MISMATCH });
  expect(other.ended?.reason).toContain("different game schemas");
  expect(newer.ended?.code).toBe(CloseCode.PROTOCOL_MISMATCH);
  expect(same.phase).toBe("open");
});

test("a first message of 3 bytes that say nothing is 4001, and lanes before the first message are 4002", () => {
  const { links, run, told } = serve();
  const [garbled, early] = [links(), links()];
  const [garbledEnd, earlyEnd] = [new Connection(garbled), new Connection(early)];
  garbledEnd.sendHandshake(Uint8Array.of(0, 1, 2));
  early.send(packetWith(say(1)));

  run(100);
  garbledEnd.flush(100);
  run(200);

  expect(garbledEnd.ended?.code).toBe(CloseCode.BAD_MESSAGE);
  expect(earlyEnd.ended?.code).toBe(CloseCode.OUT_OF_ORDER);
  expect(told).toEqual([]);
});

test("the host's close comes with its code, and what the peer said behind it is not told", () => {
  const { told, join, run } = serve();
  const client = join();
  for (const number of [200, 101, 201]) client.send(say(number));

  run(300);

  expect(client.ended).toEqual({ code: 4_100, reason: "enough" });
  expect(told).toEqual(["1 opened", "1 said 200", "1 said 101", "1 ended with 4100"]);
});

test("a request is answered with a reply, one without an answer times out after 5 s, and the end settles the rest", async () => {
  const { join, run } = serve();
  const client = join();
  run(100);
  const reply = client.request(Double, 21);
  run(100);
  expect(client.takeMessages()).toEqual([]);
  const unanswered = client.request(Double, 149);
  run(5_100);
  const lost = client.request(Double, 149);
  client.close();

  const outcomes = await Promise.all([reply, unanswered, lost, client.request(Double, 1)]);

  expect(outcomes).toEqual([{ type: "reply", value: 42 }, { type: "timeout" }, { type: "closed" }, { type: "closed" }]);
});

test("a server that closes tells every channel why, after what was said, and takes no other", () => {
  const { channels, join, run } = serve();
  const client = join();
  run(200);

  client.send(say(100));
  run(60);
  channels.close("The server is stopped.");
  const late = join();
  run(200);

  expect(client.takeMessages()).toEqual([1]);
  expect(client.ended).toEqual({ code: CloseCode.GOING_AWAY, reason: "The server is stopped." });
  expect(late.ended?.code).toBe(CloseCode.GOING_AWAY);
});
