import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { WebSocketLink } from "#engine/shared";
import { Offering } from "../offering.ts";
import { contenderNamed } from "../roster.ts";
import { kernelBytes } from "./kernel-queue.ts";
import { monotonicClock, monotonicEventLoop, monotonicMs } from "./monotonic-clock.ts";
import { endWithParent, jobOf, LISTENING_DESCRIPTOR, PORT, READY, SOCKET_OPTIONS } from "./program.ts";

/** Between the last socket that opens and the first snapshot. */
const CALM_MS = 300;

endWithParent();
const { how, workload } = jobOf(process.argv);
const contender = contenderNamed(how);
const http = createServer();
const sockets = new WebSocketServer({ ...SOCKET_OPTIONS, server: http });
const links: WebSocketLink[] = [];

sockets.on("connection", (socket, request) => {
  // The client says by the path which of its links a socket is.
  links[Number(request.url?.slice(1))] = new WebSocketLink(socket, monotonicEventLoop);
  if (sockets.clients.size === contender.links) offer();
});
http.listen({ fd: LISTENING_DESCRIPTOR }, () => {
  console.log(JSON.stringify(READY));
});

function offer(): void {
  const offering = new Offering({
    sender: contender.createSender(links, monotonicClock),
    clock: monotonicClock,
    workload,
    beginAtMs: monotonicMs() + CALM_MS,
    kernelBytes: () => kernelBytes(PORT),
  });
  // The client has all that it waits for when it closes.
  const [socket] = sockets.clients;
  socket!.once("close", () => {
    offering.stop();
    http.close();
    console.log(JSON.stringify(offering.log));
  });
}
