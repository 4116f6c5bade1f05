import type { Link } from "../transport/link.ts";

/** A link that also tells somebody else of each packet: of those received after its owner, of those sent before they leave. */
export function watchedLink(
  link: Link,
  onReceived: (packet: Uint8Array, receivedAtMs: number) => void,
  onSent: (packet: Uint8Array) => void = () => undefined,
): Link {
  return {
    get bufferedBytes() {
      return link.bufferedBytes;
    },
    send: (packet) => {
      onSent(packet);
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
          onReceived(packet, receivedAtMs);
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
