import { expect, test } from "vitest";
import type { NameStorage } from "./player-name.ts";
import { playerName } from "./player-name.ts";

const first = (): number => 0;

test("the name in the address wins, and is kept for the next visit", () => {
  const storage = storageWith("Heron");

  expect(playerName("?name=Nova", () => storage, first)).toBe("Nova");
  expect(playerName("", () => storage, first)).toBe("Nova");
});

test("a first visit is asked nothing: the name is friendly, and the same the next time", () => {
  const storage = storageWith(null);

  expect(
    playerName(
      "",
      () => storage,
      () => 0.999,
    ),
  ).toBe("Vivid Wren");
  expect(playerName("", () => storage, first)).toBe("Vivid Wren");
});

test.each([
  ["?name=%E2%80%AEavoN", "avoN"],
  ["?name=%20%00%20", "Amber Comet"],
  ["?name=", "Amber Comet"],
  [`?name=${encodeURIComponent("\u{1f680}".repeat(7))}`, "\u{1f680}".repeat(6)],
])("%s gives a name that the server takes: %s", (search, name) => {
  expect(playerName(search, () => storageWith(null), first)).toBe(name);
});

test("a browser that hides its storage still gives a name", () => {
  const hidden = (): NameStorage => {
    throw new Error("SecurityError");
  };

  expect(playerName("", hidden, first)).toBe("Amber Comet");
  expect(playerName("?name=Nova", hidden, first)).toBe("Nova");
});

function storageWith(name: string | null): NameStorage {
  let kept = name;
  return {
    getItem: () => kept,
    setItem: (_, value) => {
      kept = value;
    },
  };
}
