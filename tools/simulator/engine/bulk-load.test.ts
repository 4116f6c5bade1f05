import { expect, test } from "vitest";
import { Connection } from "../../../shared/engine/transport/connection.ts";
import { Lanes } from "../../../shared/engine/transport/lanes.ts";
import { BulkLoad } from "./bulk-load.ts";
import { VirtualNetwork } from "./virtual-network.ts";

/** Transfers of 400 KB from 100 ms on, over 8 Mbit/s and 50 ms. */
function loadUntil(untilMs: number): { load: BulkLoad; wireBytes: number } {
  const network = new VirtualNetwork(1);
  const { client, server } = network.createLinks({ downMbit: 8, upMbit: 8, rttMs: 50 });
  const load = new BulkLoad(network, 400_000);
  const sender = new Lanes();
  const ends = [new Connection(server), new Connection(client)] as const;
  ends[0].open(sender);
  ends[1].open(new Lanes((offer) => load.receive(offer)));
  for (const end of ends) end.begin();
  for (let nowMs = 0; nowMs <= untilMs; nowMs += 10) {
    network.advanceTo(nowMs);
    if (nowMs >= 100) load.keepUp((source) => sender.sendBulk(source));
    for (const end of ends) end.flush(nowMs);
  }
  return { load, wireBytes: client.receivedBytes };
}

test("bulk is under way all the time: many transfers in 10 s come to the rate of one that does not end", () => {
  const { load, wireBytes } = loadUntil(10_000);

  const wireMbit = (8 * wireBytes) / 9_900 / 1_000;
  expect(load.mbit).toBeGreaterThan(5);
  expect(load.mbit / wireMbit).toBeGreaterThan(0.97);
  expect(load.mbit / wireMbit).toBeLessThan(1);
});

test("a block takes half a round trip and its time on the wire at least, and there is a latency for each", () => {
  const { load } = loadUntil(5_000);

  expect(Math.min(...load.latenciesMs)).toBeGreaterThan(25);
  expect(load.latenciesMs.length).toBeGreaterThan((load.mbit * 4_900 * 1_000) / 8 / 4096 - 2);
});

test("before it has begun its rate is 0, and transfers of somebody else are nothing to it", () => {
  const load = new BulkLoad(new VirtualNetwork(), 1_000);

  expect(load.mbit).toBe(0);
  expect(load.receive({ name: "map", size: 5 })).toBeUndefined();
});
