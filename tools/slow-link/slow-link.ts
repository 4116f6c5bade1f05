import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { type LinkConditions, QUEUE_MS } from "../simulator/engine/link-conditions.ts";
import { PacedWay, type Segment } from "./paced-way.ts";

/** What of a link's conditions a slow link can play. */
export type SlowLinkConditions = Pick<LinkConditions, "downMbit" | "upMbit" | "rttMs" | "queueMs">;

/** Told of what comes down a connection, segment by segment, when it is due: by `performance.now()`. */
export type LinkTap = (segment: Segment) => void;

/** A port that leads over a slow link to another. */
export interface SlowLink {
  readonly port: number;
  /** While it holds, new connections are torn at once. */
  isDark: boolean;
  /** Tears every connection, as a network that is lost does: neither side is told why. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Leads the connections to a port of its own to `toPort` of this machine, as slowly as `conditions` say.
 *
 * A queue that is full holds up its writer, and drops nothing: what waits in front of it waits in this machine's
 * kernel, where no writer sees it either. `tapOf` is asked at each connection for who is told of it.
 */
export async function startSlowLink(
  toPort: number,
  conditions: SlowLinkConditions,
  tapOf: () => LinkTap = () => () => undefined,
): Promise<SlowLink> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    if (link.isDark) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: toPort, host: "127.0.0.1", noDelay: true });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    }
    join(near, far, conditions, tapOf());
  });
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
  const { port } = server.address() as AddressInfo;
  const link: SlowLink = { port, isDark: false, cut, close: () => closeLink(server, cut) };
  return link;
}

function join(near: Socket, far: Socket, conditions: SlowLinkConditions, tap: LinkTap): void {
  const { downMbit, upMbit, rttMs, queueMs = QUEUE_MS } = conditions;
  const wayOf = (mbit: number): PacedWay =>
    new PacedWay({ mbit, delayMs: rttMs / 2, queueBytesMax: (mbit * 1000 * queueMs) / 8 });
  const up = wayOf(upMbit);
  // The connection to this port stands at once; over the link it would take a round trip.
  up.hold(performance.now() + rttMs);
  carry(near, far, up, () => undefined);
  carry(far, near, wayOf(downMbit), tap);
}

/** Carries what one socket reads to the other, and its end. */
function carry(from: Socket, to: Socket, way: PacedWay, tap: LinkTap): void {
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const wait = (): void => {
    if (timer !== undefined || way.nextDueMs === Infinity) return;
    timer = setTimeout(deliver, way.nextDueMs - performance.now());
  };
  const deliver = (): void => {
    timer = undefined;
    const nowMs = performance.now();
    for (let segment = way.take(nowMs); segment !== undefined; segment = way.take(nowMs)) {
      tap(segment);
      to.write(segment.bytes);
    }
    if (!way.isFull(nowMs)) from.resume();
    if (hasEnded && way.nextDueMs === Infinity) to.end();
    wait();
  };
  from.on("data", (bytes: Buffer) => {
    const nowMs = performance.now();
    way.push(bytes, nowMs);
    if (way.isFull(nowMs)) from.pause();
    wait();
  });
  from.once("end", () => {
    hasEnded = true;
    if (timer === undefined) deliver();
  });
  from.on("error", () => undefined);
  from.once("close", () => {
    if (!hasEnded) to.destroy();
  });
  to.once("close", () => {
    clearTimeout(timer);
  });
}

function closeLink(server: Server, cut: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    cut();
  });
}
