import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { WebSocketLink } from "#engine/shared";
import { Arrivals } from "../arrivals.ts";
import { contenderNamed } from "../roster.ts";
import { monotonicClock, monotonicEventLoop } from "./monotonic-clock.ts";
import { endWithParent, jobOf, PORT, SOCKET_OPTIONS } from "./program.ts";

endWithParent();
const { how, workload, serverAddress } = jobOf(process.argv);
const contender = contenderNamed(how);
const streams: Socket[] = [];
const sockets = Array.from({ length: contender.links }, (_, at) => {
  const socket = new WebSocket(`ws://${serverAddress}:${PORT}/${at}`, SOCKET_OPTIONS);
  socket.once("upgrade", (response) => streams.push(response.socket));
  return socket;
});
const arrivals = new Arrivals({
  clock: monotonicClock,
  bulkBytes: workload.bulkBytes,
  linkBytes: () => streams.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
  onDone: () => {
    for (const socket of sockets) socket.close();
    console.log(JSON.stringify(arrivals.log));
  },
});
contender.createReceiver(
  sockets.map((socket) => new WebSocketLink(socket, monotonicEventLoop)),
  monotonicClock,
  arrivals,
);
