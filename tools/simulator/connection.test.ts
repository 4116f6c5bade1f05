import { expect, test } from "vitest";
import { CloseCode, Rng } from "#engine/shared";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { Lane } from "../../shared/engine/transport/lane.ts";
import { Lanes } from "../../shared/engine/transport/lanes.ts";
import { HANDSHAKE_LANE, PacketWriter, Part } from "../../shared/engine/transport/packet.ts";
import { linkNamed, type LinkConditions } from "./engine/link-conditions.ts";
import { VirtualNetwork } from "./engine/virtual-network.ts";

const TICK_MS = 50;
const SNAPSHOT = 8;

const bytes = (count: number, first = 200): Uint8Array => new Uint8Array(count).fill(first, 0, 1);

/** Two connections over a link, flushed every 50 ms, and what has arrived at the client. */
function connected(conditions: LinkConditions | number) {
  const network = new VirtualNetwork(3);
  const links = network.createLinks(conditions);
  const server = new Connection(links.server);
  const client = new Connection(links.client);
  const [serverLanes, clientLanes] = [new Lanes(), new Lanes()];
  server.open(serverLanes);
  client.open(clientLanes);
  server.begin();
  client.begin();
  const run = (ticks: number, onTick?: (nowMs: number) => void): void => {
    for (let i = 0; i < ticks; i++) {
      onTick?.(network.nowMs);
      server.flush(network.nowMs);
      network.advanceTo(network.nowMs + TICK_MS / 2);
      client.flush(network.nowMs);
      network.advanceTo(network.nowMs + TICK_MS / 2);
    }
  };
  run(4);
  return { network, links, server, client, serverLanes, clientLanes, run };
}

test("what is sent in a tick leaves in one packet: answer, control, snapshot and two events", () => {
  const { server, client, links, clientLanes, run } = connected(10);
  client.send(Lane.EVENT, bytes(3));
  run(1);
  const before = links.server.sent.length;

  server.send(Lane.EVENT, bytes(20, 40));
  server.send(Lane.EVENT, bytes(20, 41));
  server.sendLatest(bytes(300, SNAPSHOT));
  server.send(Lane.CONTROL, bytes(5, 99));
  run(1);

  expect(links.server.sent.length - before).toBe(1);
  expect(clientLanes.takeMessages().map(({ bytes: [opcode] }) => opcode)).toEqual([99, SNAPSHOT, 40, 41]);
});

test("answers are not answered: a quiet link carries a heartbeat a second each way, and an answer to each", () => {
  const { links, run } = connected(10);
  run(40);
  const before = [links.server.sent.length, links.client.sent.length];

  run(200);

  expect(links.server.sent.length - before[0]!).toBeGreaterThanOrEqual(10);
  expect(links.server.sent.length - before[0]!).toBeLessThanOrEqual(20);
  expect(links.client.sent.length - before[1]!).toBeLessThanOrEqual(20);
});

test("while answers are missing for 45 ms more than a round trip no snapshot may be written; events wait for them too", () => {
  const { server, links, network, clientLanes, run } = connected(linkNamed("8M/50")!);
  run(20, () => {
    server.sendLatest(bytes(300, SNAPSHOT));
  });
  clientLanes.takeMessages();

  links.client.freeze();
  const mayWrite: boolean[] = [];
  run(6, (nowMs) => {
    mayWrite.push(server.mayWriteLatest(nowMs, SNAPSHOT));
    if (server.mayWriteLatest(nowMs, SNAPSHOT)) server.sendLatest(bytes(300, SNAPSHOT));
  });
  const sentInStall = links.server.sent.length;
  server.send(Lane.EVENT, bytes(10));
  run(10);
  expect(mayWrite).toEqual([true, true, false, false, false, false]);
  expect(links.server.sent.length).toBe(sentInStall);

  links.client.thaw();
  run(4);
  expect(server.mayWriteLatest(network.nowMs, SNAPSHOT)).toBe(true);
  expect(clientLanes.takeMessages().filter(({ bytes: [opcode] }) => opcode === 200).length).toBe(1);
});

test("a message of a game on the realtime lane holds up no snapshot of the same tick; a second snapshot waits its turn", () => {
  const { server, network, clientLanes, run } = connected(10);
  server.sendLatest(bytes(10, 50));
  expect(server.mayWriteLatest(network.nowMs, SNAPSHOT)).toBe(true);
  server.sendLatest(bytes(300, SNAPSHOT));
  expect(server.mayWriteLatest(network.nowMs, SNAPSHOT)).toBe(false);
  run(1);

  expect(clientLanes.takeMessages().map(({ bytes: [opcode] }) => opcode)).toEqual([50, SNAPSHOT]);
  expect(server.mayWriteLatest(network.nowMs, SNAPSHOT)).toBe(true);
});

test("an event of 200 KB is cut, and holds up no snapshot by more than 10 ms on 8 Mbit/s", () => {
  const { server, links, network, clientLanes, run } = connected(linkNamed("8M/50")!);
  const sentAtMs: number[] = [];
  const latenciesMs: number[] = [];
  let large = 0;
  const look = (): void => {
    for (const { bytes: message } of clientLanes.takeMessages()) {
      if (message[0] === SNAPSHOT) latenciesMs.push(network.nowMs - sentAtMs[latenciesMs.length]!);
      else large += message.length;
    }
  };
  for (let ms = 0; ms < 3000; ms++) network.schedule(network.nowMs + ms, look);
  const offer = (nowMs: number): void => {
    sentAtMs.push(nowMs);
    server.sendLatest(bytes(300, SNAPSHOT));
  };
  run(10, offer);
  server.send(Lane.EVENT, bytes(200_000));
  run(30, offer);

  expect(large).toBe(200_000);
  expect(Math.max(...latenciesMs.slice(0, 10))).toBeLessThan(28);
  expect(Math.max(...latenciesMs.slice(10))).toBeLessThan(36);
  expect(links.server.kernelBytes).toBeLessThan(100_000);
});

test.each([
  ["control", Lane.CONTROL, 64 << 10],
  ["event", Lane.EVENT, 256 << 10],
] as const)(
  "the %s lane keeps what its peer has not answered up to its bound; a byte more closes it",
  (_, lane, bound) => {
    const { server, links, run } = connected(10);
    links.client.freeze();

    server.send(lane, bytes(bound / 2));
    server.send(lane, bytes(bound / 2));
    run(1);
    expect(server.ended).toBeUndefined();
    server.send(lane, bytes(1));

    expect(server.ended?.code).toBe(CloseCode.TOO_SLOW);
  },
);

test("a peer that answers nothing for 15 s is closed with 4007, one that answers after 14 s is not", () => {
  const [dead, slow] = [connected(10), connected(10)];
  for (const { server, links, run } of [dead, slow]) {
    links.client.freeze();
    server.send(Lane.EVENT, bytes(10));
    run((14 * 1000) / TICK_MS);
  }

  slow.links.client.thaw();
  for (const { run } of [dead, slow]) run((2 * 1000) / TICK_MS);

  expect(dead.server.ended?.code).toBe(CloseCode.NO_PROGRESS);
  expect(slow.server.ended).toBeUndefined();
});

test("2 MB of events arrive while a transfer is paused: nothing waits until what pauses has had its share", () => {
  const { server, client, serverLanes, run } = connected(10);
  const clientLanes = new Lanes(() => ({ write: () => true, end: () => undefined }));
  client.open(clientLanes);
  server.isBulkPaused = true;
  serverLanes.sendBulk({ name: "paused", size: 8_192, read: (_, count) => new Uint8Array(count) });
  let arrived = 0;

  run(400, () => {
    server.send(Lane.EVENT, bytes(5_000));
    arrived += clientLanes.takeMessages().length;
  });

  expect(server.ended).toBeUndefined();
  expect(arrived).toBeGreaterThan(390);
});

test("a transfer waits while it is paused, and goes on behind it", () => {
  const { server, serverLanes, client, run } = connected(linkNamed("8M/50")!);
  const blob = Uint8Array.from({ length: 300_000 }, (_, i) => i * 7);
  let arrived = 0;
  const sink = {
    write: (block: Uint8Array): boolean => {
      arrived += block.length;
      return true;
    },
    end: () => undefined,
  };
  const other = new Lanes(() => sink);
  client.open(other);
  const transfer = serverLanes.sendBulk({
    name: "blob",
    size: blob.length,
    read: (at, n) => blob.subarray(at, at + n),
  });
  run(6);
  server.isBulkPaused = true;
  run(2);
  const atPause = arrived;
  run(20);
  expect(atPause).toBeGreaterThan(0);
  expect(arrived).toBe(atPause);

  server.isBulkPaused = false;
  run(30);
  expect(arrived).toBe(300_000);
  expect(transfer.state).toBe("done");
});

test("by lane and packet the counters of one end say what those of the other do", () => {
  const { server, client, run } = connected(10);
  server.send(Lane.CONTROL, bytes(11));
  server.send(Lane.EVENT, bytes(22));
  server.send(Lane.BULK, bytes(33));
  server.sendLatest(bytes(44));
  run(4);

  expect([...server.counters.laneSentBytes]).toEqual([11, 44, 22, 33, 0]);
  expect(client.counters.laneReceivedBytes).toEqual(server.counters.laneSentBytes);
  expect(client.counters.receivedBytes).toBe(server.counters.sentBytes);
});

/** A server whose client is bare bytes. */
function bare(isOpen: boolean) {
  const network = new VirtualNetwork();
  const links = network.createLinks(0);
  const server = new Connection(links.server);
  if (isOpen) {
    server.open(new Lanes());
    server.begin();
  }
  network.advanceTo(1);
  const send = (write: (writer: PacketWriter) => void): void => {
    const writer = new PacketWriter();
    write(writer);
    links.client.send(writer.take().packet);
    network.advanceTo(network.nowMs + 1);
  };
  return { network, links, server, send };
}

const whole = (lane: number, payload: Uint8Array) => ({
  lane,
  part: Part.WHOLE,
  messageBytes: payload.length,
  payload,
});

test.each<[string, boolean, (writer: PacketWriter) => void, number | undefined]>([
  [
    "a Hello",
    false,
    (writer) => {
      writer.add(whole(HANDSHAKE_LANE, bytes(9)));
    },
    undefined,
  ],
  [
    "two of them",
    false,
    (writer) => {
      for (const n of [1, 2]) writer.add(whole(HANDSHAKE_LANE, bytes(n)));
    },
    CloseCode.OUT_OF_ORDER,
  ],
  [
    "an event before Hello",
    false,
    (writer) => {
      writer.add(whole(Lane.EVENT, bytes(9)));
    },
    CloseCode.OUT_OF_ORDER,
  ],
  [
    "an answer to what was never sent",
    true,
    (writer) => {
      writer.ack({ bytes: 1, holdMs: 0 });
    },
    CloseCode.BAD_MESSAGE,
  ],
  [
    "bytes of a transfer that is none",
    true,
    (writer) => {
      writer.add({ ...whole(Lane.STREAM, bytes(9)), part: Part.LAST });
    },
    CloseCode.BAD_MESSAGE,
  ],
  [
    "the beginning of a message of 1 MB",
    true,
    (writer) => {
      writer.add({ ...whole(Lane.EVENT, bytes(9)), part: Part.FIRST, messageBytes: 1 << 20 });
    },
    undefined,
  ],
  [
    "of one of a byte more",
    true,
    (writer) => {
      writer.add({ ...whole(Lane.EVENT, bytes(9)), part: Part.FIRST, messageBytes: (1 << 20) + 1 });
    },
    CloseCode.TOO_LARGE,
  ],
  [
    "4,096 heartbeats",
    true,
    (writer) => {
      for (let i = 0; i < 4096; i++) writer.add(whole(Lane.CONTROL, bytes(0)));
    },
    undefined,
  ],
  [
    "4,097 of them",
    true,
    (writer) => {
      for (let i = 0; i < 4097; i++) writer.add(whole(Lane.CONTROL, bytes(0)));
    },
    CloseCode.FLOOD,
  ],
])("%s: closed with %3$s", (_, isOpen, write, code) => {
  const { server, send } = bare(isOpen);

  send(write);

  expect(server.ended?.code).toBe(code);
});

test("a message that is begun and not gone on with for 15 s ends with 4001; one whose parts come every 14 s does not", () => {
  const [never, slow] = [bare(true), bare(true)];
  const part = (which: Part) => (writer: PacketWriter) => {
    writer.add({ ...whole(Lane.EVENT, bytes(9)), part: which, messageBytes: 27 });
  };
  const wait = ({ network, server }: ReturnType<typeof bare>, ms: number): void => {
    network.advanceTo(network.nowMs + ms);
    server.flush(network.nowMs);
  };
  for (const each of [never, slow]) each.send(part(Part.FIRST));
  for (const each of [never, slow]) wait(each, 14_000);
  slow.send(part(Part.MIDDLE));
  for (const each of [never, slow]) wait(each, 2_000);

  expect(never.server.ended?.code).toBe(CloseCode.BAD_MESSAGE);
  expect(slow.server.ended).toBeUndefined();
});

test("20,000 packets of chance to an open connection never throw; it ends, or what it holds stays below 2 MB", () => {
  const rng = new Rng(11);
  let ended = 0;
  for (let i = 0; i < 200; i++) {
    const { network, links, server } = bare(true);
    for (let packet = 0; packet < 100 && server.ended === undefined; packet++) {
      const garbage = Uint8Array.from({ length: 1 + rng.below(60) }, () => rng.below(rng.below(4) === 0 ? 256 : 34));
      links.client.send(garbage);
      network.advanceTo(network.nowMs + 1);
      server.flush(network.nowMs);
    }
    if (server.ended !== undefined) ended += 1;
  }
  expect(ended).toBeGreaterThan(150);
});
