import { expect, test } from "vitest";
import { chatDraft } from "./chat-draft.ts";

test.each([
  { written: " hi \u202ethere ", text: "hi there", isTooLong: false, note: "" },
  { written: " \u0000 ", text: "", isTooLong: false, note: "" },
  { written: "a".repeat(127), text: "a".repeat(127), isTooLong: false, note: "" },
  { written: "a".repeat(128), text: "a".repeat(128), isTooLong: false, note: "128 of 160 bytes" },
  { written: "a".repeat(160), text: "a".repeat(160), isTooLong: false, note: "160 of 160 bytes" },
  { written: "a".repeat(161), text: "a".repeat(161), isTooLong: true, note: "Too long: 161 of 160 bytes" },
  { written: "€".repeat(53), text: "€".repeat(53), isTooLong: false, note: "159 of 160 bytes" },
  { written: "€".repeat(100), text: "€".repeat(100), isTooLong: true, note: "Too long: 300 of 160 bytes" },
])("$written is sent as $text, too long: $isTooLong, with the note '$note'", ({ written, ...draft }) => {
  expect(chatDraft(written)).toEqual(draft);
});
