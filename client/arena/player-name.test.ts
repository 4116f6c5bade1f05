import { expect, test } from "vitest";
import type { NameStorage, NameStorages } from "./player-name.ts";
import { playerName } from "./player-name.ts";

const first = (): number => 0;
const last = (): number => 0.999;

test("the name in the address wins, and is kept for the next visit, in any tab", () => {
  const browser = storageWith();

  expect(playerName("?name=Nova", tabOf(browser), first)).toBe("Nova");
  expect(playerName("", tabOf(browser), first)).toBe("Nova");
  expect(playerName("?name=Heron", tabOf(browser), first)).toBe("Heron");
});

test("a first visit is asked nothing: the name is friendly, and the same when the tab is loaded again", () => {
  const tab = tabOf(storageWith());

  expect(playerName("", tab, last)).toBe("Vivid Wren");
  expect(playerName("", tab, first)).toBe("Vivid Wren");
});

test("two tabs of one browser draw a name each, and the same one where both have chosen it", () => {
  const browser = storageWith();
  const [left, right] = [tabOf(browser), tabOf(browser)];

  expect([playerName("", left, first), playerName("", right, last)]).toEqual(["Amber Comet", "Vivid Wren"]);
  expect([playerName("", left, last), playerName("", right, first)]).toEqual(["Amber Comet", "Vivid Wren"]);
  expect([playerName("?name=Nova", left, first), playerName("", right, first)]).toEqual(["Nova", "Nova"]);
});

test.each([
  ["?name=%E2%80%AEavoN", "avoN"],
  ["?name=%20%00%20", "Amber Comet"],
  ["?name=", "Amber Comet"],
  [`?name=${encodeURIComponent("\u{1f680}".repeat(7))}`, "\u{1f680}".repeat(6)],
])("%s gives a name that the server takes: %s", (search, name) => {
  expect(playerName(search, tabOf(storageWith()), first)).toBe(name);
});

test("a browser that hides its storage still gives a name", () => {
  const hidden = (): NameStorage => {
    throw new Error("SecurityError");
  };
  const storages = { browser: hidden, tab: hidden };

  expect(playerName("", storages, first)).toBe("Amber Comet");
  expect(playerName("?name=Nova", storages, first)).toBe("Nova");
});

function tabOf(browser: NameStorage): NameStorages {
  const tab = storageWith();
  return { browser: () => browser, tab: () => tab };
}

function storageWith(): NameStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      kept.set(key, value);
    },
  };
}
