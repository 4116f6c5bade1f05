import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { encodeChatSay } from "../../shared/schema/generated/arena.ts";
import { launchChromium, openPage, playerIdOf, startArena, watchArena } from "./arena-session.ts";

const WAIT_MS = 15_000;

/**
 * Without a window a tab is never hidden. This one says it is, gets no display frames until the event "show", and
 * counts in `data-asked` how often it was asked, which the page does at every packet. "20s" moves its clock on.
 */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    const request = window.requestAnimationFrame.bind(window);
    const now = performance.now.bind(performance);
    const waiting: FrameRequestCallback[] = [];
    let asked = 0;
    const isHidden = (): boolean => {
      document.body.dataset.asked = String(++asked);
      return true;
    };
    window.requestAnimationFrame = (callback) => waiting.push(callback);
    Object.defineProperty(document, "hidden", { configurable: true, get: isHidden });
    window.addEventListener("20s", () => {
      performance.now = () => now() + 20_000;
    });
    window.addEventListener("show", () => {
      Reflect.deleteProperty(document, "hidden");
      window.requestAnimationFrame = request;
      for (const callback of waiting) request(callback);
    });
  });
}

async function tell(page: Page, event: "20s" | "show"): Promise<void> {
  await page.evaluate((name) => dispatchEvent(new Event(name)), event);
}

async function packetsSeenHidden(page: Page): Promise<number> {
  return Number(await page.locator("body").getAttribute("data-asked"));
}

test("chat of 20 s ago that came while the tab was hidden is not shown as new, what came just now is", async () => {
  const browser = await launchChromium();
  const server = await startArena();
  const opened = await openPage(browser, server.port, { name: "Ada" });
  await playerIdOf(opened);
  const { client, stop } = watchArena(server.port);
  await expect.poll(() => client.playerId, { timeout: WAIT_MS }).toBeDefined();
  const { page } = opened;
  const say = async (text: string): Promise<void> => {
    client.send(encodeChatSay({ text }));
    await expect
      .poll(() => client.takeMessages().some(({ type }) => type === "ChatSaid"), { timeout: WAIT_MS })
      .toBe(true);
    // Three packets later the page has had it too.
    const seen = await packetsSeenHidden(page);
    await expect.poll(() => packetsSeenHidden(page), { timeout: WAIT_MS }).toBeGreaterThan(seen + 3);
  };

  await hide(page);
  await say("long ago");
  await tell(page, "20s");
  await say("just now");
  await tell(page, "show");

  await page.locator("#chat .text").first().waitFor();
  expect(await page.locator("#chat .text").allTextContents()).toEqual(["just now"]);
  expect(opened.complaints).toEqual([]);
  stop();
  await browser.close();
  await server.close("The test is over.");
});
