/** A page that imports a schema, in a real browser in front of a real Vite server: what its author sees while typing. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { createServer } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { tickwire } from "../vite-plugin/index.ts";
import { launchChromium, ROOT } from "./arena-session.ts";

/** A change is there in a tenth of this; a busy machine may take longer, and that is no fault of the plugin. */
const CHANGE_MS_MAX = 5_000;

/** Vite's watcher drops a change that follows another of the same file this soon. */
const WATCHER_DEAF_MS = 60;

const RUNTIME = join(ROOT, "shared/engine/wire/index.ts");
const SCHEMA = (limit: number, field = "u8 a"): string =>
  `protocol game 1;\nconst LIMIT = ${limit};\nstruct A { ${field}; };\n`;
/** The page says what it has of the schema; `data-loads` counts how often it was loaded whole. */
const MAIN = `import * as wire from "./game.wire";
const show = ({ LIMIT, encodeA, decodeA }) => {
  const { a } = decodeA(encodeA({ a: 7 }));
  document.body.dataset.schema = LIMIT + " " + a + " " + encodeA({ a: 7 }).length;
};
sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;
document.body.dataset.loads = sessionStorage.loads;
show(wire);
import.meta.hot.accept("./game.wire", show);
`;

interface WirePage {
  readonly page: Page;
  /** Writes the schema, and says after how many milliseconds the page has what `selector` asks for. */
  readonly change: (text: string, selector: string) => Promise<number>;
}

async function wirePage(): Promise<WirePage> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tickwire-page-")));
  const write = (name: string, text: string): void => {
    writeFileSync(join(root, name), text);
  };
  write("index.html", `<!doctype html><body><script type="module" src="/main.js"></script></body>`);
  write("main.js", MAIN);
  write("game.wire", SCHEMA(1));
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [tickwire({ runtime: RUNTIME })],
    server: { host: "127.0.0.1", port: 0, fs: { strict: false } },
  });
  await vite.listen();
  const browser = await launchChromium();
  onTestFinished(async () => {
    await browser.close();
    await vite.close();
    rmSync(root, { recursive: true, force: true });
  });
  const page = await browser.newPage();
  await page.goto(vite.resolvedUrls!.local[0]!);
  await page.locator('body[data-schema="1 7 1"]').waitFor({ state: "attached" });
  await expect.poll(() => Object.values(vite.watcher.getWatched()).flat()).toContain("game.wire");
  return {
    page,
    change: async (text, selector) => {
      const settledMs = performance.now() + WATCHER_DEAF_MS;
      while (performance.now() < settledMs) await new Promise((resolve) => setImmediate(resolve));
      const startMs = performance.now();
      write("game.wire", text);
      await page.locator(selector).waitFor({ state: "attached", timeout: CHANGE_MS_MAX });
      return Math.round(performance.now() - startMs);
    },
  };
}

test("a change of a schema is in the page without a reload, a mistake is an overlay, and mending it needs no restart", async () => {
  const { page, change } = await wirePage();

  const changedMs = await change(SCHEMA(2, "u16 a"), 'body[data-schema="2 7 2"]');
  const overlayMs = await change(SCHEMA(2, "u9 a"), "vite-error-overlay .message");
  const overlay = await page.locator("vite-error-overlay").evaluate((element) => element.shadowRoot!.textContent);
  const schemaUnderOverlay = await page.locator("body").getAttribute("data-schema");
  const mendedMs = await change(SCHEMA(3, "u32 a"), 'body[data-schema="3 7 4"]');
  await page.locator("vite-error-overlay").waitFor({ state: "detached" });

  console.log(`in the page after: a change ${changedMs} ms, the overlay ${overlayMs} ms, its mending ${mendedMs} ms`);
  expect(overlay).toContain(`game.wire:3:12`);
  expect(overlay).toContain(`no type is named "u9"`);
  expect(overlay).toContain("did you mean u8?");
  expect(schemaUnderOverlay).toBe("2 7 2");
  expect(await page.locator("body").getAttribute("data-loads")).toBe("1");
});
