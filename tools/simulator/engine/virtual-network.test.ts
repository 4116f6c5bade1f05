import { expect, test } from "vitest";
import { type LinkConditions, NAMED_LINKS } from "./link-conditions.ts";
import { type VirtualLink, VirtualNetwork } from "./virtual-network.ts";

const LINK: LinkConditions = { downMbit: 8, upMbit: 2, rttMs: 50 };

/** What an end is told, as lines: `20 packet 1 2`, `20 turn`, `20 close 1000 bye`. */
function logOf(network: VirtualNetwork, end: VirtualLink, onPacket?: () => void): string[] {
  const log: string[] = [];
  end.listen({
    onOpen: () => log.push(`${network.nowMs} open`),
    onPacket: (packet, receivedAtMs) => {
      log.push(`${receivedAtMs} packet ${packet.slice(0, 2).join(" ")}`);
      onPacket?.();
    },
    onTurn: (nowMs) => log.push(`${nowMs} turn`),
    onClose: (code, reason) => log.push(`${network.nowMs} close ${code} ${reason}`),
  });
  return log;
}

/** Two ends and what they are told, from before they open. */
function meet(conditions: LinkConditions | number, seed = 1) {
  const network = new VirtualNetwork(seed);
  const { client, server } = network.createLinks(conditions);
  return { network, client, server, clientLog: logOf(network, client), serverLog: logOf(network, server) };
}

test("a link with a delay of 0.1 opens, carries and closes in exactly that, and with 0 at once", () => {
  for (const delayMs of [0.1, 0]) {
    const { network, client, server, clientLog, serverLog } = meet(delayMs);
    network.advanceTo(1);
    client.send(Uint8Array.of(7));
    network.advanceTo(2);
    server.close(4000, "bye");
    network.advanceTo(3);

    const at = (ms: number): number => ms + delayMs;
    expect(serverLog).toEqual(["0 open", `${at(1)} packet 7`, `${at(1)} turn`, `${at(2)} close 4000 bye`]);
    expect(clientLog).toEqual([`${at(0)} open`, `${at(2)} close 4000 bye`]);
  }
});

test("a packet of 1000 bytes takes 1.044 ms down 8 Mbit/s, and 4.192 ms up 2 Mbit/s with its mask", () => {
  const { network, client, server, clientLog, serverLog } = meet(LINK);
  network.advanceTo(100);

  server.send(new Uint8Array(1000));
  client.send(new Uint8Array(1000));
  network.advanceTo(200);

  expect(clientLog[1]).toBe("126.044 packet 0 0");
  expect(serverLog[1]).toBe("129.192 packet 0 0");
  expect([server.carriedBytes, client.carriedBytes]).toEqual([1044, 1048]);
});

test("packets that come at the same moment are one turn; what comes later is another", () => {
  const { network, server, clientLog } = meet(10);
  network.advanceTo(20);
  for (const byte of [1, 2, 3]) server.send(Uint8Array.of(byte));
  network.advanceTo(25);
  server.send(Uint8Array.of(4));
  network.advanceTo(100);

  expect(clientLog.slice(1)).toEqual([
    "30 packet 1",
    "30 packet 2",
    "30 packet 3",
    "30 turn",
    "35 packet 4",
    "35 turn",
  ]);
});

test("what is sent before the link opens leaves when it does; what is sent after a close does not", () => {
  const { network, client, server, clientLog, serverLog } = meet(10);

  client.send(Uint8Array.of(1));
  server.send(Uint8Array.of(2));
  server.close(1000, "");
  server.send(Uint8Array.of(3));
  network.advanceTo(100);

  expect(clientLog).toEqual(["10 open", "10 packet 2", "10 close 1000 "]);
  expect(serverLog).toEqual(["10 close 1000 "]);
});

test("a packet is what it was when it was sent, and the receiver's own", () => {
  const { network, client, server } = meet(0);
  const received: Uint8Array[] = [];
  client.listen({
    onOpen: () => undefined,
    onPacket: (packet) => received.push(packet),
    onTurn: () => undefined,
    onClose: () => undefined,
  });
  const packet = Uint8Array.of(1);

  server.send(packet);
  packet[0] = 2;
  network.advanceTo(1);

  expect(received).toEqual([Uint8Array.of(1)]);
  expect(server.sent).toEqual([Uint8Array.of(1)]);
});

test("stuck bytes are buffered bytes, beside those the kernel does not take", () => {
  const { network, server } = meet(LINK);
  network.advanceTo(1);
  server.stuckBytes = 7;
  expect(server.bufferedBytes).toBe(7);

  server.send(new Uint8Array(1_000_000));
  expect([server.kernelBytes, server.bufferedBytes]).toEqual([160_000, 840_000 + 10 + 7]);
});

test("a reset tells both ends 1006 at its moment, and what is on its way is lost", () => {
  const { network, server, clientLog, serverLog } = meet({ ...LINK, resets: [1000, 3000] });
  network.advanceTo(980);
  server.send(Uint8Array.of(1));
  network.advanceTo(5000);

  expect(clientLog).toEqual(["25 open", "1000 close 1006 "]);
  expect(serverLog).toEqual(["0 open", "1000 close 1006 "]);
  expect(server.bufferedBytes).toBe(0);

  network.createLinks({ ...LINK, resets: [1000] });
});

test("a link that is cut before it opens never opens", () => {
  const { network, client, clientLog, serverLog } = meet(LINK);

  client.cut();
  network.advanceTo(100);

  expect([...clientLog, ...serverLog]).toEqual(["0 close 1006 ", "0 close 1006 "]);
});

test("a frozen process is told nothing; when it thaws, all it has missed at once, and nothing behind the close", () => {
  const { network, client, server, clientLog } = meet(LINK);
  network.advanceTo(100);
  client.freeze();
  client.send(Uint8Array.of(9));
  for (const byte of [1, 2]) server.send(Uint8Array.of(byte));
  server.close(1001, "gone");
  network.advanceTo(500);
  expect(clientLog).toEqual(["25 open"]);
  expect([client.unreadBytes, client.bufferedBytes]).toEqual([3 + 3 + 8, 7]);

  client.thaw();
  network.advanceTo(1000);

  expect(clientLog.slice(1)).toEqual(["500 packet 1", "500 packet 2", "500 close 1001 gone"]);
});

test("a process that is frozen when its link is cut, or opens, hears of it when it thaws", () => {
  const { network, client, server, clientLog, serverLog } = meet(LINK);
  client.freeze();
  network.advanceTo(100);
  server.cut();
  network.advanceTo(200);
  client.thaw();
  network.advanceTo(300);

  expect(clientLog).toEqual(["200 open", "200 close 1006 "]);
  expect(serverLog).toEqual(["0 open", "100 close 1006 "]);
});

test("a link made in the dark opens 1, 3, 7 s later, with the first asking that passes", () => {
  const { network, client, clientLog, serverLog } = meet({ ...LINK, outages: [{ atMs: 0, lastsMs: 2000 }] });
  client.send(Uint8Array.of(1));
  network.advanceTo(10_000);

  expect(clientLog).toEqual(["3025 open"]);
  expect(serverLog).toEqual(["3000 open", "3050.188 packet 1", "3050.188 turn"]);
});

test("a link that is dark for ever does not close by itself", () => {
  const { network, server, clientLog } = meet({ ...LINK, outages: [{ atMs: 100, lastsMs: Infinity }] });
  network.advanceTo(100);
  server.send(Uint8Array.of(1));
  network.advanceTo(3_600_000);

  expect(clientLog).toEqual(["25 open"]);
  expect(server.kernelBytes).toBe(3);
});

test("timers run in order of time, then of asking; one that is called off does not; one in the past runs next", () => {
  const network = new VirtualNetwork();
  const ran: string[] = [];
  const note = (name: string) => () => ran.push(`${network.nowMs} ${name}`);
  network.schedule(20, note("c"));
  network.schedule(10, note("a"));
  const callOff = network.schedule(10, note("b"));
  network.schedule(10, () => network.schedule(5, note("d")));

  callOff();
  network.advanceTo(19.9);
  expect(ran).toEqual(["10 a", "10 d"]);

  network.advanceTo(20);
  network.advanceTo(15);
  expect([...ran, network.nowMs]).toEqual(["10 a", "10 d", "20 c", 20]);
});

test("a link that cannot be is refused with what to write", () => {
  const network = new VirtualNetwork();

  expect(() => network.createLinks(-1)).toThrow("No such link: times are finite and not negative.");
  expect(() => network.createLinks(0)).not.toThrow();
});

/** What both ends hear in 60 s of a bad link: 20 packets a second down and 30 up, and `extra` more up. */
function stormLog(seed: number, extra: number): { down: string[]; up: string[] } {
  const { network, client, server, clientLog, serverLog } = meet(NAMED_LINKS["wifi-bad"]!, seed);
  for (let i = 1; i < 1200; i++)
    network.schedule(i * 50, () => {
      server.send(new Uint8Array(300));
    });
  for (let i = 1; i < 1800 + extra; i++)
    network.schedule(i * 33, () => {
      client.send(new Uint8Array(30));
    });
  network.advanceTo(60_000);
  return { down: clientLog, up: serverLog };
}

test("two runs of a seed are the same; another seed is another; more packets up change nothing down", () => {
  const first = stormLog(1, 0);

  expect(stormLog(1, 0)).toEqual(first);
  expect(stormLog(2, 0).down).not.toEqual(first.down);
  expect(stormLog(1, 100).down).toEqual(first.down);
  expect(stormLog(1, 100).up.length).toBeGreaterThan(first.up.length);
});

test("60 s of a full link of 25 Mbit/s, 128 000 segments, take a second of real time at most", () => {
  const { network, server, clientLog } = meet(NAMED_LINKS["25M/50"]!);
  const chunk = new Uint8Array(16_000);
  const refill = (): void => {
    while (server.bufferedBytes === 0) server.send(chunk);
    network.schedule(network.nowMs + 20, refill);
  };
  network.schedule(30, refill);

  const startMs = performance.now();
  network.advanceTo(60_000);

  expect(server.carriedBytes).toBeGreaterThan(0.99 * 60 * 3_125_000);
  expect(clientLog.length).toBeGreaterThan(10_000);
  expect(performance.now() - startMs).toBeLessThan(1000);
});

test("links that share a bottleneck wait behind each other; links of their own do not", () => {
  const network = new VirtualNetwork();
  const [bulk, other] = network.createSharedLinks(LINK, 2);
  const alone = network.createLinks(LINK);
  const arrivals = [other!, alone].map(({ client }) => arrivalsAt(network, client));
  network.advanceTo(100);

  bulk!.server.send(new Uint8Array(14_000));
  other!.server.send(new Uint8Array(1));
  alone.server.send(new Uint8Array(1));
  network.advanceTo(1000);

  expect(arrivals).toEqual([[expect.closeTo(100 + 25 + 14.45, 1)], [expect.closeTo(100 + 25, 1)]]);
  expect(bulk!.client.receivedBytes).toBe(14_000 + 4);
});

/** When packets arrive. */
function arrivalsAt(network: VirtualNetwork, link: VirtualLink): number[] {
  const arrivals: number[] = [];
  link.listen({
    onOpen: () => undefined,
    onPacket: () => arrivals.push(network.nowMs),
    onTurn: () => undefined,
    onClose: () => undefined,
  });
  return arrivals;
}
