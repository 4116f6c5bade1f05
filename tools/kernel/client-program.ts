/** A client over a real socket, and a report of where it stands whenever something has arrived. Argument: a URL. */
import { WebSocket } from "ws";
import { GameClient } from "#engine/client";
import { offeredSubprotocols, WebSocketLink } from "#engine/shared";
import { nodeEventLoop } from "../../server/node/event-loop.ts";
import { arena } from "../../shared/arena/game.ts";

export interface ClientReport {
  readonly phase: string;
  readonly playerId: number | undefined;
  /** The last moments at which a snapshot arrived, in milliseconds. */
  readonly snapshotMs: readonly number[];
}

const FRAME_MS = 16;
const REPORT_EVERY_MS = 100;
const MOMENTS_KEPT = 600;
const INPUT = { thrust: false, reverse: false, fire: false, beam: false, aims: false, turn: 0, aim: 0 };

process.on("disconnect", () => process.exit());
const client = new GameClient({
  game: arena,
  joinOptions: { name: "Kernel" },
  readInput: () => INPUT,
  random: () => 0.5,
});
const snapshotMs: number[] = [];

function advance(): void {
  const { snapshots } = client.stats;
  client.advance(nodeEventLoop.nowMs());
  if (client.stats.snapshots > snapshots) snapshotMs.push(nodeEventLoop.nowMs());
  if (snapshotMs.length > MOMENTS_KEPT) snapshotMs.shift();
}

client.connect(() => {
  const socket = new WebSocket(process.argv[2]!, offeredSubprotocols(arena.protocol));
  const link = new WebSocketLink(socket, nodeEventLoop);
  socket.on("message", () => {
    setImmediate(advance);
  });
  return link;
});
setInterval(advance, FRAME_MS);
setInterval(() => {
  const { phase } = client.status;
  process.send!({ phase, playerId: client.playerId, snapshotMs } satisfies ClientReport);
}, REPORT_EVERY_MS);
