/** The door `#engine/client`: a player's side of a room, headless. */
export type { ClientStats } from "./client-stats.ts";
export { type ClientStatus, GameClient, type GameClientOptions } from "./game-client.ts";
