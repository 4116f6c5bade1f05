import { WebSocket } from "ws";
import { type Link, offeredSubprotocols, type Versioned, WebSocketLink } from "#engine/shared";
import { nodeEventLoop } from "./event-loop.ts";
import { NODE_LIMITS } from "./limits.ts";

/** A link from this program to a server, over a WebSocket that is still opening. `url`: `ws://` or `wss://`. */
export function openClientSocket(url: string, protocol: Versioned): Link {
  const socket = new WebSocket(url, offeredSubprotocols(protocol), {
    perMessageDeflate: false,
    maxPayload: NODE_LIMITS.messageBytesMax,
    handshakeTimeout: NODE_LIMITS.openMs,
  });
  return new WebSocketLink(socket, nodeEventLoop);
}
