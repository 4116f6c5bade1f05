import { expect, test } from "vitest";
import { ResumeTokens } from "./resume-tokens.ts";

/** Tokens of one byte, 1 and up. */
function countedTokens(): ResumeTokens<string> {
  let count = 0;
  return new ResumeTokens((bytes) => new Uint8Array(bytes).fill(++count), 1);
}

function token(number: number): Uint8Array {
  return Uint8Array.of(number);
}

test("a token proves whose it is; one that nobody was given proves nothing", () => {
  const tokens = countedTokens();
  tokens.issue("Ada");
  tokens.issue("Bo");

  expect(tokens.judge(token(1))).toEqual({ owner: "Ada", isStale: false });
  expect(tokens.judge(token(2))).toEqual({ owner: "Bo", isStale: false });
  expect(tokens.judge(token(3))).toBeUndefined();
});

test("a token that was used is good until the one for it is confirmed, or used", () => {
  const [confirmed, used] = [countedTokens(), countedTokens()];
  for (const tokens of [confirmed, used]) {
    tokens.issue("Ada");
    expect(tokens.rotate("Ada", token(1))).toEqual(token(2));
    expect(tokens.judge(token(1))?.isStale).toBe(false);
  }

  confirmed.confirm("Ada");
  used.rotate("Ada", token(2));

  for (const tokens of [confirmed, used]) {
    expect(tokens.judge(token(1))).toEqual({ owner: "Ada", isStale: true });
    expect(tokens.judge(token(2))?.isStale).toBe(false);
  }
});

test("a token that is used twice takes back the first answer: the token in that is stale", () => {
  const tokens = countedTokens();
  tokens.issue("Ada");
  tokens.rotate("Ada", token(1));
  tokens.rotate("Ada", token(1));

  expect([1, 2, 3].map((number) => tokens.judge(token(number))?.isStale)).toEqual([false, true, false]);
});

test("the last 8 stale tokens are known as such, an older one is nobody's", () => {
  const tokens = countedTokens();
  tokens.issue("Ada");
  for (let number = 1; number <= 10; number++) tokens.rotate("Ada", token(number));

  expect(tokens.judge(token(1))).toBeUndefined();
  expect(tokens.judge(token(2))).toEqual({ owner: "Ada", isStale: true });
  expect(tokens.judge(token(9))).toEqual({ owner: "Ada", isStale: true });
  expect(tokens.judge(token(10))?.isStale).toBe(false);
});

test("nothing is known any more of an owner that is forgotten, and of others all is", () => {
  const tokens = countedTokens();
  tokens.issue("Ada");
  tokens.issue("Bo");
  tokens.rotate("Ada", token(1));

  tokens.forget("Ada");

  expect([1, 2, 3].map((number) => tokens.judge(token(number))?.owner)).toEqual([undefined, "Bo", undefined]);
});
