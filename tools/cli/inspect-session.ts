import { WebSocket } from "ws";
import { decodePing, encodePong } from "../../shared/schema/generated/engine.ts";
import type { Direction } from "./inspect-report.ts";

export interface SessionOptions {
  readonly url: string;
  readonly subprotocols: readonly string[];
  /** The first message; undefined: none. */
  readonly hello: Uint8Array | undefined;
  /** Ends by itself after so many messages received, or so many seconds. */
  readonly countMax: number;
  readonly secondsMax: number;
  readonly onOpen: (subprotocol: string) => void;
  readonly onMessage: (direction: Direction, bytes: Uint8Array) => void;
}

/** How a session ended: closed by the server, stopped by us, or never begun. */
export type SessionEnd =
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly reason: string };

const NORMAL = 1000;
const MESSAGE_BYTES_MAX = 1 << 20;

/** Connects, says Hello, answers pings, and tells of every message until one side ends it. */
export function runSession(options: SessionOptions): Promise<SessionEnd> {
  return new Promise((resolve) => {
    const socket = new WebSocket(options.url, [...options.subprotocols], {
      perMessageDeflate: false,
      maxPayload: MESSAGE_BYTES_MAX,
    });
    let received = 0;
    const send = (bytes: Uint8Array): void => {
      socket.send(bytes);
      options.onMessage("sent", bytes);
    };
    const finish = (end: SessionEnd): void => {
      clearTimeout(deadline);
      process.off("SIGINT", stop);
      resolve(end);
    };
    const stop = (): void => {
      finish({ kind: "stopped" });
      socket.close(NORMAL, "inspected");
    };
    const deadline = setTimeout(stop, options.secondsMax * 1000);
    process.on("SIGINT", stop);
    socket.on("open", () => {
      options.onOpen(socket.protocol);
      if (options.hello !== undefined) send(options.hello);
    });
    socket.on("message", (message: Buffer) => {
      if (received === options.countMax) return;
      received += 1;
      options.onMessage("received", message);
      const ping = decodePing(message);
      if (ping !== undefined) send(encodePong(ping));
      if (received === options.countMax) stop();
    });
    socket.on("close", (code, reason) => {
      finish({ kind: "closed", code, reason: reason.toString() });
    });
    socket.on("error", (error) => {
      finish({
        kind: "failed",
        reason: error.message === "" ? String((error as NodeJS.ErrnoException).code) : error.message,
      });
    });
  });
}
