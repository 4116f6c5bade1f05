import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepAlive } from "./keep-alive.ts";

let sockets: WebSocketServer;

beforeAll(async () => {
  sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => sockets.once("listening", resolve));
});

afterAll(() => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
});

/** Resolves when an open socket has been pinged so often. */
async function pinged(times: number): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`);
  let pings = 0;
  await new Promise<void>((resolve) => {
    socket.on("ping", () => {
      pings += 1;
      if (pings === times) resolve();
    });
  });
}

test("two sockets are pinged again and again until it is stopped", async () => {
  const stop = keepAlive(sockets, 10);
  await Promise.all([pinged(3), pinged(3)]);
  stop();

  let pings = 0;
  for (const socket of sockets.clients) socket.on("pong", () => (pings += 1));
  await Promise.all([...sockets.clients].map((socket) => answered(socket)));
  const pingsThen = pings;
  await Promise.all([...sockets.clients].map((socket) => answered(socket)));
  expect(pings - pingsThen).toBe(2);
});

/** Resolves when a ping of ours has gone there and back, with every pong before it. */
function answered(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const onPong = (payload: Buffer): void => {
      if (payload.toString() !== "mine") return;
      socket.off("pong", onPong);
      resolve();
    };
    socket.on("pong", onPong);
    socket.ping("mine");
  });
}
