import { join } from "node:path";
import { type Browser, chromium, type ConsoleMessage, type Page } from "playwright-core";
import { GameClient } from "#engine/client";
import type { GameDefinition } from "#engine/shared";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { openClientSocket } from "../../server/node/client-socket.ts";
import { type GameServer, startGameServer } from "../../server/node/game-server.ts";
import { runInNode } from "../../server/node/node-session.ts";
import { arena, type ArenaTypes } from "../../shared/arena/game.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { Bot } from "../bots/bot.ts";
import { botName } from "../bots/bot-name.ts";
import { findChromium } from "../launch/chromium.mjs";

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, "../..");
/** Chromium draws without a graphics card here: every pixel costs the processor. */
const SMALL_WINDOW = { width: 640, height: 480 };
const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where pictures for people to look at are put. */
export function artifactPath(name: string): string {
  return join(ROOT, "artifacts", name);
}

/** The system's Chromium, without a window. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium: `npm test` installs it, or says how.");
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** What to serve: Arena itself on a free port, when left out. */
export interface ArenaOptions {
  readonly game?: GameDefinition<ArenaTypes>;
  readonly port?: number;
}

/** A real server, with the page as it was built and a world that is the same every time. */
export function startArena({ game = arenaRules, port = 0 }: ArenaOptions = {}): Promise<GameServer<ArenaTypes>> {
  return startGameServer({
    room: { game, seed: 7, playersMax: 32, ticksPerSnapshot: 1, metadata: { room: "arena" } },
    port,
    host: "127.0.0.1",
    staticDirectory: join(ROOT, "dist/client"),
  });
}

/** A page, and everything its console complained about. */
export interface ArenaPage {
  readonly page: Page;
  readonly complaints: string[];
}

/** What to open: `size` is the window's, a small one when left out. */
export interface PageOptions {
  readonly name: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Errors, and what Pixi warns of. */
function isComplaint(message: ConsoleMessage): boolean {
  if (message.type() === "error") return true;
  return message.type() === "warning" && /PixiJS|BindGroup/.test(message.text());
}

/** Opens the server's page. Violations of its Content-Security-Policy are console errors too. */
export async function openPage(browser: Browser, port: number, { name, size }: PageOptions): Promise<ArenaPage> {
  const page = await browser.newPage({ viewport: size ?? SMALL_WINDOW });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (isComplaint(message)) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${port}/?name=${encodeURIComponent(name)}`);
  return { page, complaints };
}

/** Without a graphics card the processor would draw, and have no time for anything else: the page draws nothing. */
export async function drawNothing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { prototype } = WebGL2RenderingContext;
    for (const call of ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"] as const) {
      prototype[call] = () => undefined;
    }
  });
}

/** The page's own player, once it is in the room. */
export async function playerIdOf({ page }: ArenaPage): Promise<number> {
  await page.locator('html[data-phase="connected"]').waitFor();
  return Number(await page.locator("canvas").getAttribute("data-player-id"));
}

/** A headless player who does nothing but look; `stop` ends it. */
export function watchArena(port: number): { client: GameClient<ArenaTypes>; stop: () => void } {
  const mirror = new TerrainMirror();
  const client = new GameClient<ArenaTypes>({
    game: mirror.game,
    joinOptions: { name: "Watcher" },
    readInput: () => IDLE_INPUT,
    random: Math.random,
    receiveBulk: mirror.receiveBulk,
  });
  return { client, stop: runInNode(client, { url: urlOf(port), protocol: arena.protocol }) };
}

/** Bots that play until they are stopped. */
export function playBots(port: number, count: number): () => void {
  const bots = Array.from({ length: count }, (_, index) => {
    const options = { name: botName(index), seed: index + 1, startsAtMs: 0, isPersistent: false };
    return new Bot({ ...options, openLink: () => openClientSocket(urlOf(port), arena.protocol) });
  });
  const timer = setInterval(() => {
    for (const bot of bots) bot.advance(performance.now());
  }, 1_000 / arena.tickRate);
  return () => {
    clearInterval(timer);
    for (const bot of bots) bot.stop();
  };
}

function urlOf(port: number): string {
  return `ws://127.0.0.1:${port}/ws`;
}
