import { WebSocket } from "ws";
import type { BulkSink, EventLoop } from "#engine/shared";
import { WebSocketLink } from "#engine/shared";
import { watchedLink } from "../../shared/engine/profile/watched-link.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { Lanes } from "../../shared/engine/transport/lanes.ts";
import type { Direction } from "./inspect-message.ts";

export interface SessionOptions {
  readonly url: string;
  readonly subprotocols: readonly string[];
  /** The first message; undefined: none. */
  readonly hello: Uint8Array | undefined;
  /** Ends by itself after so many seconds. */
  readonly secondsMax: number;
  readonly onOpen: (subprotocol: string) => void;
  /** Of each packet; true: that was enough. */
  readonly onPacket: (direction: Direction, packet: Uint8Array) => boolean;
}

/** How a session ended: by the server, by us because of what it sent, as was asked, or it never began. */
export type SessionEnd =
  | { readonly kind: "closed" | "refused"; readonly code: number; readonly reason: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly reason: string };

const NORMAL = 1000;
/** Far above what a packet may have, so that a larger one is told before it is refused. */
const PACKET_BYTES_MAX = 1 << 20;
/** How often something may leave that no packet of the server's calls for. */
const FLUSH_MS = 50;

const eventLoop: EventLoop = {
  nowMs: () => performance.now(),
  defer: (run) => {
    setImmediate(run);
  },
};

/** Takes what the server transfers, and keeps nothing. */
const nowhere: BulkSink = { write: () => true, end: () => undefined };

/** Connects, says Hello, answers as the engine's own client does, and tells of every packet until one side ends it. */
export function runSession(options: SessionOptions): Promise<SessionEnd> {
  return new Promise((resolve) => {
    const socket = new WebSocket(options.url, [...options.subprotocols], {
      perMessageDeflate: false,
      maxPayload: PACKET_BYTES_MAX,
    });
    let isOver = false;
    const finish = (end: SessionEnd): void => {
      isOver = true;
      clearTimeout(deadline);
      clearInterval(ticker);
      process.off("SIGINT", stop);
      resolve(end);
    };
    const stop = (): void => {
      finish({ kind: "stopped" });
      peer.connection.close(NORMAL, "inspected");
    };
    const judge = (): void => {
      const { ended } = peer.connection;
      if (ended !== undefined && !isOver) finish({ kind: "refused", ...ended });
    };
    const tell = (direction: Direction, packet: Uint8Array): void => {
      if (isOver) return;
      if (options.onPacket(direction, packet)) stop();
      else judge();
    };
    const peer = new QuietPeer(socket, tell);
    const step = (): void => {
      peer.advance();
      judge();
    };
    const ticker = setInterval(step, FLUSH_MS);
    const deadline = setTimeout(stop, options.secondsMax * 1000);
    process.on("SIGINT", stop);
    socket.on("open", () => {
      options.onOpen(socket.protocol);
      if (options.hello !== undefined) peer.connection.sendHandshake(options.hello);
      step();
    });
    socket.on("close", (code, reason) => {
      finish({ kind: "closed", code, reason: reason.toString() });
    });
    socket.on("error", (error) => {
      const { code } = error as NodeJS.ErrnoException;
      finish({ kind: "failed", reason: error.message === "" ? String(code) : error.message });
    });
  });
}

/** A client's end of a connection: it answers what has to be answered, and otherwise says nothing. */
class QuietPeer {
  readonly connection: Connection;
  private readonly lanes = new Lanes(() => nowhere);

  constructor(socket: WebSocket, tell: (direction: Direction, packet: Uint8Array) => void) {
    const link = watchedLink(
      new WebSocketLink(socket, eventLoop),
      (packet) => {
        tell("received", packet);
      },
      (packet) => {
        tell("sent", packet);
      },
    );
    this.connection = new Connection(link);
    this.connection.open(this.lanes);
  }

  advance(): void {
    if (this.connection.takeHandshake() !== undefined) this.connection.begin();
    this.lanes.takeMessages();
    this.connection.flush(eventLoop.nowMs());
  }
}
