import {
  type Channel,
  type ChannelOptions,
  clientChannel,
  type CloseReason,
  type MessageProtocol,
} from "#engine/shared";
import { runWithDisplay } from "./display-loop.ts";
import { browserEventLoop } from "./event-loop.ts";
import { openPageSocket } from "./page-socket.ts";

/** Where a channel goes, and what is spoken there. */
export interface PageChannelOptions<ServerMessage> extends ChannelOptions {
  /** `ws://` or `wss://`. */
  readonly url: string;
  readonly protocol: MessageProtocol<unknown, ServerMessage>;
  /** Called about once a display frame, and in a hidden tab when something arrives: the place to take messages. */
  readonly onAdvance: (channel: Channel<ServerMessage>) => void;
  /** Called once, after the last `onAdvance`: the channel has ended. Code 1006 has no text: the connection broke off. */
  readonly onEnd: (ended: CloseReason) => void;
}

/** Opens a channel to a server and advances it with the display until it ends; `close` of the channel ends it too. */
export function openChannel<ServerMessage>(options: PageChannelOptions<ServerMessage>): Channel<ServerMessage> {
  const { url, protocol, onAdvance, onEnd } = options;
  const eventLoop = browserEventLoop();
  const link = openPageSocket(url, protocol, eventLoop, () => {
    loop.onArrival();
  });
  const channel = clientChannel(link, protocol, options);
  const loop = runWithDisplay({
    advance: (nowMs) => {
      onAdvance(channel);
      channel.advance(nowMs);
      if (channel.ended === undefined) return;
      loop.stop();
      onEnd(channel.ended);
    },
  });
  return channel;
}
