/** Uploads of a page that runs the real client, to a server whose game keeps what it is given. */
import { createHash, type Hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { build } from "vite";
import type { BulkSink } from "#engine/shared";
import { type GameServer, startGameServer } from "../../server/node/game-server.ts";
import { numberedGame, type NumberedTypes } from "../simulator/numbered-game.ts";
import { startSlowLink } from "../slow-link/slow-link.ts";
import { launchChromium } from "./arena-session.ts";

const MEGABYTE = 1 << 20;
const WAIT_MS = 20_000;
/** A loopback carries hundreds; a page that waits for something it should not wait for stays far below. */
const LOOPBACK_MBIT_MIN = 50;

const directory = mkdtempSync(join(tmpdir(), "tickwire-upload-"));
let browser: Browser;

beforeAll(async () => {
  const root = join(import.meta.dirname, "upload-page");
  const outDir = join(directory, "page");
  await build({ root, configFile: false, logLevel: "warn", build: { outDir, target: "es2023", emptyOutDir: true } });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Keeps the hash of what it is given, in place of the bytes; begins where an earlier one ended. */
class HashedBytes implements BulkSink {
  readonly offset: number;
  bytes: number;
  outcome: "done" | "cancelled" | "lost" | undefined;
  private readonly hash: Hash;

  constructor(begun?: HashedBytes) {
    this.hash = begun?.hash.copy() ?? createHash("sha256");
    this.offset = this.bytes = begun?.bytes ?? 0;
  }

  write(bytes: Uint8Array): boolean {
    this.hash.update(bytes);
    this.bytes += bytes.length;
    return true;
  }

  end(outcome: "done" | "cancelled" | "lost"): void {
    this.outcome = outcome;
  }

  digest(): string {
    return this.hash.copy().digest("hex");
  }
}

interface Upload {
  readonly page: Page;
  readonly server: GameServer<NumberedTypes>;
  /** What the server's game was given, one sink for each transfer. */
  readonly sinks: HashedBytes[];
  /** Tears the connection without a word. */
  readonly cut: () => void;
}

/** A page in a room, at the end of a link of so many Mbit/s each way, or of none. What the room has of one upload, the next goes on from. */
async function openUpload(query: string, mbit?: number): Promise<Upload> {
  const sinks: HashedBytes[] = [];
  const receive = (): HashedBytes => {
    sinks.push(new HashedBytes(sinks.at(-1)));
    return sinks.at(-1)!;
  };
  const server = await startGameServer({
    room: { game: numberedGame(), seed: 1, playersMax: 1, ticksPerSnapshot: 1, metadata: {}, receiveBulk: receive },
    port: 0,
    host: "127.0.0.1",
    staticDirectory: join(directory, "page"),
  });
  const link =
    mbit === undefined ? undefined : await startSlowLink(server.port, { downMbit: mbit, upMbit: mbit, rttMs: 20 });
  const page = await browser.newPage();
  onTestFinished(async () => {
    await page.context().close();
    await link?.close();
    await server.close("The test is over.");
  });
  await page.goto(`http://127.0.0.1:${link?.port ?? server.port}/?${query}`);
  await page.locator('body[data-phase="connected"]').waitFor();
  return { page, server, sinks, cut: () => link?.cut() };
}

async function told(page: Page): Promise<DOMStringMap> {
  return page.evaluate(() => Object.fromEntries(Object.entries(document.body.dataset)));
}

test("a megabyte that a page cancels half-way goes on where it was: only the rest is sent, and the hashes are equal", async () => {
  const { page, sinks } = await openUpload(`bytes=${MEGABYTE}&cancelAt=0.5`, 8);
  await page.getByRole("button").click();
  await page.locator('body[data-state="cancelled"]').waitFor();
  await expect.poll(() => sinks[0]?.outcome).toBe("cancelled");
  const half = sinks[0]!.bytes;

  await page.getByRole("button").click();
  await page.locator('body[data-state="done"]').waitFor();

  const { read, delivered, hash, ms } = await told(page);
  console.log(`cancelled with ${half} of ${MEGABYTE} bytes there; the rest was sent in ${Math.round(Number(ms))} ms`);
  expect(half).toBeGreaterThanOrEqual(MEGABYTE / 2);
  expect(half).toBeLessThan(0.8 * MEGABYTE);
  expect(Number(read)).toBe(MEGABYTE - half);
  expect(Number(delivered)).toBe(MEGABYTE);
  expect(await page.locator("progress").getAttribute("value")).toBe("1");
  expect(sinks[1]!.digest()).toBe(hash);
});

test("a megabyte whose connection is torn half-way goes on over another one by itself, and the hashes are equal", async () => {
  const { page, sinks, cut, server } = await openUpload(`bytes=${MEGABYTE}`, 8);
  await page.getByRole("button").click();
  await expect.poll(() => sinks[0]?.bytes ?? 0, { interval: 5, timeout: WAIT_MS }).toBeGreaterThan(MEGABYTE / 2);
  cut();
  const there = sinks[0]!.bytes;
  await page.locator('body[data-phase="reconnecting"]').waitFor();
  const lostMs = performance.now();
  await page.locator('body[data-phase="connected"]').waitFor();
  const awayMs = performance.now() - lostMs;
  await page.locator('body[data-state="done"]').waitFor();

  const { read, hash } = await told(page);
  console.log(
    `torn with ${there} bytes there; away ${Math.round(awayMs)} ms, sent ${Number(read) - MEGABYTE} bytes again`,
  );
  expect(there).toBeLessThan(MEGABYTE);
  expect(Number(read)).toBeLessThan(1.2 * MEGABYTE);
  expect(sinks).toHaveLength(1);
  expect(server.room.world.joined).toHaveLength(1);
  expect(sinks[0]!.digest()).toBe(hash);
});

test("without a bottleneck a page uploads 32 MB at 50 Mbit/s or more", async () => {
  const { page, sinks } = await openUpload(`bytes=${32 * MEGABYTE}`);
  await page.getByRole("button").click();
  await page.locator('body[data-state="done"]').waitFor({ timeout: WAIT_MS });

  const { hash, ms } = await told(page);
  const mbit = (8 * 32 * MEGABYTE) / (1_000 * Number(ms));
  console.log(`32 MB in ${Math.round(Number(ms))} ms: ${Math.round(mbit)} Mbit/s`);
  expect(sinks[0]!.digest()).toBe(hash);
  expect(mbit).toBeGreaterThan(LOOPBACK_MBIT_MIN);
});
