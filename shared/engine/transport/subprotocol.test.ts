import { expect, test } from "vitest";
import { CloseCode } from "./close-code.ts";
import { negotiateSubprotocol, offeredSubprotocols, schemaMismatch } from "./subprotocol.ts";

const versionsOf = (...versions: number[]) => ({
  name: "arena",
  versions: versions.map((version) => ({ version, hash: version * 100 })),
});
const SERVER = versionsOf(3, 2);

test("a client of the same version is accepted with it", () => {
  const { selected, refusal } = negotiateSubprotocol(offeredSubprotocols(SERVER), SERVER);

  expect(selected).toBe("arena.3");
  expect(refusal).toBeUndefined();
});

test.each([
  [
    ["arena.1", "tickwire.refuse"],
    "tickwire.refuse",
    "This page is too old: it speaks arena.1, the server arena.3. Reload the page.",
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

test.each([
  ["an older client", [2], "arena.2"],
  ["a newer client that still speaks 3 and 2", [4, 3, 2], "arena.3"],
  ["a client of 2 and 1", [2, 1], "arena.2"],
])("%s is accepted in the newest version that both speak", (_, versions, selected) => {
  const offered = offeredSubprotocols(versionsOf(...versions));

  expect(negotiateSubprotocol(offered, SERVER)).toEqual({ selected, refusal: undefined });
});

test.each([
  ["the same schema", { version: 3, engineHash: 1, gameHash: 300 }, undefined],
  ["another schema of the same version", { version: 3, engineHash: 1, gameHash: 301 }, "game schemas"],
  ["an older version as it was", { version: 2, engineHash: 1, gameHash: 200 }, undefined],
  ["an older version as it never was", { version: 2, engineHash: 1, gameHash: 201 }, "game schemas"],
  ["a version that is no longer spoken", { version: 1, engineHash: 1, gameHash: 100 }, "game schemas"],
  ["a newer version, which judges for itself", { version: 4, engineHash: 1, gameHash: 7 }, undefined],
  ["another engine", { version: 3, engineHash: 9, gameHash: 300 }, "Tickwire versions"],
])("%s: %j gets %s", (_, peer, part) => {
  const reason = schemaMismatch(peer, 1, SERVER)?.reason;

  if (part === undefined) expect(reason).toBeUndefined();
  else expect(reason).toContain(part);
});
