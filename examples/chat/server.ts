import { type ChannelServer, type ChannelServerOptions, startChannelServer } from "tickwire/node";
import { chatChannels } from "./chat.ts";
import type { ClientMessage } from "./generated/chat.ts";

/** The chat, for whoever comes to it over the network. */
export function startServer(where: Omit<ChannelServerOptions<ClientMessage>, "channels">): Promise<ChannelServer> {
  return startChannelServer({ ...where, channels: chatChannels() });
}
