import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { startGameServer } from "../../server/node/game-server.ts";
import { readTrace } from "../train/trace.ts";
import type { ProfileSummary } from "./profile-summary.ts";

const ROOT = join(import.meta.dirname, "../..");
const WAIT_MS = 20_000;

function openServer() {
  return startGameServer({
    room: { game: arenaRules, seed: 7, playersMax: 8, ticksPerSnapshot: 1, metadata: {} },
    port: 0,
    host: "127.0.0.1",
    staticDirectory: join(ROOT, "docs"),
  });
}

interface Ending {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

/** Runs bots with a command line, to their end. */
async function runBots(...args: string[]): Promise<Ending> {
  const bots = spawn(process.execPath, ["--import", "tsx", "tools/bots/main.ts", ...args], { cwd: ROOT });
  let [said, complained] = ["", ""];
  bots.stdout.on("data", (bytes: Buffer) => (said += bytes.toString()));
  bots.stderr.on("data", (bytes: Buffer) => (complained += bytes.toString()));
  const [code] = (await once(bots, "close")) as [number | null];
  return { code, said, complained };
}

test(
  "bots that are all dropped end at once, with the summary and exit code 1, though they had 600 s",
  async () => {
    const server = await openServer();
    const target = ["--url", `ws://127.0.0.1:${server.port}`, "--count", "3", "--seconds", "600", "--json"];
    const ended = runBots(...target);
    // A bot whose ship moves has had its welcome; one that is only counted may not have.
    const shipsThatMove = (): number => {
      const { ships } = server.room.world;
      return [...ships.slots()].filter((slot) => ships.columns.vx[slot] !== 0).length;
    };
    await expect.poll(shipsThatMove, { timeout: WAIT_MS }).toBe(3);

    await server.close("The test is over.");

    const { code, said } = await ended;
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({ connected: 3, refused: 0, dropped: 3, errors: 0 });
  },
  2 * WAIT_MS,
);

test(
  "2 bots that are traced and profiled leave a trace of most ticks, and say where every byte of a second went",
  async () => {
    const server = await openServer();
    const folder = mkdtempSync(join(tmpdir(), "tickwire-bots-"));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, "trace.jsonl");
    const target = ["--url", `ws://127.0.0.1:${server.port}`, "--count", "2", "--seconds", "3"];

    const { code, said } = await runBots(...target, "--json", "--profile", "--trace", file);
    await server.close("The test is over.");

    expect(code).toBe(0);
    const { trace, profile } = JSON.parse(said) as { trace: object; profile: ProfileSummary };
    const lines = readFileSync(file, "utf8").trim().split("\n");
    expect(trace).toEqual({ file, lines: lines.length, ticks: expect.any(Number) as number, lateSnapshots: 0 });
    const ticks = (await readTrace(lines)).get("Ship")!.ticks.map(({ tick }) => tick);
    expect(ticks.length).toBeGreaterThan(10);
    // A busy machine may pass snapshots over.
    expect(ticks.at(-1)! - ticks[0]!).toBeLessThan(2 * ticks.length);
    const { header, kinds } = profile.snapshots;
    const shares = [header.share, ...kinds.map(({ share }) => share)];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    expect(kinds.map(({ name }) => name)).toEqual(["Ship", "Shot", "Asteroid", "Beam"]);
    expect(profile.messages.map(({ name }) => name)).toContain("Snapshot");
    expect(profile.uses.map(({ use }) => use)).toEqual([
      "control",
      "realtime",
      "event",
      "stream",
      "handshake",
      "acks",
      "frame heads",
    ]);
    expect(profile.uses.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 2);
  },
  2 * WAIT_MS,
);

test(
  "a trace that cannot be written is told before anybody connects, with exit code 2",
  async () => {
    const { code, complained } = await runBots("--trace", join(tmpdir(), "no-such-folder", "trace.jsonl"));

    expect(code).toBe(2);
    expect(complained).toContain("trace.jsonl cannot be written: ENOENT");
  },
  2 * WAIT_MS,
);
