import { expect, test } from "vitest";
import { encodeChatSaid } from "../../shared/schema/generated/arena.ts";
import { encodeWelcome } from "../../shared/schema/generated/engine.ts";
import { Lane } from "../../shared/engine/transport/lane.ts";
import { HANDSHAKE_LANE, PacketWriter, Part } from "../../shared/engine/transport/packet.ts";
import { ByteProfile } from "./byte-profile.ts";
import { profiledArena } from "./profiled-arena.ts";

const CHAT = encodeChatSaid({ playerId: 1, text: "hi" });
const WELCOME = encodeWelcome({
  version: 1,
  engineHash: 0,
  gameHash: 0,
  playerId: 0,
  tick: 0,
  tickRate: 30,
  ticksPerSnapshot: 1,
  token: new Uint8Array(16),
  metadata: new Uint8Array(),
});

/** A packet of whole messages, each with its lane. */
function packetOf(...messages: readonly (readonly [lane: number, message: Uint8Array])[]): Uint8Array {
  const writer = new PacketWriter();
  for (const [lane, payload] of messages) {
    writer.add({ lane, part: Part.WHOLE, messageBytes: payload.length, payload });
  }
  return writer.take().packet;
}

const HEARTBEAT = packetOf([Lane.CONTROL, new Uint8Array(0)]);

test("every message counts, the engine's and the game's, and every byte for its lane, its frame's head or an ack", () => {
  const profile = new ByteProfile(profiledArena());
  const receive = profile.begin();
  const acking = new PacketWriter();
  acking.ack({ bytes: 129, holdMs: 1 });

  receive(packetOf([HANDSHAKE_LANE, WELCOME]), 0);
  receive(packetOf([Lane.EVENT, CHAT], [Lane.EVENT, CHAT]), 0);
  receive(HEARTBEAT, 0);
  receive(acking.take().packet, 0);

  const { messages, bytes, byUse } = profile.report();
  expect(messages).toEqual([
    { name: "Welcome", lane: "control", count: 1, bytes: WELCOME.length },
    { name: "ChatSaid", lane: "event", count: 2, bytes: 2 * CHAT.length },
  ]);
  expect(byUse).toEqual({
    control: 0,
    realtime: 0,
    event: 2 * CHAT.length,
    bulk: 0,
    stream: 0,
    handshake: WELCOME.length,
    acks: 4,
    "frame heads": 1 + 2 + 1 + 1,
    broken: 0,
  });
  expect(bytes).toBe(WELCOME.length + 2 * CHAT.length + 9);
});

test("a message in two parts counts once it is whole; the halves of two connections make none", () => {
  const profile = new ByteProfile(profiledArena());
  const parts = [CHAT.subarray(0, 2), CHAT.subarray(2)].map((payload, index) => {
    const writer = new PacketWriter();
    writer.add({ lane: Lane.EVENT, part: index === 0 ? Part.FIRST : Part.LAST, messageBytes: CHAT.length, payload });
    return writer.take().packet;
  });
  const [first, second] = [profile.begin(), profile.begin()];

  first(parts[0]!, 0);
  second(parts[1]!, 0);
  expect(profile.report().messages).toEqual([]);
  first(parts[1]!, 0);

  expect(profile.report().messages).toEqual([{ name: "ChatSaid", lane: "event", count: 1, bytes: CHAT.length }]);
});

test("messages that no schema has count for their opcode, and bytes that are no packet are broken", () => {
  const profile = new ByteProfile(profiledArena());
  const receive = profile.begin();

  receive(packetOf([Lane.EVENT, Uint8Array.of(250, 1, 2)], [Lane.EVENT, new Uint8Array()]), 0);
  receive(Uint8Array.of(0xff, 1, 2), 0);

  expect(profile.report().messages).toEqual([
    { name: "opcode 250", lane: "none", count: 1, bytes: 3 },
    { name: "opcode -1", lane: "none", count: 1, bytes: 0 },
  ]);
  expect(profile.report().byUse.broken).toBe(3);
});

test("time counts from the first packet of a connection to its last: 2 s and 1 s are 3 s, whatever lies between", () => {
  const profile = new ByteProfile(profiledArena());
  const [first, second] = [profile.begin(), profile.begin()];

  for (const atMs of [1000, 1500, 3000]) first(HEARTBEAT, atMs);
  for (const atMs of [9000, 10_000]) second(HEARTBEAT, atMs);

  expect(profile.report().seconds).toBe(3);
});

test("without a snapshot each kind is told, with nothing", () => {
  const profile = new ByteProfile(profiledArena());
  profile.begin()(packetOf([HANDSHAKE_LANE, WELCOME]), 0);

  const { kinds, snapshots, headerBits } = profile.report();

  expect(kinds.map(({ name, entities }) => [name, entities])).toEqual([
    ["Ship", 0],
    ["Shot", 0],
    ["Asteroid", 0],
    ["Beam", 0],
  ]);
  expect([snapshots, headerBits]).toEqual([0, 0]);
});
