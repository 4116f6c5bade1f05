import type { Link, Versioned } from "#engine/shared";
import { openClientSocket } from "./client-socket.ts";
import { nodeEventLoop } from "./event-loop.ts";

/** About as often as a display would. */
const ADVANCE_MS = 16;

/** What is run: `GameClient` of `tickwire/client` is one. */
export interface SessionClient {
  readonly status: { readonly phase: string };
  connect(openLink: () => Link): void;
  advance(nowMs: number): void;
  close(): void;
}

/** Where to play, and what to speak there. */
export interface NodeSessionOptions {
  /** `ws://` or `wss://`. */
  readonly url: string;
  readonly protocol: Versioned;
  /** Called each time the client has advanced: the place to take the game's messages. */
  readonly onAdvance?: (nowMs: number) => void;
}

/**
 * Connects a client without a screen, a bot say, and advances it until it is lost: then nothing of it keeps the program
 * from ending. Returns a function that ends it before.
 */
export function runInNode(client: SessionClient, { url, protocol, onAdvance }: NodeSessionOptions): () => void {
  client.connect(() => openClientSocket(url, protocol));
  const timer = setInterval(() => {
    const nowMs = nodeEventLoop.nowMs();
    client.advance(nowMs);
    onAdvance?.(nowMs);
    if (client.status.phase === "lost") clearInterval(timer);
  }, ADVANCE_MS);
  return () => {
    clearInterval(timer);
    client.close();
  };
}
