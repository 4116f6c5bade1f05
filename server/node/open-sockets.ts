import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Every TCP connection of a server. One that asks for nothing in time is cut; the rest is `ws`'s and Node's to watch,
 * until the server closes and `cut` ends whatever is left.
 */
export class OpenSockets {
  private readonly sockets = new Set<Socket>();

  /** `silentMsMax`: how long a connection may be open before its first request, in milliseconds. */
  constructor(server: Server, silentMsMax: number) {
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
      socket.setTimeout(silentMsMax, () => socket.destroy());
    });
    const lift = ({ socket }: IncomingMessage): void => {
      socket.setTimeout(0);
    };
    server.on("request", lift);
    server.on("upgrade", lift);
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
