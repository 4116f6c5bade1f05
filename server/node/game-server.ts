import { randomBytes } from "node:crypto";
import { Room, type RoomOptions, TickLoop } from "#engine/server";
import type { GameTypes } from "#engine/shared";
import { nodeEventLoop } from "./event-loop.ts";
import { serveStatus, type ServerStatus } from "./status-page.ts";
import { startTicker } from "./ticker.ts";
import { startWebServer } from "./web-server.ts";

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

const STATUS_PATH = "/status.json";

/** Page, status and WebSocket of one room on one port. Rejects when the port cannot be had. */
export async function startGameServer<Types extends GameTypes>(
  options: GameServerOptions<Types>,
): Promise<GameServer<Types>> {
  const nowMs = (): number => nodeEventLoop.nowMs();
  const room = new Room<Types>({ ...options.room, randomBytes });
  const { tickRate, protocol } = options.room.game;
  const web = await startWebServer({
    port: options.port,
    host: options.host,
    staticDirectory: options.staticDirectory,
    protocol,
    accept: (connection) => {
      room.accept(connection);
    },
    answer: (request, response) => {
      if (request.url !== STATUS_PATH) return false;
      serveStatus(request, response, status());
      return true;
    },
  });
  const advanceTick = (tickMs: number): void => {
    room.advanceTick(tickMs);
  };
  const loop = new TickLoop({ tickRate, nowMs, advanceTick });
  const status = (): ServerStatus => statusOf(room, loop, tickRate);
  const stopTicker = startTicker(loop, nowMs);
  const close = async (reason: string): Promise<void> => {
    stopTicker();
    room.close(reason);
    await web.close();
  };
  return { room, port: web.port, status, close };
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
