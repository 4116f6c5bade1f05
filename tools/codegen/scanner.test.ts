import { expect, test } from "vitest";
import { scan } from "./scanner.ts";

/** The tokens of a text, as kind and text. */
function tokensOf(text: string): string[] {
  return scan(text).tokens.map(({ kind, text: token }) => `${kind} ${token}`.trim());
}

test("names, numbers and marks are told apart; white space and comments are dropped", () => {
  expect(tokensOf("u8 a_1 : 0x1F; // b\n/* c */ 0.25[[")).toEqual([
    "name u8",
    "name a_1",
    "mark :",
    "number 0x1F",
    "mark ;",
    "number 0.25",
    "mark [",
    "mark [",
    "end",
  ]);
});

test("a doc comment belongs to the token behind it, without its stars", () => {
  const { tokens } = scan("/** One\n *  two.\n *\n * Three. */ a /* no */ b /** Four. */ // five\n c /***/ d /**/ e");

  expect(tokens.map(({ doc }) => doc)).toEqual(["One\n two.\n\nThree.", "", "Four.", "", "", ""]);
});

test("a stray character is reported once, and scanning goes on behind it", () => {
  const { tokens, diagnostics } = scan("a 😀 b");

  expect(tokens.map(({ text }) => text)).toEqual(["a", "b", ""]);
  expect(diagnostics.map(({ span }) => [span.start, span.end])).toEqual([[2, 4]]);
});
