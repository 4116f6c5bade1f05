/** Arena's server, and every 50 ms a report of its players and its memory. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SessionState } from "#engine/server";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { startGameServer } from "../../server/node/game-server.ts";

export interface ServerReport {
  readonly port: number;
  readonly rssBytes: number;
  readonly players: readonly { readonly playerId: number; readonly state: SessionState | undefined }[];
}

const REPORT_EVERY_MS = 50;

process.on("disconnect", () => process.exit());
const staticDirectory = mkdtempSync(join(tmpdir(), "tickwire-static-"));
const room = { game: arenaRules, seed: 1, playersMax: 256, ticksPerSnapshot: 1, metadata: {} };
const server = await startGameServer({ room, port: 0, host: "0.0.0.0", staticDirectory });
setInterval(() => {
  const players = server.room.playerCosts().map(({ playerId }) => {
    return { playerId, state: server.room.sessionStateOf(playerId) };
  });
  process.send!({ port: server.port, rssBytes: process.memoryUsage.rss(), players } satisfies ServerReport);
}, REPORT_EVERY_MS);
