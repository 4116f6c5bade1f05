import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Room, type RoomOptions, TickLoop } from "#engine/server";
import type { GameTypes } from "#engine/shared";
import { nodeEventLoop } from "./event-loop.ts";
import { NODE_LIMITS } from "./limits.ts";
import { OpenSockets } from "./open-sockets.ts";
import { serveStaticFiles } from "./static-files.ts";
import { serveStatus, type ServerStatus } from "./status-page.ts";
import { startTicker } from "./ticker.ts";
import { listenForWebSockets } from "./websocket-listener.ts";

/** What a game server is made with. */
export interface GameServerOptions<Types extends GameTypes> {
  readonly room: Omit<RoomOptions<Types>, "randomBytes">;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Directory of the built page. */
  readonly staticDirectory: string;
}

/** A server that runs. */
export interface GameServer<Types extends GameTypes> {
  readonly room: Room<Types>;
  readonly port: number;
  status(): ServerStatus;
  /** Tells every player why, and resolves when all sockets are closed: within about a second. */
  close(reason: string): Promise<void>;
}

/** The page uses the first; the second lets a bot be given the server's bare address. */
const WEBSOCKET_PATHS = ["/ws", "/"];
const STATUS_PATH = "/status.json";

/** Page, status and WebSocket of one room on one port. Rejects when the port cannot be had. */
export async function startGameServer<Types extends GameTypes>(
  options: GameServerOptions<Types>,
): Promise<GameServer<Types>> {
  const nowMs = (): number => nodeEventLoop.nowMs();
  const room = new Room<Types>({ ...options.room, randomBytes });
  const { tickRate, protocol } = options.room.game;
  const server = createServer({
    headersTimeout: NODE_LIMITS.headersMs,
    requestTimeout: NODE_LIMITS.requestMs,
    connectionsCheckingInterval: NODE_LIMITS.checkMs,
  });
  const openSockets = new OpenSockets(server, NODE_LIMITS.headersMs);
  await listen(server, options.port, options.host);

  const advanceTick = (tickMs: number): void => {
    room.advanceTick(tickMs);
  };
  const loop = new TickLoop({ tickRate, nowMs, advanceTick });
  const status = (): ServerStatus => statusOf(room, loop, tickRate);
  server.on("request", answerRequests(options.staticDirectory, status));
  listenForWebSockets({
    server,
    paths: WEBSOCKET_PATHS,
    protocol,
    accept: (connection) => {
      room.accept(connection);
    },
  });
  const stopTicker = startTicker(loop, nowMs);
  const close = async (reason: string): Promise<void> => {
    stopTicker();
    room.close(reason);
    await closeServer(server, openSockets);
  };
  return { room, port: (server.address() as AddressInfo).port, status, close };
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

function answerRequests(staticDirectory: string, status: () => ServerStatus) {
  const serveFile = serveStaticFiles(staticDirectory);
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url === STATUS_PATH) {
      serveStatus(request, response, status());
      return;
    }
    serveFile(request, response, () => {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("There is nothing here.\n");
    });
  };
}

function statusOf<Types extends GameTypes>(room: Room<Types>, loop: TickLoop, tickRate: number): ServerStatus {
  const { workMs, latenessMs, droppedTicks } = loop.report();
  const profile = room.profileReport();
  return {
    players: room.playerCount,
    tick: room.tick,
    tickRate,
    tickWorkMs: workMs,
    tickLatenessMs: latenessMs,
    droppedTicks,
    lanes: room.laneReport(),
    replication: room.replicationReport(),
    ...(profile === undefined ? {} : { profile: { followed: profile, players: room.playerCosts() } }),
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
