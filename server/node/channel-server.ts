import type { Channels } from "#engine/server";
import { nodeEventLoop } from "./event-loop.ts";
import { startWebServer } from "./web-server.ts";

/** What a channel server is made with. */
export interface ChannelServerOptions<ClientMessage> {
  readonly channels: Channels<ClientMessage>;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Directory of the built page; without one there is only the WebSocket. */
  readonly staticDirectory?: string;
}

/** A server that runs. */
export interface ChannelServer {
  readonly port: number;
  /** Tells every peer why, and resolves when all sockets are closed: within about a second. */
  close(reason: string): Promise<void>;
}

/** How often channels are read and may send, in milliseconds. */
const TURN_MS = 20;

/** Page and WebSocket, at `/ws`, of channels on one port. Rejects when the port cannot be had. */
export async function startChannelServer<ClientMessage>({
  channels,
  port,
  host,
  staticDirectory,
}: ChannelServerOptions<ClientMessage>): Promise<ChannelServer> {
  const web = await startWebServer({
    port,
    host,
    staticDirectory,
    protocol: channels.protocol,
    accept: (connection) => {
      channels.accept(connection);
    },
  });
  const timer = setInterval(() => {
    channels.advance(nodeEventLoop.nowMs());
  }, TURN_MS);
  const close = async (reason: string): Promise<void> => {
    clearInterval(timer);
    channels.close(reason);
    await web.close();
  };
  return { port: web.port, close };
}
