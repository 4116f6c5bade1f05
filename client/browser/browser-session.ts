import type { GameClient } from "#engine/client";
import type { GameTypes, Versioned } from "#engine/shared";
import { runWithDisplay } from "./display-loop.ts";
import { browserEventLoop } from "./event-loop.ts";
import { openPageSocket } from "./page-socket.ts";

/** Where to play, and what to speak there. */
export interface BrowserSessionOptions {
  /** `ws://` or `wss://`. */
  readonly url: string;
  readonly protocol: Versioned;
  /**
   * Called each time the client has advanced, in a hidden tab too: the place to take the game's messages, of which
   * the client keeps the newest only.
   */
  readonly onAdvance: (nowMs: number) => void;
  /** Called once a display frame, after `onAdvance`: the place to draw. */
  readonly onFrame: (nowMs: number) => void;
}

/**
 * Connects a client and advances it with the display. Returns a function that ends both.
 *
 * A hidden tab gets no display frames; what arrives then advances the client, so that nothing piles up.
 */
export function runInBrowser<Types extends GameTypes>(
  client: GameClient<Types>,
  options: BrowserSessionOptions,
): () => void {
  const eventLoop = browserEventLoop();
  client.connect(() =>
    openPageSocket(options.url, options.protocol, eventLoop, () => {
      loop.onArrival();
    }),
  );
  const loop = runWithDisplay({
    advance: (nowMs) => {
      client.advance(nowMs);
      options.onAdvance(nowMs);
    },
    onFrame: options.onFrame,
    onHidden: (isHidden) => {
      client.setHidden(isHidden);
    },
  });
  return () => {
    loop.stop();
    client.close();
  };
}
