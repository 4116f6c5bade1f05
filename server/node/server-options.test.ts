import { expect, test } from "vitest";
import { readServerOptions } from "./server-options.ts";

test("without options the server is this machine's, on port 8080, with a snapshot every tick", () => {
  expect(readServerOptions([], {})).toMatchObject({
    port: 8080,
    host: "127.0.0.1",
    ticksPerSnapshot: 1,
    playersMax: 256,
  });
});

test("an option goes before the environment, which goes before the default", () => {
  const env = { PORT: "9000", HOST: "::1" };

  expect(readServerOptions([], env)).toMatchObject({ port: 9000, host: "::1" });
  expect(readServerOptions(["--port", "9001", "--host"], env)).toMatchObject({ port: 9001, host: "0.0.0.0" });
});

test.each([
  [["--port", "65536"], /port .* 0 to 65535/],
  [["--port", "80a"], /"80a"/],
  [["--ticks-per-snapshot", "0"], /1 to 255/],
  [["--players", "257"], /1 to 256/],
  [["--colour"], /--colour/],
])("%j is refused with %s", (args, text) => {
  expect(() => readServerOptions(args, {})).toThrow(text);
});

test.each([
  [["--port", "65535"], { port: 65_535 }],
  [["--ticks-per-snapshot", "255"], { ticksPerSnapshot: 255 }],
  [["--players", "1"], { playersMax: 1 }],
])("%j is accepted", (args, expected) => {
  expect(readServerOptions(args, {})).toMatchObject(expected);
});
