import { expect, test } from "vitest";
import { waitingText } from "./waiting-text.ts";

test.each([
  ["arriving", 0, "Terrain arrives … 0 %"],
  ["arriving", 9 / 256, "Terrain arrives … 3 %"],
  ["arriving", 255 / 256, "Terrain arrives … 99 %"],
  ["done", 1, ""],
  ["broken", 0.5, "The terrain did not arrive. Reload the page."],
  ["cancelled", 0, "The terrain did not arrive. Reload the page."],
  ["lost", 0, "The terrain did not arrive. Reload the page."],
] as const)("a terrain that is %s at %d: %s", (outcome, arrivedShare, text) => {
  expect(waitingText({ outcome, arrivedShare })).toBe(text);
});
