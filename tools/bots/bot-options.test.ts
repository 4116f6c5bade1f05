import { expect, test } from "vitest";
import { parseBotOptions } from "./bot-options.ts";

test("without a word, 50 bots play for 30 seconds on the port that npm start opens", () => {
  expect(parseBotOptions([])).toEqual({
    url: "ws://localhost:8080/ws",
    count: 50,
    seconds: 30,
    isJson: false,
    isQuiet: false,
    traceFile: undefined,
    isProfiled: false,
  });
});

test("every option is heard", () => {
  const argv = ["--url", "wss://play.example/arena", "--count", "3", "--forever", "--json", "--quiet"];
  const watch = ["--trace", "t.jsonl", "--profile"];

  expect(parseBotOptions([...argv, ...watch])).toEqual({
    url: "wss://play.example/arena",
    count: 3,
    seconds: undefined,
    isJson: true,
    isQuiet: true,
    traceFile: "t.jsonl",
    isProfiled: true,
  });
});

const refusals = [
  { refused: ["--count", "0"], accepted: ["--count", "1"], says: '--count is 1 to 1000, not "0"' },
  { refused: ["--count", "-3"], accepted: ["--count", "3"], says: '--count is 1 to 1000, not "-3"' },
  { refused: ["--count", "1001"], accepted: ["--count", "1000"], says: '--count is 1 to 1000, not "1001"' },
  { refused: ["--count", "1e2"], accepted: ["--count", "100"], says: '--count is 1 to 1000, not "1e2"' },
  { refused: ["--seconds", "0"], accepted: ["--seconds", "1"], says: '--seconds is 1 to 86400, not "0"' },
  { refused: ["--url", "localhost:8080"], accepted: ["--url", "ws://localhost:8080"], says: "--url is an address" },
  { refused: ["--url", "http://localhost"], accepted: ["--url", "ws://localhost"], says: "--url is an address" },
  { refused: ["--cuont", "5"], accepted: ["--count", "5"], says: "--cuont" },
  { refused: ["--trace"], accepted: ["--trace", "t.jsonl"], says: "--trace" },
  { refused: ["--trace", ""], accepted: ["--trace", "t"], says: "--trace is the name of a file, as in" },
  { refused: ["--profile=1"], accepted: ["--profile"], says: "--profile" },
  { refused: ["5"], accepted: ["--help"], says: "'5'" },
];

test.each(refusals)("$refused is refused, and $accepted is accepted", ({ refused, accepted, says }) => {
  expect(parseBotOptions(refused)).toEqual({ error: expect.stringContaining(says) as string });
  expect(parseBotOptions(accepted)).not.toHaveProperty("error");
});
