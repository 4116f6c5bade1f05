import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FIELD_SIZE } from "./generated/tag.ts";
import { startServer } from "./server.ts";

test("a bot, alone in the field, runs to its middle, and ends when the server does", async () => {
  const server = await startServer({ port: 0, host: "127.0.0.1", staticDirectory: import.meta.dirname });
  const bot = spawn(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "bot.ts"), `ws://127.0.0.1:${server.port}/ws`],
    {
      env: { ...process.env, TSX_TSCONFIG_PATH: join(import.meta.dirname, "../tsconfig.json") },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  onTestFinished(() => void bot.kill());
  const ended = once(bot, "exit");
  const { runners } = server.room.world;

  await expect.poll(() => runners.count, { timeout: 20_000 }).toBe(1);
  const { x, y } = runners.columns;
  const farAway = (): number => Math.max(...[x[0]!, y[0]!].map((place) => Math.abs(place - FIELD_SIZE / 2)));
  await expect.poll(farAway, { timeout: 10_000 }).toBeLessThan(30);
  await server.close("The test is over.");

  expect(await ended).toEqual([0, null]);
});
