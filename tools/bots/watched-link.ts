import type { Link } from "#engine/shared";

/** A link that also tells somebody else of each packet it receives, after its owner. */
export function watchedLink(link: Link, onPacket: (packet: Uint8Array, receivedAtMs: number) => void): Link {
  return {
    get bufferedBytes() {
      return link.bufferedBytes;
    },
    send: (packet) => {
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
          events.onPacket(packet, receivedAtMs);
          onPacket(packet, receivedAtMs);
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
