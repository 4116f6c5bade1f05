import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "vite";
import { expect, test } from "vitest";
import { launchChromium, openPage, playerIdOf, ROOT, startArena } from "./arena-session.ts";

const WAIT_MS = 20_000;
const LOST = 'html[data-phase="lost"]';
const SCRIPTS = join(ROOT, "dist/client/assets");

/** The page from its sources, as `npm run dev` serves it, in front of the game server at `gamePort`. */
async function serveSources(gamePort: number): Promise<{ port: number; close: () => Promise<void> }> {
  process.env.GAME_PORT = String(gamePort);
  const vite = await createServer({
    configFile: join(ROOT, "client/vite.config.ts"),
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0 },
  });
  await vite.listen();
  return { port: Number(new URL(vite.resolvedUrls!.local[0]!).port), close: () => vite.close() };
}

test("a page in development that lost its server is back by itself once the server runs again", async () => {
  const browser = await launchChromium();
  const server = await startArena();
  const sources = await serveSources(server.port);
  const opened = await openPage(browser, sources.port, { name: "Ada" });
  await playerIdOf(opened);

  await server.close("The server is started again.");
  await opened.page.locator(LOST).waitFor();
  // Two questions that nobody answers, so that it is the answer which brings the page back.
  for (let count = 0; count < 2; count++) {
    await opened.page.waitForResponse((response) => response.url().endsWith("/status.json") && !response.ok());
  }
  expect(await opened.page.locator(LOST).count()).toBe(1);
  const again = await startArena({ port: server.port });

  await expect.poll(() => again.room.playerCount, { timeout: WAIT_MS }).toBe(1);
  await playerIdOf(opened);
  await browser.close();
  await sources.close();
  await again.close("The test is over.");
}, 60_000);

test("of the page that is built one place asks whether the server runs, and none reloads it as development does", () => {
  const scripts = readdirSync(SCRIPTS).filter((name) => name.endsWith(".js"));
  const texts = scripts.map((name) => readFileSync(join(SCRIPTS, name), "utf8")).join("\n");

  // Counted, for a failure would print the whole page. The one is the player's that joins again.
  expect(texts.split("requestAnimationFrame").length).toBeGreaterThan(1);
  expect(texts.split("status.json").length - 1).toBe(1);
});
