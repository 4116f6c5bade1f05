import { expect, test } from "vitest";
import { linkMistake, linkNamed, mistakeIn, NAMED_LINKS } from "./link-conditions.ts";

test("eleven links have names, and each of them can be", () => {
  expect(Object.keys(NAMED_LINKS).length).toBe(11);
  for (const conditions of Object.values(NAMED_LINKS)) expect(mistakeIn(conditions)).toBeUndefined();
});

test("a link is found by its name, or is spelled as five of them are: each of these is what its name says", () => {
  expect(linkNamed("lan")).toBe(NAMED_LINKS.lan);
  expect(linkNamed("10M/80")).toEqual({ downMbit: 10, upMbit: 10, rttMs: 80 });
  for (const name of ["8M/50", "8M/100", "25M/50", "1M/50", "8M/50/j5"]) {
    expect(linkNamed(name.replace("M", ""))).toEqual(linkNamed(name));
  }
});

test.each([
  ["5g", "4g"],
  ["toString", "fibre"],
  ["8M", "8M/0"],
  ["0.24M/50", "0.25M/50"],
  ["1001M/50", "1000M/50"],
  ["8M/1001", "8M/1000"],
  ["8M/50/5", "8M/50/j5"],
  ["8M/50/j501", "8M/50/j500"],
  ["-8M/50", "8.125M/50"],
])("%s is no link, and %s is one that can be", (refused, accepted) => {
  expect(linkNamed(refused)).toBeUndefined();
  expect(linkMistake(refused)).toMatch(new RegExp(`^one of lan, .*, or RATE\\[M\\]/RTT.*; not "${refused}"$`));
  expect(mistakeIn(linkNamed(accepted)!)).toBeUndefined();
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
