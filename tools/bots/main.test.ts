import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { startGameServer } from "../../server/node/game-server.ts";

const ROOT = join(import.meta.dirname, "../..");
const WAIT_MS = 20_000;

test(
  "bots that are all dropped end at once, with the summary and exit code 1, though they had 600 s",
  async () => {
    const server = await startGameServer({
      room: { game: arenaRules, seed: 7, playersMax: 8, ticksPerSnapshot: 1, metadata: {} },
      port: 0,
      host: "127.0.0.1",
      staticDirectory: join(ROOT, "docs"),
    });
    const target = ["--url", `ws://127.0.0.1:${server.port}`, "--count", "3", "--seconds", "600", "--json"];
    const bots = spawn(process.execPath, ["--import", "tsx", "tools/bots/main.ts", ...target], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let printed = "";
    bots.stdout.on("data", (bytes: Buffer) => (printed += bytes.toString()));
    const ended = once(bots, "close");
    // A bot whose ship moves has had its welcome; one that is only counted may not have.
    const shipsThatMove = (): number => {
      const { ships } = server.room.world;
      return [...ships.slots()].filter((slot) => ships.columns.vx[slot] !== 0).length;
    };
    await expect.poll(shipsThatMove, { timeout: WAIT_MS }).toBe(3);

    await server.close("The test is over.");

    expect(await ended).toEqual([1, null]);
    expect(JSON.parse(printed)).toMatchObject({ connected: 3, refused: 0, dropped: 3, errors: 0 });
  },
  2 * WAIT_MS,
);
