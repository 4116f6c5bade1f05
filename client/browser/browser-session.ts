import type { GameClient } from "#engine/client";
import { type GameTypes, offeredSubprotocols, WebSocketLink } from "#engine/shared";
import { browserEventLoop } from "./event-loop.ts";

/** How often a hidden tab looks after its connection when nothing arrives; browsers allow no less. */
const HIDDEN_MS = 1_000;

/** Where to play, and what to speak there. */
export interface BrowserSessionOptions {
  /** `ws://` or `wss://`. */
  readonly url: string;
  readonly protocol: Parameters<typeof offeredSubprotocols>[0];
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
  client.connect(() => {
    const socket = new WebSocket(options.url, offeredSubprotocols(options.protocol));
    socket.binaryType = "arraybuffer";
    for (const event of ["open", "message", "close"]) {
      socket.addEventListener(event, () => {
        // Once the link has heard of it too. Timers of a tab that is hidden for long come once a minute: too late to go on.
        if (document.hidden) eventLoop.defer(advance);
      });
    }
    return new WebSocketLink(socket, eventLoop);
  });
  // Not the time that a callback is given: packets are stamped by this clock, and it must never run behind them.
  const advance = (): number => {
    const nowMs = performance.now();
    client.advance(nowMs);
    options.onAdvance(nowMs);
    return nowMs;
  };
  const tellHidden = (): void => {
    client.setHidden(document.hidden);
    if (document.hidden) advance();
  };
  // A page that is opened behind another one is hidden, and no event says so.
  tellHidden();
  document.addEventListener("visibilitychange", tellHidden);
  // Nothing arrives over a connection that is lost, and a hidden tab gets no display frames: so another one is tried.
  const slowTimer = setInterval(() => {
    if (document.hidden) advance();
  }, HIDDEN_MS);

  const onDisplayFrame = (): void => {
    options.onFrame(advance());
    request = requestAnimationFrame(onDisplayFrame);
  };
  let request = requestAnimationFrame(onDisplayFrame);
  return () => {
    cancelAnimationFrame(request);
    clearInterval(slowTimer);
    document.removeEventListener("visibilitychange", tellHidden);
    client.close();
  };
}
