import type { WebSocketServer } from "ws";

/**
 * Pings every open WebSocket each `periodMs`, for proxies that count nothing else as life: one timer for all of them.
 * Returns a function that stops it.
 */
export function keepAlive(sockets: WebSocketServer, periodMs: number): () => void {
  const timer = setInterval(() => {
    for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.ping();
  }, periodMs);
  return () => {
    clearInterval(timer);
  };
}
