import type { GameClient } from "#engine/client";
import { type GameTypes, offeredSubprotocols, WebSocketLink } from "#engine/shared";

/** Where to play, and what to speak there. */
export interface BrowserSessionOptions {
  /** `ws://` or `wss://`. */
  readonly url: string;
  readonly protocol: { readonly name: string; readonly version: number };
  /** Called once a display frame, after the client has advanced. */
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
  const socket = new WebSocket(options.url, offeredSubprotocols(options.protocol));
  socket.binaryType = "arraybuffer";
  client.connect(new WebSocketLink(socket, () => performance.now()));
  socket.addEventListener("message", () => {
    if (document.hidden) client.advance(performance.now());
  });

  const onDisplayFrame = (): void => {
    // Not the time that the callback is given: packets are stamped by this clock, and it must never run behind them.
    const nowMs = performance.now();
    client.advance(nowMs);
    options.onFrame(nowMs);
    request = requestAnimationFrame(onDisplayFrame);
  };
  let request = requestAnimationFrame(onDisplayFrame);
  return () => {
    cancelAnimationFrame(request);
    client.close();
  };
}
