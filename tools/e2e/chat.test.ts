import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedExample, serveExample } from "../../examples/serve.ts";
import { artifactPath, launchChromium, ROOT } from "./arena-session.ts";

const FILE_BYTES = 5_000_000;

let browser: Browser;
let chat: ServedExample;
const complaints: string[] = [];

beforeAll(async () => {
  [browser, chat] = await Promise.all([launchChromium(), serveExample("chat", 0, "127.0.0.1")]);
});

afterAll(async () => {
  await browser.close();
  await chat.close();
});

/** A page whose reader has joined. */
async function enter(name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 900, height: 560 } });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(chat.address);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByText("connected", { exact: true }).waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Say something").fill(text);
  await page.getByLabel("Say something").press("Enter");
}

test("two pages talk, words are never markup, and a picture and 5 MB that one sends are on the other's page whole", async () => {
  const ada = await enter("Ada");
  const ben = await enter("Ben");
  await say(ada, "hello <b>Ben</b>");
  await ben.getByText("hello <b>Ben</b>").waitFor();
  await say(ben, "hello Ada");
  await ada.getByText("hello Ada").waitFor();

  const content = randomBytes(FILE_BYTES);
  const file = ada.getByLabel("Send a file");
  await file.setInputFiles({ name: "holiday.zip", mimeType: "application/zip", buffer: content });
  await say(ada, "it is on its way");
  await ben.getByText("it is on its way").waitFor();
  await file.setInputFiles(join(ROOT, "docs/arena.png"));
  await ben.locator("img").waitFor();
  await ada.locator("img").waitFor();

  const link = ben.getByRole("link", { name: "save" });
  const [download] = await Promise.all([ben.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("holiday.zip");
  expect(readFileSync(await download.path()).equals(content)).toBe(true);
  expect(await ben.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await ben.getByRole("complementary").getByRole("listitem").allTextContents()).toEqual(["Ada", "Ben"]);
  mkdirSync(artifactPath(""), { recursive: true });
  await ben.screenshot({ path: artifactPath("chat.png") });
  await ada.close();
  await ben.getByText("Ada has left.").waitFor();
  expect(complaints).toEqual([]);
});
