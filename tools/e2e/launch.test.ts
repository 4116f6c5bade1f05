import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startArena } from "./arena-session.ts";

const ROOT = join(import.meta.dirname, "../..");
const WAIT_MS = 20_000;

/** A command of package.json, what it has printed so far, and how it ended. */
interface Command {
  readonly child: ChildProcess;
  readonly printed: { out: string; errors: string };
  readonly exitCode: Promise<number | null>;
}

function run(script: string, ...args: string[]): Command {
  const child = spawn(process.execPath, [`tools/launch/${script}.mjs`, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", errors: "" };
  child.stdout.on("data", (bytes: Buffer) => (printed.out += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (printed.errors += bytes.toString()));
  return { child, printed, exitCode: new Promise((resolve) => child.on("close", resolve)) };
}

/** `npm start` on a free port, once it says where it runs. */
async function npmStart(...args: string[]): Promise<{ command: Command; address: string }> {
  const command = run("start", "--port", "0", ...args);
  const addressIn = (): string | undefined => /Arena is running:\s+(http:\S+)/.exec(command.printed.out)?.[1];
  await expect.poll(addressIn, { timeout: WAIT_MS }).toBeDefined();
  return { command, address: addressIn()! };
}

async function playersAt(address: string): Promise<number> {
  const response = await fetch(`${address}/status.json`);
  return ((await response.json()) as { players: number }).players;
}

test("npm start serves page and bots at the address it prints, and Ctrl-C ends all of it within 2 s", async () => {
  const { command, address } = await npmStart("--bots", "3");
  const page = await fetch(address);
  await expect.poll(() => playersAt(address), { timeout: WAIT_MS }).toBe(3);

  const startMs = performance.now();
  command.child.kill("SIGINT");

  expect(await command.exitCode).toBe(0);
  expect(performance.now() - startMs).toBeLessThan(2_000);
  expect(await page.text()).toContain("<title>Arena");
  await expect(fetch(address)).rejects.toThrow();
});

test("a port that is taken is a clear error, exit code 1, and nothing stays behind", async () => {
  const { command, address } = await npmStart("--bots", "0");
  const port = new URL(address).port;

  const second = run("start", "--port", port, "--bots", "0");

  expect(await second.exitCode).toBe(1);
  expect(second.printed.errors).toContain(`Port ${port} is taken`);
  expect(await playersAt(address)).toBe(0);
  command.child.kill("SIGINT");
  expect(await command.exitCode).toBe(0);
});

test("npm run bots -- --json prints one JSON object, and nothing else, on standard output", async () => {
  const { command, address } = await npmStart("--bots", "0");
  const url = address.replace("http", "ws");

  const bots = run("bots", "--url", url, "--count", "10", "--seconds", "3", "--json");

  const code = await bots.exitCode;
  expect(JSON.parse(bots.printed.out)).toMatchObject({ connected: 10, refused: 0, dropped: 0, errors: 0 });
  expect(code).toBe(0);
  command.child.kill("SIGINT");
  expect(await command.exitCode).toBe(0);
});

test("bots that play for ever come back when the server has started again, and Ctrl-C ends them with exit code 0", async () => {
  const server = await startArena();
  const bots = run("bots", "--url", `ws://127.0.0.1:${server.port}`, "--count", "3", "--forever", "--quiet");
  await expect.poll(() => server.room.playerCount, { timeout: WAIT_MS }).toBe(3);
  await server.close("The server is started again.");

  const again = await startArena({ port: server.port });

  await expect.poll(() => again.room.playerCount, { timeout: WAIT_MS }).toBe(3);
  bots.child.kill("SIGINT");
  expect(await bots.exitCode).toBe(0);
  expect(bots.printed).toEqual({ out: "", errors: "" });
  await again.close("The test is over.");
});

test("bots that find no server are refused: exit code 1, and the summary says why", async () => {
  const bots = run("bots", "--url", "ws://127.0.0.1:9", "--count", "2", "--seconds", "1");

  expect(await bots.exitCode).toBe(1);
  expect(bots.printed.out).toContain("0 of 2 (2 refused, 0 dropped, 2 errors)");
  expect(bots.printed.out).toContain("2 × 1006");
});

test("an option that makes no sense is refused with exit code 2 before anything is built or started", async () => {
  const start = run("start", "--bots", "many");
  const bots = run("bots", "--count", "0");

  expect(await start.exitCode).toBe(2);
  expect(await bots.exitCode).toBe(2);
  expect(start.printed.errors).toContain('bots are 0 to 200, not "many"');
  expect(bots.printed.errors).toContain('--count is 1 to 1000, not "0"');
});
