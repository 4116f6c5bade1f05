import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GameServer } from "../../server/node/game-server.ts";
import type { ArenaTypes } from "../../shared/arena/game.ts";
import { launchChromium, openPage, startArena } from "./arena-session.ts";

interface Box {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

let browser: Browser;
let server: GameServer<ArenaTypes>;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startArena()]);
});

afterAll(async () => {
  await browser.close();
  await server.close("The test is over.");
});

/** What a ship takes of a window, in its middle. */
function shipIn({ width, height }: { readonly width: number; readonly height: number }): Box {
  const [x, y, half] = [width / 2, height / 2, 12];
  return { name: "ship", left: x - half, right: x + half, top: y - half, bottom: y + half };
}

function overlapsAmong(boxes: readonly Box[]): string[] {
  const overlap = (a: Box, b: Box): boolean =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => overlap(a, b))
      .map((b) => `${a.name} and ${b.name}`),
  );
}

test.each([
  { size: { width: 300, height: 200 }, parts: ["own", "talk", "connection"] },
  { size: { width: 480, height: 320 }, parts: ["standings", "own", "kills", "talk", "connection"] },
  { size: { width: 1280, height: 720 }, parts: ["standings", "own", "kills", "talk", "connection"] },
])("full lists leave the ship free and do not lie over each other in $size: $parts", async ({ size, parts }) => {
  const { page } = await openPage(browser, server.port, { name: "Ada", size });
  await page.locator('html[data-phase="connected"]').waitFor();
  await page.keyboard.press("Enter");

  // Lists as full as they become; measured at once, before the page writes them anew.
  const boxes = await page.evaluate(() => {
    const fill = (id: string, count: number, text: string): void => {
      const rows = Array.from({ length: count }, () => document.createElement("li"));
      for (const row of rows) row.append(text);
      document.getElementById(id)!.replaceChildren(...rows);
    };
    fill("leaderboard", 8, "Vivid Photon 12345");
    fill("kills", 5, "Vivid Photon ✕ Golden Quasar");
    fill("chat", 6, "what somebody says who has very much to say, and so they say it at some length");
    const found = document.querySelectorAll(".standings, .own, #kills, .talk, .connection");
    return Array.from(found).flatMap((part) => {
      const { left, right, top, bottom } = part.getBoundingClientRect();
      const name = part.id === "" ? part.className : part.id;
      return right > left && bottom > top ? [{ name, left, right, top, bottom }] : [];
    });
  });

  expect(boxes.map(({ name }) => name)).toEqual(parts);
  expect(overlapsAmong([shipIn(size), ...boxes])).toEqual([]);
  await page.context().close();
});
