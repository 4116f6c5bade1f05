import { type EventLoop, type Link, offeredSubprotocols, type Versioned, WebSocketLink } from "#engine/shared";

/** A link over a WebSocket of the page. `onArrival` is called in a hidden tab, once the link has heard of what happened. */
export function openPageSocket(url: string, protocol: Versioned, eventLoop: EventLoop, onArrival: () => void): Link {
  const socket = new WebSocket(url, offeredSubprotocols(protocol));
  socket.binaryType = "arraybuffer";
  for (const event of ["open", "message", "close"]) {
    socket.addEventListener(event, () => {
      if (document.hidden) eventLoop.defer(onArrival);
    });
  }
  return new WebSocketLink(socket, eventLoop);
}
