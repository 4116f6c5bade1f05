import { expect, test } from "vitest";
import { encodePing, encodeWelcome } from "../../shared/schema/generated/engine.ts";
import { encodeChatSaid } from "../../shared/schema/generated/arena.ts";
import { ByteProfile } from "./byte-profile.ts";
import { profiledArena } from "./profiled-arena.ts";

const PING = encodePing({ id: 1 });
const CHAT = encodeChatSaid({ playerId: 1, text: "hi" });
const WELCOME = encodeWelcome({
  version: 1,
  engineHash: 0,
  gameHash: 0,
  playerId: 0,
  tick: 0,
  tickRate: 30,
  ticksPerSnapshot: 1,
  metadata: new Uint8Array(),
});

test("every packet counts for its message, the engine's and the game's, with its lane", () => {
  const profile = new ByteProfile(profiledArena());

  for (const packet of [WELCOME, PING, CHAT, CHAT]) profile.receive(packet, 0);

  expect(profile.report().messages).toEqual([
    { name: "Welcome", lane: "control", count: 1, bytes: WELCOME.length },
    { name: "Ping", lane: "control", count: 1, bytes: PING.length },
    { name: "ChatSaid", lane: "event", count: 2, bytes: 2 * CHAT.length },
  ]);
});

test("packets that are no message count for their opcode", () => {
  const profile = new ByteProfile(profiledArena());

  profile.receive(Uint8Array.of(250, 1, 2), 0);
  profile.receive(new Uint8Array(), 0);

  expect(profile.report().messages).toEqual([
    { name: "opcode 250", lane: "none", count: 1, bytes: 3 },
    { name: "opcode -1", lane: "none", count: 1, bytes: 0 },
  ]);
});

test("time counts from the first packet of a connection to its last: 2 s and 1 s are 3 s, whatever lies between", () => {
  const profile = new ByteProfile(profiledArena());

  for (const atMs of [1000, 1500, 3000]) profile.receive(PING, atMs);
  profile.begin();
  for (const atMs of [9000, 10_000]) profile.receive(PING, atMs);

  expect(profile.report().seconds).toBe(3);
});

test("without a snapshot each kind is told, with nothing", () => {
  const profile = new ByteProfile(profiledArena());
  profile.receive(WELCOME, 0);

  const { kinds, snapshots, headerBits } = profile.report();

  expect(kinds.map(({ name, entities }) => [name, entities])).toEqual([
    ["Ship", 0],
    ["Shot", 0],
    ["Asteroid", 0],
  ]);
  expect([snapshots, headerBits]).toEqual([0, 0]);
});
