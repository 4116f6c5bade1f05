import { Lane } from "../../shared/engine/transport/lane.ts";
import { Part, readPacket } from "../../shared/engine/transport/packet.ts";
import type { SessionWatcher, WatchedPacket } from "./engine/session-watcher.ts";

/** A snapshot that has arrived. */
export interface DeliveredSnapshot {
  readonly writtenAtMs: number;
  readonly deliveredAtMs: number;
}

interface WrittenSnapshot {
  readonly link: number;
  readonly atMs: number;
}

/** Every snapshot that a room writes for one player, over whichever link, in the order of writing. */
export class SnapshotLog implements SessionWatcher {
  /** When each was written, oldest first. */
  readonly writtenAtMs: number[] = [];
  /** In the order of delivery. */
  readonly delivered: DeliveredSnapshot[] = [];
  private readonly player: number;
  private underWay: WrittenSnapshot[] = [];

  /** `player`: by the order of joining, from 0. */
  constructor(player = 0) {
    this.player = player;
  }

  onPacketSent({ player, link, way, packet, atMs }: WatchedPacket): void {
    if (player !== this.player || way !== "down" || !hasSnapshot(packet, Part.FIRST)) return;
    this.writtenAtMs.push(atMs);
    this.underWay.push({ link, atMs });
  }

  onPacketReceived({ player, link, way, packet, atMs }: WatchedPacket): void {
    if (player !== this.player || way !== "down" || !hasSnapshot(packet, Part.LAST)) return;
    // What went over an earlier link, and is not here by now, never comes.
    this.underWay = this.underWay.filter((written) => written.link >= link);
    this.delivered.push({ writtenAtMs: this.underWay.shift()!.atMs, deliveredAtMs: atMs });
  }
}

/** Whether a snapshot begins, or ends, in a packet. */
function hasSnapshot(packet: Uint8Array, edge: Part): boolean {
  let isFound = false;
  readPacket(packet, {
    onAck: () => true,
    onFrame: ({ lane, part }) => {
      isFound ||= lane === Lane.REALTIME && (part === Part.WHOLE || part === edge);
      return true;
    },
  });
  return isFound;
}
