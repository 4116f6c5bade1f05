import { expect, test } from "vitest";
import type { WatchedPacket } from "../session-watcher.ts";
import { PacketLog } from "./packet-log.ts";

const SENT: WatchedPacket = { player: 1, link: 0, way: "up", packet: Uint8Array.of(1, 2, 3), atMs: 20 };

function hashOf(...packets: readonly WatchedPacket[]): number {
  const log = new PacketLog();
  for (const packet of packets) log.onPacketSent(packet);
  return log.hash;
}

test("the same packets in the same order have the same hash, and it is FNV-1a's", () => {
  expect(hashOf()).toBe(0x811c9dc5);
  expect(hashOf(SENT, SENT)).toBe(hashOf(SENT, SENT));
});

test.each([
  { ...SENT, player: 2 },
  { ...SENT, link: 1 },
  { ...SENT, way: "down" } as const,
  { ...SENT, packet: Uint8Array.of(1, 2, 4) },
  { ...SENT, packet: Uint8Array.of(1, 2, 3, 0) },
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
