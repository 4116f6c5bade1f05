import type { Link, LinkEvents } from "#engine/shared";
import type { Receiver } from "../contender.ts";

/** The first byte of a packet says what the others are. */
const Mark = { SNAPSHOT: 0, BULK: 1 } as const;

export function snapshotPacket(snapshot: Uint8Array): Uint8Array {
  return markedPacket(Mark.SNAPSHOT, snapshot);
}

export function bulkPacket(bytes: Uint8Array): Uint8Array {
  return markedPacket(Mark.BULK, bytes);
}

/** What arrives over `links` is told to `receiver`, each packet as it comes. */
export function receiveMarked(links: readonly Link[], receiver: Receiver): void {
  for (const link of links) {
    link.listen({
      ...SILENT,
      onPacket: (packet, atMs) => {
        if (packet[0] === Mark.SNAPSHOT) receiver.onSnapshot(packet.subarray(1), atMs);
        else receiver.onBulk(packet.subarray(1), atMs);
      },
    });
  }
}

/** The sender's end of a contender whose receiver never answers. */
export function listenToNothing(links: readonly Link[]): void {
  for (const link of links) link.listen(SILENT);
}

const SILENT: LinkEvents = {
  onOpen: () => undefined,
  onPacket: () => undefined,
  onTurn: () => undefined,
  onClose: () => undefined,
};

function markedPacket(mark: number, bytes: Uint8Array): Uint8Array {
  const packet = new Uint8Array(1 + bytes.length);
  packet[0] = mark;
  packet.set(bytes, 1);
  return packet;
}
