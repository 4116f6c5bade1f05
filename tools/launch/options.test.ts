import { expect, test } from "vitest";
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
  { refused: ["--bots=many"], accepted: ["--bots=7"], says: 'bots are 0 to 200, not "many"' },
  { refused: ["--bots"], accepted: ["--bots", "1"], says: "--bots needs a number behind it" },
  { refused: ["--port", "65536"], accepted: ["--port", "65535"], says: 'a port is 0 to 65535, not "65536"' },
  { refused: ["--port", "80.5"], accepted: ["--port", "80"], says: 'a port is 0 to 65535, not "80.5"' },
];

test.each(refusals)("$refused is refused, and $accepted is accepted", ({ refused, accepted, says }) => {
  expect(parseStartOptions(refused, {})).toEqual({ error: says });
  expect(parseStartOptions(accepted, {})).not.toHaveProperty("error");
});

test("an environment that makes no sense is refused too", () => {
  expect(parseStartOptions([], { PORT: "http" })).toEqual({ error: 'a port is 0 to 65535, not "http"' });
});

test("a word that is not the launcher's goes to the server, with what stands behind it", () => {
  const options = parseStartOptions(["--seed", "7", "--bots", "3", "--quiet"], {});

  expect(options).toEqual({ bots: 3, port: 8080, host: "127.0.0.1", forServer: ["--seed", "7", "--quiet"] });
});
