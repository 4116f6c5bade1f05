import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedExample, serveExample } from "../../examples/serve.ts";
import { artifactPath, launchChromium } from "./arena-session.ts";

/** Each player's place, by number, as a page's picture shows it. */
type Places = Readonly<Record<string, readonly [x: number, y: number]>>;

let browser: Browser;
let tag: ServedExample;

beforeAll(async () => {
  [browser, tag] = await Promise.all([launchChromium(), serveExample("tag", 0, "127.0.0.1")]);
});

afterAll(async () => {
  await browser.close();
  await tag.close();
});

/** A page that shows `players` players, and what its console complained about. */
async function openTag(players: number): Promise<{ page: Page; id: string; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(tag.address);
  await expect.poll(async () => Object.keys(await placesIn(page)).length, { timeout: 20_000 }).toBe(players);
  return { page, complaints, id: (await page.locator("canvas").getAttribute("data-player-id"))! };
}

async function placesIn(page: Page): Promise<Places> {
  return JSON.parse((await page.locator("canvas").getAttribute("data-runners")) ?? "{}") as Places;
}

test("two pages of the second game: each sees the other run when keys are held, and one of them is told to be it", async () => {
  const left = await openTag(1);
  const right = await openTag(2);
  const before = await placesIn(left.page);
  const startsAt = { left: before[left.id]!, right: (await placesIn(right.page))[right.id]! };

  await left.page.keyboard.down("ArrowLeft");
  await right.page.keyboard.down("ArrowDown");
  await expect
    .poll(async () => startsAt.left[0] - (await placesIn(right.page))[left.id]![0], { timeout: 10_000 })
    .toBeGreaterThan(60);
  await expect
    .poll(async () => (await placesIn(left.page))[right.id]![1] - startsAt.right[1], { timeout: 10_000 })
    .toBeGreaterThan(60);
  await right.page.screenshot({ path: artifactPath("tag.png") });

  // Whoever is it by now: they may have begun, or run, within reach of each other.
  const news = [left, right].map(({ page }) => page.locator("#news").textContent());
  expect((await Promise.all(news)).sort()).toEqual(["Run!", "You are it: touch somebody!"]);
  expect([...left.complaints, ...right.complaints]).toEqual([]);
});
