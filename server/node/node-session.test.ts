/** Real sockets on loopback. */
import { expect, onTestFinished, test } from "vitest";
import { GameClient } from "#engine/client";
import { arena, type ArenaTypes } from "../../shared/arena/game.ts";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { arenaRules } from "../arena/arena-rules.ts";
import { type GameServer, startGameServer } from "./game-server.ts";
import { runInNode } from "./node-session.ts";

async function startArena(): Promise<GameServer<ArenaTypes>> {
  const room = { game: arenaRules, seed: 1, playersMax: 8, ticksPerSnapshot: 1, metadata: {} };
  const server = await startGameServer({ room, port: 0, host: "127.0.0.1", staticDirectory: import.meta.dirname });
  onTestFinished(() => server.close("The test is over."));
  return server;
}

/** A client that runs: `advances` counts how often it has advanced, `end` ends it. */
function runClient(port: number) {
  const readInput = (): ArenaTypes["Input"] => IDLE_INPUT;
  const client = new GameClient<ArenaTypes>({
    game: arena,
    joinOptions: { name: "Eve" },
    readInput,
    random: () => 0.5,
  });
  let advances = 0;
  const onAdvance = (): void => {
    advances += 1;
  };
  const end = runInNode(client, { url: `ws://127.0.0.1:${port}/ws`, protocol: arena.protocol, onAdvance });
  onTestFinished(end);
  return { client, end, advances: () => advances };
}

test("a client plays until it is told to end, and has left the room then", async () => {
  const { room, port } = await startArena();
  const { client, end, advances } = runClient(port);
  await expect.poll(() => client.tick, { timeout: 10_000 }).toBeGreaterThan(3);
  expect([client.status.phase, room.playerCount]).toEqual(["connected", 1]);
  expect(advances()).toBeGreaterThan(3);

  end();

  await expect.poll(() => room.playerCount, { timeout: 10_000 }).toBe(0);
});

test("a client of a server that closes is lost, with the server's words", async () => {
  const server = await startArena();
  const { client } = runClient(server.port);
  await expect.poll(() => client.status.phase, { timeout: 10_000 }).toBe("connected");

  await server.close("Come back tomorrow.");

  await expect
    .poll(() => client.status, { timeout: 10_000 })
    .toMatchObject({ phase: "lost", reason: "Come back tomorrow." });
});
