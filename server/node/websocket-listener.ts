import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { Connection, negotiateSubprotocol, type Versioned, WebSocketLink } from "#engine/shared";
import { nodeEventLoop } from "./event-loop.ts";
import { keepAlive } from "./keep-alive.ts";
import { NODE_LIMITS } from "./limits.ts";

/** RFC 6455, section 7.4.1. */
const PROTOCOL_ERROR = 1002;
/** How long `ws` waits for the answer to a close frame; its type definitions do not know the option yet. */
const CLOSE_TIMEOUT = { closeTimeout: NODE_LIMITS.closeMs };

/** What a listener needs: where to listen, what is spoken, and who takes a connection. */
export interface WebSocketListenerOptions {
  readonly server: Server;
  /** Paths of the WebSocket. */
  readonly paths: readonly string[];
  readonly protocol: Versioned;
  readonly accept: (connection: Connection) => void;
}

/**
 * Turns WebSockets into connections, after agreeing on a protocol version.
 *
 * Compression is off: it would queue small messages behind a large one that is being deflated, and cost some
 * 200 KB a connection.
 */
export function listenForWebSockets(options: WebSocketListenerOptions): void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: NODE_LIMITS.messageBytesMax,
    maxFragments: NODE_LIMITS.fragmentsMax,
    ...CLOSE_TIMEOUT,
    handleProtocols: (offered) => negotiateSubprotocol(offered, options.protocol).selected ?? false,
  });
  options.server.once("close", keepAlive(sockets, NODE_LIMITS.pingMs));
  options.server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!options.paths.includes(pathOf(request))) {
      refuse(stream, `The WebSocket is at ${options.paths[0] ?? ""}\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      take(socket, request, options);
    });
  });
}

/** Node has let go of an upgraded stream: without a listener of ours its errors would end the program. */
function refuse(stream: Duplex, text: string): void {
  stream.on("error", () => stream.destroy());
  stream.end(`HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n${text}`, () => stream.destroy());
}

function take(socket: WebSocket, request: IncomingMessage, options: WebSocketListenerOptions): void {
  const link = new WebSocketLink(socket, nodeEventLoop);
  const connection = new Connection(link);
  socket.on("error", (error: NodeJS.ErrnoException) => {
    // Frames that break the WebSocket's own rules: `ws` tells the peer which; to us the connection is over for good.
    if (error.code?.startsWith("WS_ERR_") === true) connection.close(PROTOCOL_ERROR, "");
  });
  const { refusal } = negotiateSubprotocol(offeredBy(request), options.protocol);
  if (refusal === undefined) options.accept(connection);
  else connection.close(refusal.code, refusal.reason);
}

function offeredBy(request: IncomingMessage): string[] {
  const header = request.headers["sec-websocket-protocol"] ?? "";
  return header.split(",").map((name) => name.trim());
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}
