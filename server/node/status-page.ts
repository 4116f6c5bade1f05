import type { IncomingMessage, ServerResponse } from "node:http";
import type { LaneReport, ProfileReport, ReplicationReport, SnapshotCost, TickReport } from "#engine/server";

/** What `/status.json` says. Times in milliseconds. */
export interface ServerStatus {
  readonly players: number;
  readonly tick: number;
  readonly tickRate: number;
  /** Time that a tick takes, over the last minute. */
  readonly tickWorkMs: TickReport["workMs"];
  /** How late ticks begin, over the last minute. */
  readonly tickLatenessMs: TickReport["latenessMs"];
  /** Ticks that were never run because the server could not keep up. */
  readonly droppedTicks: number;
  /** What each lane has carried since the start, and what the lanes hold now. */
  readonly lanes: LaneReport;
  /** What snapshots have cost since the start, altogether and for each kind. */
  readonly replication: ReplicationReport;
  /** Of a server with --profile: what one player's snapshots are made of, and what those of each have cost. */
  readonly profile?: {
    readonly followed: ProfileReport;
    readonly players: readonly (SnapshotCost & { readonly playerId: number })[];
  };
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Answers with the status, to this machine only. */
export function serveStatus(request: IncomingMessage, response: ServerResponse, status: ServerStatus): void {
  if (!LOOPBACK.has(request.socket.remoteAddress ?? "")) {
    response
      .writeHead(403, { "Content-Type": "text/plain" })
      .end("The status is shown to the server's own machine only.\n");
    return;
  }
  response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(`${JSON.stringify(status, roundTimes, 2)}\n`);
}

/** Microseconds are enough for anybody. */
function roundTimes(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
}
