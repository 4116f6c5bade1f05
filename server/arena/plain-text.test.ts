import { expect, test } from "vitest";
import { plainText } from "./plain-text.ts";

test.each([
  ["plain letters stay", "Ada Lovelace", "Ada Lovelace"],
  ["other scripts stay", "Ада 愛 عادا", "Ада 愛 عادا"],
  ["markup stays text", "<b>&amp;</b>", "<b>&amp;</b>"],
  ["spaces are trimmed and runs of them closed", "  a \t\n  b  ", "a b"],
  ["control characters go", "a\u0000\u001b[31mb\u007f\u0085c", "a[31mb c".replace(" ", "")],
  ["bidi overrides and marks go", "\u202eadA\u202c \u2066x\u2069\u200e\u200f\u061c", "adA x"],
  ["line and paragraph separators become spaces", "a\u2028b\u2029c", "a b c"],
  ["zero-width characters go", "a\u200bd\ufeffmin\u00ad\u2060", "ad min"],
  ["a joined emoji stays whole", "👩\u200d🚀", "👩\u200d🚀"],
  ["half a surrogate pair goes", "a\ud83db", "ab"],
  ["private characters go", "a\ue000b", "ab"],
  ["joiners alone are nothing", "\u200d\u200c\u200d", ""],
  ["fillers that look like nothing are nothing", "\u3164\u2800\u115f", ""],
  ["spaces alone are nothing", " \u00a0\u3000 ", ""],
])("%s", (_name, text, expected) => {
  expect(plainText(text, 100)).toBe(expected);
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcde"],
  ["äöü", 5, "äö"],
  ["äöü", 6, "äöü"],
  ["愛愛", 5, "愛"],
  ["ab🚀", 5, "ab"],
  ["ab🚀", 6, "ab🚀"],
  ["ab cd", 3, "ab"],
])("%s cut at %i bytes is %s", (text, bytesMax, expected) => {
  expect(plainText(text, bytesMax)).toBe(expected);
});
