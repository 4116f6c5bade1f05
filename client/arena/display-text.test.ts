import { expect, test } from "vitest";
import { cutToBytes, displayText } from "./display-text.ts";

test.each([
  ["a plain name", "Nova", "Nova"],
  ["other scripts", "Złoty 猫 Ώ", "Złoty 猫 Ώ"],
  ["an emoji made of joined ones", "\u{1f468}\u200d\u{1f680}", "\u{1f468}\u200d\u{1f680}"],
  ["mark-up, which stays text", "<b>Nova</b>", "<b>Nova</b>"],
  ["controls", "No\u0000v\u0007a\u009f", "Nova"],
  ["line breaks and tabs", "one\r\ntwo\tthree", "one two three"],
  ["line and paragraph separators", "one\u2028two\u2029three", "one two three"],
  ["a right-to-left override", "\u202eavoN\u202c", "avoN"],
  ["isolates", "\u2066Nova\u2069", "Nova"],
  ["direction marks", "\u200eNo\u200fva\u061c", "Nova"],
  ["zero-width spaces", "\u200bNo\u200bva\u2060", "Nova"],
  ["letters that nobody sees", "No\u3164va\u2800", "Nova"],
  ["half a surrogate pair", "No\ud83dva", "Nova"],
  ["spaces around and between", "  No   va ", "No va"],
  ["nothing but what is taken away", "\u202e\u0000 \u200b", ""],
])("%s", (_, text, shown) => {
  expect(displayText(text, 24)).toBe(shown);
});

test("24 code points are kept of 30, and none is cut in two", () => {
  expect(displayText("\u{1f680}".repeat(30), 24)).toBe("\u{1f680}".repeat(24));
});

test("5 bytes hold one emoji of 4 bytes and no half of a second one, 8 bytes hold both", () => {
  expect(cutToBytes("\u{1f680}\u{1f680}", 5)).toBe("\u{1f680}");
  expect(cutToBytes("\u{1f680}\u{1f680}", 8)).toBe("\u{1f680}\u{1f680}");
});
