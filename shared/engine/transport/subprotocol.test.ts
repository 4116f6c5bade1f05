import { expect, test } from "vitest";
import { CloseCode } from "./close-code.ts";
import { hashMismatch, negotiateSubprotocol, offeredSubprotocols } from "./subprotocol.ts";

const SERVER = { name: "arena", version: 3 };

test("a client of the same version is accepted with it", () => {
  const { selected, refusal } = negotiateSubprotocol(offeredSubprotocols(SERVER), SERVER);

  expect(selected).toBe("arena.3");
  expect(refusal).toBeUndefined();
});

test.each([
  [
    ["arena.2", "tickwire.refuse"],
    "tickwire.refuse",
    "This page is too old: it speaks arena.2, the server arena.3. Reload the page.",
  ],
  [
    ["arena.4", "tickwire.refuse"],
    "tickwire.refuse",
    "The server is too old: it speaks arena.3, this page arena.4. Its operator must update it.",
  ],
  [
    ["chess.3", "tickwire.refuse"],
    "tickwire.refuse",
    "This server speaks arena.3. Connect with the WebSocket subprotocol arena.3.",
  ],
  [
    ["arena.99999999999999", "arena.x"],
    undefined,
    "This server speaks arena.3. Connect with the WebSocket subprotocol arena.3.",
  ],
  [[], undefined, "This server speaks arena.3. Connect with the WebSocket subprotocol arena.3."],
])("%j selects %s and is told: %s", (offered, selected, reason) => {
  expect(negotiateSubprotocol(offered, SERVER)).toEqual({
    selected,
    refusal: { code: CloseCode.PROTOCOL_MISMATCH, reason },
  });
  expect(reason.length).toBeLessThanOrEqual(123);
});

test("hashes: both equal is a match; either different is none, and the text says which", () => {
  const ours = { engineHash: 1, gameHash: 2 };

  expect(hashMismatch({ engineHash: 1, gameHash: 2 }, ours)).toBeUndefined();
  expect(hashMismatch({ engineHash: 1, gameHash: 3 }, ours)?.reason).toContain("game schemas");
  expect(hashMismatch({ engineHash: 9, gameHash: 2 }, ours)?.reason).toContain("Tickwire versions");
});
