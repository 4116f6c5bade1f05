import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection, Versioned } from "#engine/shared";
import { NODE_LIMITS } from "./limits.ts";
import { OpenSockets } from "./open-sockets.ts";
import { serveStaticFiles } from "./static-files.ts";
import { listenForWebSockets } from "./websocket-listener.ts";

/** What a page and its WebSocket are served with. */
export interface WebServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Directory of the built page; undefined: none is served. */
  readonly staticDirectory: string | undefined;
  readonly protocol: Versioned;
  /** Takes a connection of which nothing was read yet. */
  readonly accept: (connection: Connection) => void;
  /** Answers what is no file of the page, and then says true. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** A web server that runs. */
export interface WebServer {
  readonly port: number;
  /** Waits until the peers have answered to the end of their connections, and cuts them off after a second. */
  close(): Promise<void>;
}

/** The page uses the first; the second lets a bot be given the server's bare address. */
const WEBSOCKET_PATHS = ["/ws", "/"];

/** Page and WebSocket on one port. Rejects when the port cannot be had. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { port, host, protocol, accept } = options;
  const answer = answerRequests(options);
  const server = createServer({
    headersTimeout: NODE_LIMITS.headersMs,
    requestTimeout: NODE_LIMITS.requestMs,
    connectionsCheckingInterval: NODE_LIMITS.checkMs,
  });
  const openSockets = new OpenSockets(server, NODE_LIMITS.headersMs);
  await listen(server, port, host);
  server.on("request", answer);
  listenForWebSockets({ server, paths: WEBSOCKET_PATHS, protocol, accept });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server, openSockets) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function answerRequests({ staticDirectory, answer }: WebServerOptions) {
  const refuse = (response: ServerResponse): void => {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("There is nothing here.\n");
  };
  const serveFile = staticDirectory === undefined ? undefined : serveStaticFiles(staticDirectory);
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (answer?.(request, response) === true) return;
    if (serveFile === undefined) refuse(response);
    else
      serveFile(request, response, () => {
        refuse(response);
      });
  };
}

/** Waits for the peers' close frames, but not for ever. */
function closeServer(server: Server, openSockets: OpenSockets): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      openSockets.cut();
    }, NODE_LIMITS.closeMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}
