import { expect, test } from "vitest";
import { linkNamed, mistakeIn, NAMED_LINKS } from "./link-conditions.ts";

test("eleven links have names, and each of them can be", () => {
  expect(Object.keys(NAMED_LINKS).length).toBe(11);
  for (const conditions of Object.values(NAMED_LINKS)) expect(mistakeIn(conditions)).toBeUndefined();
});

test("a link is found by its name; one that nobody has named is not", () => {
  expect(linkNamed("8M/50")).toEqual({ downMbit: 8, upMbit: 8, rttMs: 50 });
  expect(linkNamed("8M/51")).toBeUndefined();
  expect(linkNamed("toString")).toBeUndefined();
});

test.each([
  ["downMbit and upMbit", { downMbit: 0 }, { downMbit: Infinity }],
  ["downMbit and upMbit", { upMbit: NaN }, { upMbit: 0.5 }],
  ["times", { rttMs: -1 }, { rttMs: 0 }],
  ["times", { jitterMs: Infinity }, { jitterMs: 40 }],
  ["times", { resets: [5, NaN] }, { resets: [5] }],
  ["stall.meanEveryMs", { stall: { ms: 1, meanEveryMs: 0 } }, { stall: { ms: 1, meanEveryMs: 1 } }],
  ["an outage's lastsMs", { outages: [{ atMs: 1, lastsMs: -1 }] }, { outages: [{ atMs: 1, lastsMs: Infinity }] }],
])("%s: %o is refused, and %o is not", (subject, refused, accepted) => {
  const link = { downMbit: 1, upMbit: 1, rttMs: 1 };

  expect(mistakeIn({ ...link, ...refused })).toContain(subject);
  expect(mistakeIn({ ...link, ...accepted })).toBeUndefined();
});
