/** A real Vite server on loopback, watched as its page watches it: over the hot-update socket. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, createServer, type HotPayload, type ViteDevServer } from "vite";
import { WebSocket } from "ws";
import { expect, onTestFinished, test } from "vitest";
import { tickwire, type TickwireOptions } from "./index.ts";

const RUNTIME = join(import.meta.dirname, "../../shared/engine/wire/index.ts");
const MAIN = `import { decodeA, encodeA } from "./game.wire";
export const bytes = encodeA({ a: 7 });
export const value = decodeA(bytes);
import.meta.hot?.accept("./game.wire", () => {});
`;
const GAME = `import "types.wire";\nprotocol game 1;\nstruct A { u8 a; };\nstruct Unused { string text<9>; };\n`;
const FILES = { "index.html": `<script type="module" src="/main.js"></script>`, "main.js": MAIN, "game.wire": GAME };

/** Vite's watcher drops a change that follows another of the same file this soon. */
const WATCHER_DEAF_MS = 60;

/** A project with these files. */
function projectWith(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "tickwire-vite-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries({ ...FILES, "types.wire": "struct B { u8 b; };\n", ...files })) {
    writeFileSync(join(root, name), text);
  }
  return root;
}

interface Page {
  /** What the server answers for a module. */
  readonly load: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  /** Writes a file, and says what the page is told first, and how soon. */
  readonly change: (name: string, text: string) => Promise<{ readonly payload: HotPayload; readonly afterMs: number }>;
}

/** The project's page, served; its modules are loaded once, as a browser would. */
async function pageOf(root: string, options: TickwireOptions = {}): Promise<Page> {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [tickwire({ runtime: RUNTIME, ...options })],
    server: { host: "127.0.0.1", port: 0, fs: { strict: false } },
  });
  await server.listen();
  const { port } = server.httpServer!.address() as { port: number };
  const client = await (await fetch(`http://127.0.0.1:${port}/@vite/client`)).text();
  const token = /wsToken = "([^"]+)"/.exec(client)?.[1] ?? "";
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, "vite-hmr");
  onTestFinished(async () => {
    socket.terminate();
    await server.close();
  });
  const told: HotPayload[] = [];
  socket.on("message", (text: Buffer) => told.push(JSON.parse(text.toString()) as HotPayload));
  await new Promise((resolve) => socket.once("open", resolve));
  const load: Page["load"] = async (path) => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { headers: { accept: "*/*" } });
    return { status: response.status, text: await response.text() };
  };
  await load("main.js");
  await load("game.wire?import");
  await watched(server, root);
  return {
    load,
    change: async (name, text) => {
      const settledMs = performance.now() + WATCHER_DEAF_MS;
      while (performance.now() < settledMs) await new Promise((resolve) => setImmediate(resolve));
      told.length = 0;
      const startMs = performance.now();
      writeFileSync(join(root, name), text);
      while (!told.some(isNews)) await new Promise((resolve) => setImmediate(resolve));
      return { payload: told.find(isNews)!, afterMs: performance.now() - startMs };
    },
  };
}

function isNews({ type }: HotPayload): boolean {
  return type === "update" || type === "full-reload" || type === "error";
}

/** Resolves when the server watches the project's files: before that a change is not seen. */
async function watched(server: ViteDevServer, root: string): Promise<void> {
  while (!(server.watcher.getWatched()[root] ?? []).includes("game.wire")) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a schema is a module with its codecs, and its types lie beside it", async () => {
  const root = projectWith();
  const { load } = await pageOf(root);

  const { status, text } = await load("game.wire?import");

  expect(status).toBe(200);
  expect(text).toContain("export function encodeA(");
  expect(readFileSync(join(root, "game.wire.d.ts"), "utf8")).toContain("export declare function encodeA(");
});

test.each([
  ["the schema", "game.wire", (sign: string) => GAME.replace("u8 a;", `u8 a; u16 ${sign};`)],
  ["one that it imports", "types.wire", (sign: string) => `struct B { u8 b; };\nstruct Added { u8 ${sign}; };\n`],
])("a change of %s is in the page within 500 ms: the median of 3", async (_, name, textWith) => {
  const { load, change } = await pageOf(projectWith());
  const delaysMs: number[] = [];

  for (const [round, sign] of ["first", "second", "third"].entries()) {
    const { payload, afterMs } = await change(name, textWith(sign));
    delaysMs.push(afterMs);
    expect(payload).toMatchObject({ type: "update", updates: [{ path: "/main.js", acceptedPath: "/game.wire" }] });
    expect((await load(`game.wire?import&t=${1_700_000_000_000 + round}`)).text).toContain(sign);
  }

  expect(delaysMs.sort((a, b) => a - b)[1]).toBeLessThan(500);
});

test("a mistake is Vite's overlay with file, line, column and frame, and mending it needs no restart", async () => {
  const root = projectWith();
  const { load, change } = await pageOf(root);

  const { payload, afterMs } = await change("game.wire", "protocol game 1;\nstruct A { u9 a; };\n");

  expect(payload).toMatchObject({
    type: "error",
    err: {
      plugin: "tickwire",
      id: join(root, "game.wire"),
      loc: { file: join(root, "game.wire"), line: 2, column: 12 },
      message: expect.stringContaining(`game.wire:2:12  no type is named "u9"`) as string,
      frame: expect.stringContaining("    2 | struct A { u9 a; };\n      |            ^^") as string,
    },
  });
  expect(afterMs).toBeLessThan(500);
  expect((await load("game.wire?import&t=1700000000001")).status).toBe(500);
  expect((await change("game.wire", GAME)).payload).toMatchObject({ type: "update" });
  expect((await load("game.wire?import&t=1700000000002")).status).toBe(200);
});

test("a page that began with a mistake in an imported schema comes up when that is mended", async () => {
  const { load, change } = await pageOf(projectWith({ "types.wire": "struct B { u9 b; };\n" }));
  expect((await load("game.wire?import")).status).toBe(500);

  const { payload } = await change("types.wire", "struct B { u8 b; };\n");

  expect(payload.type).toBe("full-reload");
  expect((await load("game.wire?import&t=1700000000001")).status).toBe(200);
});

test("a page that began without an imported schema comes up when that is written", async () => {
  const { load, change } = await pageOf(projectWith({ "game.wire": `import "later.wire";\n${GAME}` }));
  expect((await load("game.wire?import")).text).toContain("there is no file");

  const { payload } = await change("later.wire", "struct L { u8 b; };\n");

  expect(payload.type).toBe("full-reload");
  expect((await load("game.wire?import&t=1700000000001")).status).toBe(200);
});

test("types go into a folder that mirrors the project, or nowhere", async () => {
  const root = projectWith();
  mkdirSync(join(root, "net"));
  writeFileSync(join(root, "net", "chat.wire"), "protocol chat 1;\nstruct C { u8 c; };\n");
  const { load } = await pageOf(root, { types: ".wire-types" });

  await load("net/chat.wire?import");

  expect(readFileSync(join(root, ".wire-types/net/chat.wire.d.ts"), "utf8")).toContain("encodeC");
  expect(existsSync(join(root, "net/chat.wire.d.ts"))).toBe(false);
  const silent = projectWith();
  await pageOf(silent, { types: false });
  expect(readdirSync(silent).filter((name) => name.endsWith(".d.ts"))).toEqual([]);
});

test("the production build works, and holds nothing of a struct that is not used", async () => {
  const root = projectWith();

  await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [tickwire({ runtime: RUNTIME })],
    build: { lib: { entry: "main.js", formats: ["es"], fileName: () => "main.js" }, minify: false },
  });

  const built = join(root, "dist/main.js");
  const text = readFileSync(built, "utf8");
  const module = (await import(/* @vite-ignore */ built)) as { bytes: Uint8Array; value: unknown };
  expect([Array.from(module.bytes), module.value]).toEqual([[7], { a: 7 }]);
  expect(text).not.toContain("Unused");
  expect(text).not.toContain("writeText");
});

test("a production build stops at a mistake and says where it is", async () => {
  const root = projectWith({ "game.wire": "protocol game 1;\nstruct A { u9 a; };\n" });
  const building = build({ root, configFile: false, logLevel: "silent", plugins: [tickwire({ runtime: RUNTIME })] });

  const error = await building.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );

  expect(error?.message).toContain(`game.wire:2:12  no type is named "u9"`);
});

test("in a served page, which has no process, encoders check their values all the same", async () => {
  const page = await pageOf(projectWith());
  const [game, runtime] = [
    await page.load("game.wire?import"),
    await page.load(`@fs${join(RUNTIME, "../is-development.ts")}`),
  ];

  expect(runtime.text).toMatch(/return "(development|test)" !== "production"/);
  expect(game.text).toMatch(/if \(CHECKS && "(development|test)" !== "production"\) checkA\(value\)/);
});
