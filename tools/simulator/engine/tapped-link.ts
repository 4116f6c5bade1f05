import type { Link } from "#engine/shared";

/** Who is told of the packets of a link's end, each before its owner acts on it. */
export interface LinkTap {
  onSend(packet: Uint8Array): void;
  onPacket(packet: Uint8Array): void;
}

/** A link that also tells somebody else of each packet that it sends and receives. */
export function tappedLink(link: Link, tap: LinkTap): Link {
  return {
    get bufferedBytes() {
      return link.bufferedBytes;
    },
    send: (packet) => {
      tap.onSend(packet);
      link.send(packet);
    },
    close: (code, reason) => {
      link.close(code, reason);
    },
    listen: (events) => {
      link.listen({
        onOpen: () => {
          events.onOpen();
        },
        onPacket: (packet, receivedAtMs) => {
          tap.onPacket(packet);
          events.onPacket(packet, receivedAtMs);
        },
        onTurn: (nowMs) => {
          events.onTurn(nowMs);
        },
        onClose: (code, reason) => {
          events.onClose(code, reason);
        },
      });
    },
  };
}
