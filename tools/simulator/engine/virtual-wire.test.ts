import { expect, test } from "vitest";
import type { LinkConditions } from "./link-conditions.ts";
import { VirtualNetwork } from "./virtual-network.ts";
import { VirtualPath } from "./virtual-path.ts";
import { RECEIVE_BUFFER_BYTES_MAX, SEND_BUFFER_BYTES_MAX, VirtualWire } from "./virtual-wire.ts";

/** A wire of 8 Mbit/s and 50 ms there and back, and when each message of `bytes` arrived. */
function wireWith(conditions: Partial<LinkConditions> = {}): {
  network: VirtualNetwork;
  wire: VirtualWire;
  arrivals: number[];
  write: (bytes: number) => void;
} {
  const link = { downMbit: 8, upMbit: 8, rttMs: 50, ...conditions };
  const network = new VirtualNetwork();
  const path = new VirtualPath({ conditions: link, mbit: link.downMbit, jitterSeed: 1, stallSeed: 2 });
  const wire = new VirtualWire(network, path, { rttMs: link.rttMs, pathBytes: link.downMbit * 125 * 250 });
  const arrivals: number[] = [];
  const write = (bytes: number): void => {
    wire.write(bytes, () => arrivals.push(network.nowMs));
  };
  return { network, wire, arrivals, write };
}

test("a message of 1460 bytes comes after 26.5 ms; one of 2000 is told when its second segment has come", () => {
  const { network, arrivals, write } = wireWith();

  write(1460);
  write(2000);
  network.advanceTo(1000);

  expect(arrivals).toEqual([26.5, 26.5 + 1.5 + 0.58]);
});

test("10 segments leave at once, and with each that is acknowledged two more: slow start", () => {
  const { network, arrivals, write } = wireWith();

  for (let i = 0; i < 40; i++) write(1460);
  network.advanceTo(1000);

  expect(arrivals.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => 26.5 + 1.5 * i));
  expect(arrivals.slice(10, 30)).toEqual(Array.from({ length: 20 }, (_, i) => 78 + 1.5 * i));
});

test("8 Mbit/s are 8 Mbit/s, with headers: 4 MB take 4110 ms and the first round trips", () => {
  const { network, wire, arrivals, write } = wireWith();

  for (let i = 0; i < 40; i++) write(100_000);
  network.advanceTo(10_000);

  expect(wire.carriedBytes).toBe(4_000_000 + Math.ceil(4_000_000 / 1460) * 40);
  expect(arrivals.at(-1)! - wire.carriedBytes / 1000).toBeGreaterThan(25);
  expect(arrivals.at(-1)! - wire.carriedBytes / 1000).toBeLessThan(25 + 2 * 50);
});

test("the kernel takes 160 kB at first, the rest is buffered; it goes on when a third of the kernel's buffer is free", () => {
  const { network, wire, arrivals, write } = wireWith({ downMbit: 1 });
  write(160_000);
  expect([wire.kernelBytes, wire.bufferedBytes]).toEqual([160_000, 0]);

  write(1000);
  const seen: [number, number][] = [];
  while (wire.bufferedBytes > 0) {
    seen.push([wire.kernelBytes, wire.bufferedBytes]);
    network.advanceTo(network.nowMs + 0.5);
  }

  expect(seen.every(([kernel, buffered]) => kernel > (2 / 3) * 160_000 && buffered === 1000)).toBe(true);
  expect(wire.kernelBytes).toBeLessThanOrEqual((2 / 3) * 160_000 + 1000);
  network.advanceTo(5000);
  expect(arrivals.length).toBe(2);
  expect([wire.kernelBytes, wire.queuedBytes]).toEqual([0, 0]);
});

test.each([
  [1, 160_000],
  [8, 800_000],
  [25, 1_500_000],
])("at %i Mbit/s the kernel takes up to %i bytes, 3.2 windows, and is never a third below that", (mbit, bytes) => {
  const { network, wire, write } = wireWith({ downMbit: mbit });

  write(20_000_000);
  network.advanceTo(2000);
  const seen: number[] = [];
  while (network.nowMs < 4000) {
    seen.push(wire.kernelBytes);
    network.advanceTo(network.nowMs + 1);
  }

  expect(Math.max(...seen)).toBeGreaterThan(0.98 * bytes);
  expect(Math.max(...seen)).toBeLessThanOrEqual(bytes);
  expect(Math.min(...seen)).toBeGreaterThan(0.65 * bytes);
});

test("path and bottleneck hold 250 ms of bytes, of which 200 ms wait; the rest stays in the sender", () => {
  const { network, wire, write } = wireWith();

  write(SEND_BUFFER_BYTES_MAX);
  network.advanceTo(500);

  expect(wire.queuedBytes).toBeGreaterThan(190_000);
  expect(wire.queuedBytes).toBeLessThan(215_000);
});

test("a reader that is stopped takes 3 MiB; then the sender's kernel fills, then its process; nothing is lost", () => {
  const { network, wire, arrivals, write } = wireWith();
  wire.freezeReader();

  for (let i = 0; i < 500; i++) write(10_000);
  network.advanceTo(60_000);
  const { unreadBytes, kernelBytes, bufferedBytes } = wire;
  wire.thawReader();
  const atOnce = arrivals.length;
  network.advanceTo(120_000);

  expect(arrivals.length).toBe(500);
  expect(atOnce).toBe(Math.floor(unreadBytes / 10_000));
  expect(RECEIVE_BUFFER_BYTES_MAX - unreadBytes).toBeLessThan(1460);
  expect(kernelBytes).toBeGreaterThan((2 / 3) * 800_000);
  expect(unreadBytes + kernelBytes + bufferedBytes).toBe(5_000_000);
});

test("a writer that is stopped gives its kernel nothing, and what the kernel has goes on", () => {
  const { network, wire, arrivals, write } = wireWith();
  write(1000);
  wire.freezeWriter();
  write(1000);
  network.advanceTo(1000);

  expect([wire.bufferedBytes, wire.kernelBytes, arrivals.length]).toEqual([1000, 0, 1]);

  wire.thawWriter();
  network.advanceTo(2000);
  expect([wire.bufferedBytes, arrivals.at(-1)]).toEqual([0, 1026.04]);
});

test("an outage of 2.1 s ends for a sender with the first retransmission behind it: 4096 ms after the loss", () => {
  const { network, wire, arrivals, write } = wireWith({ outages: [{ atMs: 1000, lastsMs: 2100 }] });

  network.advanceTo(1000);
  write(1000);
  network.advanceTo(1500);
  write(1000);
  network.advanceTo(10_000);

  // Lost at 1000 and again at 1256; lost at 1512, 2024 and 3048 with what has joined it; at 5096 it passes, then the rest.
  expect(arrivals).toEqual([5096 + 1.5 + 25, 5096 + 51.5 + 0.58 + 25]);
  expect(wire.carriedBytes).toBe(2 * 1040 + 4 * 1500 + 580);
});

test("when only the word of the arrival is lost, the message comes once, and the sender asks again", () => {
  const { network, wire, arrivals, write } = wireWith({ outages: [{ atMs: 30, lastsMs: 100 }] });

  write(1000);
  network.advanceTo(200);
  expect([arrivals, wire.kernelBytes]).toEqual([[26.04], 1000]);

  network.advanceTo(1000);
  expect([arrivals, wire.kernelBytes]).toEqual([[26.04], 0]);
});

test("an outage of 10 ms that takes one acknowledgement is not noticed: the next one says it all", () => {
  const { network, wire, arrivals, write } = wireWith({ outages: [{ atMs: 30, lastsMs: 1 }] });

  write(1000);
  network.advanceTo(31);
  write(1000);
  network.advanceTo(1000);

  expect(arrivals).toEqual([26.04, 57.04]);
  expect(wire.carriedBytes).toBe(2080);
});

test("a reader that reads again in the dark is heard after it: the rest of 5 MB arrives", () => {
  const { network, wire, arrivals, write } = wireWith({ outages: [{ atMs: 50_000, lastsMs: 10_000 }] });
  wire.freezeReader();
  for (let i = 0; i < 500; i++) write(10_000);

  network.advanceTo(55_000);
  wire.thawReader();
  network.advanceTo(59_999);
  expect(arrivals.length).toBeLessThan(500);

  network.advanceTo(70_000);
  expect(arrivals.length).toBe(500);
});

test("a torn wire carries nothing, holds nothing and asks for no time", () => {
  const { network, wire, arrivals, write } = wireWith();
  write(SEND_BUFFER_BYTES_MAX + 1000);
  network.advanceTo(20);

  wire.tear();
  write(1000);
  network.advanceTo(1000);

  expect(arrivals).toEqual([]);
  expect([wire.bufferedBytes, wire.kernelBytes, wire.queuedBytes, wire.unreadBytes]).toEqual([0, 0, 0, 0]);
});
