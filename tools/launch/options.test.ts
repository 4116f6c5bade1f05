import { expect, test } from "vitest";
import { readServerOptions } from "../../server/node/server-options.ts";
import { parseStartOptions } from "./options.mjs";

test("without a word, 12 bots play on port 8080 of this machine alone", () => {
  expect(parseStartOptions([], {})).toEqual({ bots: 12, port: 8080, host: "127.0.0.1", forServer: [] });
});

test("the environment sets port and host, and the command line wins over it", () => {
  const env = { PORT: "9000", HOST: "10.0.0.1" };

  expect(parseStartOptions([], env)).toEqual({ bots: 12, port: 9000, host: "10.0.0.1", forServer: [] });
  expect(parseStartOptions(["--port", "9001", "--host=::1"], env)).toEqual({
    bots: 12,
    port: 9001,
    host: "::1",
    forServer: [],
  });
});

test("--host alone opens the local network, whatever follows it", () => {
  expect(parseStartOptions(["--host", "--bots", "0"], {})).toEqual({
    bots: 0,
    port: 8080,
    host: "0.0.0.0",
    forServer: [],
  });
});

const refusals = [
  { refused: ["--bots", "201"], accepted: ["--bots", "200"], says: 'bots are 0 to 200, not "201"' },
  { refused: ["--bots", "-1"], accepted: ["--bots", "0"], says: 'bots are 0 to 200, not "-1"' },
  { refused: ["--bots=-1"], accepted: ["--bots=0"], says: 'bots are 0 to 200, not "-1"' },
  { refused: ["--bots=many"], accepted: ["--bots=7"], says: 'bots are 0 to 200, not "many"' },
  { refused: ["--bots"], accepted: ["--host"], says: "'--bots <value>' argument missing" },
  { refused: ["--bot", "3"], accepted: ["--bots", "3"], says: "Unknown option '--bot'" },
  { refused: ["nonsense"], accepted: ["--host", "nonsense"], says: "Unexpected argument 'nonsense'" },
  { refused: ["--port", "65536"], accepted: ["--port", "65535"], says: 'a port is 0 to 65535, not "65536"' },
  { refused: ["--port", "80.5"], accepted: ["--port", "80"], says: 'a port is 0 to 65535, not "80.5"' },
  { refused: ["--quiet=yes"], accepted: ["--quiet"], says: "'--quiet' does not take an argument" },
];

test.each(refusals)("$refused is refused, and $accepted is accepted", ({ refused, accepted, says }) => {
  expect(parseStartOptions(refused, {})).toEqual({ error: expect.stringContaining(says) as string });
  expect(parseStartOptions(accepted, {})).not.toHaveProperty("error");
});

const serverRefusals = [
  { refused: "--players=0", accepted: "--players=1", says: 'players are 1 to 256, not "0"' },
  { refused: "--players=257", accepted: "--players=256", says: 'players are 1 to 256, not "257"' },
  {
    refused: "--ticks-per-snapshot=256",
    accepted: "--ticks-per-snapshot=255",
    says: "ticks per snapshot are 1 to 255",
  },
  { refused: "--seed=abc", accepted: "--seed=0", says: 'a seed is 0 to 4294967295, not "abc"' },
  { refused: "--seed=4294967296", accepted: "--seed=4294967295", says: "a seed is 0 to 4294967295" },
];

test.each(serverRefusals)("$refused is refused here as by the server, and $accepted by neither", (row) => {
  expect(parseStartOptions([row.refused], {})).toEqual({ error: expect.stringContaining(row.says) as string });
  expect(() => readServerOptions([row.refused], {})).toThrow();
  expect(parseStartOptions([row.accepted], {})).toMatchObject({ forServer: [row.accepted] });
  expect(() => readServerOptions([row.accepted], {})).not.toThrow();
});

test("an environment that makes no sense is refused too", () => {
  expect(parseStartOptions([], { PORT: "http" })).toEqual({ error: 'a port is 0 to 65535, not "http"' });
});

test("the server is told what is the server's", () => {
  const options = parseStartOptions(["--seed", "7", "--bots", "3", "--static", "site", "--quiet"], {});

  expect(options).toEqual({
    bots: 3,
    port: 8080,
    host: "127.0.0.1",
    forServer: ["--seed=7", "--static=site", "--quiet"],
  });
});
