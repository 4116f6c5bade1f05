import { expect, test } from "vitest";
import type { WatchedPacket } from "../session-watcher.ts";
import { PacketLog } from "./packet-log.ts";

const SENT: WatchedPacket = { player: 1, link: 0, way: "up", packet: Uint8Array.of(1, 2, 3), atMs: 20 };

function hashOf(...packets: readonly WatchedPacket[]): number {
  const log = new PacketLog();
  for (const packet of packets) log.onPacketSent(packet);
  return log.hash;
}

test("the same packets in the same order have the same hash, wherever they lie in memory", () => {
  const elsewhere = Uint8Array.of(9, 1, 2, 3).subarray(1);

  expect(hashOf(SENT, { ...SENT, packet: elsewhere })).toBe(hashOf(SENT, SENT));
  expect(hashOf(SENT, SENT)).not.toBe(hashOf(SENT));
});

test.each([
  { ...SENT, player: 2 },
  { ...SENT, link: 1 },
  { ...SENT, way: "down" } as const,
  { ...SENT, packet: Uint8Array.of(1, 2, 4) },
  { ...SENT, packet: Uint8Array.of(1, 2, 3, 0) },
  { ...SENT, packet: Uint8Array.of(1, 2, 3, 4, 5) },
  { ...SENT, atMs: 20.000001 },
])("another packet is another hash: %o", (other) => {
  expect(hashOf(other)).not.toBe(hashOf(SENT));
});

test("when a packet arrives counts too, and it is one packet", () => {
  const [early, late] = [new PacketLog(), new PacketLog()];
  early.onPacketSent(SENT);
  early.onPacketReceived({ ...SENT, atMs: 30 });
  late.onPacketSent(SENT);
  late.onPacketReceived({ ...SENT, atMs: 31 });

  expect(early.hash).not.toBe(late.hash);
  expect([early.packets, late.packets]).toEqual([1, 1]);
});
