/** The package as its users get it: packed, installed outside the repository, and used on a schema of their own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const SCHEMA = `protocol duel 1;
enum Hand : u8 { ROCK, PAPER, SCISSORS };
message Play [[lane(event), from(client)]] { Hand hand; string taunt<40>; };
`;
const PROGRAM = `import { decodePlay, encodePlay, Hand } from "./generated/duel.js";
import { GameClient } from "tickwire/client";
import { runInNode, startChannelServer, startGameServer } from "tickwire/node";
import { Channels, Room } from "tickwire/server";
import { clientChannel, CloseCode, Connection, negotiateSubprotocol, Rng } from "tickwire/shared";
import { runFaults, SimulatedSession, VirtualNetwork } from "tickwire/testing";
import { tickwire } from "tickwire/vite";

const bytes = encodePlay({ hand: Hand.PAPER, taunt: "ha" });
const all = [GameClient, startGameServer, Room, CloseCode, Connection, negotiateSubprotocol, Rng, SimulatedSession];
all.push(VirtualNetwork, runFaults, tickwire, Channels, clientChannel, startChannelServer, runInNode);
console.log(JSON.stringify([Array.from(bytes), decodePlay(bytes), all.every((each) => each !== undefined)]));
`;
const TYPED = `import type { GameClient } from "tickwire/client";
import type { GameServer } from "tickwire/node";
import { openChannel, runInBrowser } from "tickwire/browser";
import { type RandomBytes, Room, type RoomOptions } from "tickwire/server";
import { type BulkSource, CloseCode, Connection, type EventLoop, type GameDefinition, Rng } from "tickwire/shared";
import { SimulatedSession, VirtualNetwork } from "tickwire/testing";
import { tickwire } from "tickwire/vite";
import type { MessageProtocol, Protocol } from "tickwire/wire";
import { type ClientMessage, decodePlay, type Play, PROTOCOL } from "./generated/duel.js";

export type Used = [GameClient<never>, GameServer<never>, RoomOptions<never>, GameDefinition, Protocol, Play];
export type AtTheEdge = [BulkSource, EventLoop, RandomBytes];
export const used = [openChannel, runInBrowser, Room, CloseCode, Connection, Rng, SimulatedSession, VirtualNetwork, tickwire];
export const protocol: MessageProtocol<ClientMessage, never> = PROTOCOL;
export const hand: 0 | 1 | 2 | undefined = decodePlay(new Uint8Array(0))?.hand;
// @ts-expect-error -- a Play has no such field
export const none: unknown = decodePlay(new Uint8Array(0))?.glove;
`;

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tickwire-package-"));
  execFileSync(process.execPath, [join(ROOT, "tools/package/build.mjs")], { cwd: ROOT, stdio: "pipe" });
  const packed = npm(ROOT, "pack", "--ignore-scripts", "--json", "--pack-destination", folder);
  tarball = join(folder, (JSON.parse(packed) as { filename: string }[])[0]!.filename);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "duel", private: true, type: "module" }));
  npm(folder, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", tarball);
  writeFileSync(join(folder, "duel.wire"), SCHEMA);
  npm(folder, "exec", "--offline", "--", "tickwire", "codegen", "duel.wire", "--js");
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What npm prints; it runs as this very npm does, or else as the one that lies beside Node. */
function npm(cwd: string, ...args: string[]): string {
  const program = process.env.npm_execpath;
  const isScript = program?.endsWith(".js") === true;
  const [command, ...first] = isScript ? [process.execPath, program] : ["npm"];
  return execFileSync(command, [...first, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What the installed `tickwire` prints. */
function tickwire(...args: string[]): string {
  return execFileSync(
    process.execPath,
    [join(folder, "node_modules/tickwire/dist/package/tools/cli/main.js"), ...args],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
}

test("the tarball holds code, declarations, source maps and the licence, and no test, schema of the demo, or source", () => {
  const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).split("\n");

  expect(files).toEqual(expect.arrayContaining(["package/LICENSE", "package/README.md", "package/package.json"]));
  const code = files.filter((file) => file.endsWith(".js"));
  expect(code.length).toBeGreaterThan(60);
  expect(code.filter((file) => !files.includes(`${file}.map`))).toEqual([]);
  expect(code.filter((file) => !files.includes(file.replace(/\.js$/, ".d.ts")))).toEqual([]);
  expect(files.filter((file) => /arena|\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});

test("code and declarations import what the tarball or its dependencies hold", () => {
  const root = join(folder, "node_modules/tickwire");
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const missing: string[] = [];
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    for (const [, specifier] of readFileSync(join(root, file), "utf8").matchAll(/(?:\bfrom |\bimport\()"([^"\n]+)"/g)) {
      const target = join(root, dirname(file), specifier!);
      const isHeld = specifier!.startsWith(".")
        ? existsSync(target) && target.endsWith(".js")
        : specifier!.startsWith("node:") || specifier === "vite" || Object.hasOwn(dependencies, specifier!);
      if (!isHeld) missing.push(`${file}: ${specifier!}`);
    }
  }

  expect(missing).toEqual([]);
});

test("publint finds nothing to say", async () => {
  const { messages } = await publint({ pkgDir: join(folder, "node_modules/tickwire"), strict: true, pack: false });

  expect(messages.filter(({ type }) => type !== "suggestion")).toEqual([]);
});

test("the installed command prints its version and help", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

  expect(tickwire("--version").trim()).toBe(version);
  expect(tickwire("help", "inspect")).toContain("tickwire inspect URL");
});

test("a schema of the user's own is compiled, imported by plain Node, and its values make the round trip", () => {
  writeFileSync(join(folder, "main.js"), PROGRAM);

  const printed = execFileSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" });

  expect(JSON.parse(printed)).toEqual([[32, 1, 2, 104, 97], { hand: 1, taunt: "ha" }, true]);
});

test("every door has types, as nodenext finds them", () => {
  writeFileSync(join(folder, "typed.ts"), TYPED);
  // What a user has beside Tickwire; the repository's own is lent.
  for (const name of ["@types", "vite"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["typed.ts"] }));

  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");

  expect(outputOf([tsc, "-p", folder])).toBe("");
});

/** What a Node program prints, whether it ends well or not. */
function outputOf(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
