/** The door `tickwire/node`: a room, or channels, behind sockets and a clock; and clients without a screen. */
export { type ChannelServer, type ChannelServerOptions, startChannelServer } from "./channel-server.ts";
export { openClientSocket } from "./client-socket.ts";
export { nodeEventLoop } from "./event-loop.ts";
export { type GameServer, type GameServerOptions, startGameServer } from "./game-server.ts";
export { type NodeSessionOptions, runInNode, type SessionClient } from "./node-session.ts";
export { onShutdown } from "./shutdown.ts";
export type { ServerStatus } from "./status-page.ts";
export { listenForWebSockets, type WebSocketListenerOptions } from "./websocket-listener.ts";
