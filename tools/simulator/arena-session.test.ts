import { expect, test } from "vitest";
import { Room } from "#engine/server";
import { CloseCode, type LinkEvents } from "#engine/shared";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { arena } from "../../shared/arena/game.ts";
import { encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { encodeChatSaid, encodeChatSay } from "../../shared/schema/generated/arena.ts";
import {
  encodeBulkAnswer,
  encodeHello,
  encodeInputs,
  encodeWatching,
  PROTOCOL_HASH,
} from "../../shared/schema/generated/engine.ts";
import { ArenaSession, THRUST } from "./arena-session.ts";
import { packetWith, snapshotsIn } from "./packets.ts";

const HELLO = helloWith(encodeFreeForm({ name: "Raw" }));
const ROOM = {
  game: arenaRules,
  seed: 1,
  playersMax: 2,
  ticksPerSnapshot: 1,
  metadata: {},
  randomBytes: (count: number) => new Uint8Array(count),
};
const INPUT = new Uint8Array(arena.protocol.input.bytes);

/** Records what a raw link is told. */
function listenTo(link: { listen(events: LinkEvents): void }): { closes: { code: number; reason: string }[] } {
  const closes: { code: number; reason: string }[] = [];
  link.listen({
    onOpen: () => undefined,
    onPacket: () => undefined,
    onTurn: () => undefined,
    onClose: (code, reason) => closes.push({ code, reason }),
  });
  return { closes };
}

test("a client is connected within 4 ticks, and knows its number, the room and the newest state; within a second it flies", () => {
  const session = new ArenaSession({ delayMs: 10 });
  const { client } = session.join("Ada");

  session.runTicks(4);

  expect(client.status).toEqual({ phase: "connected" });
  expect(client.playerId).toBe(0);
  expect(client.metadata).toEqual({ room: "arena" });
  expect(client.tick).toBe(session.room.tick);
  expect(client.world.ships.count).toBe(0);
  session.runTicks(26);
  expect(client.world.ships.count).toBe(1);
});

test("thrust moves the own ship on the server, and another client sees the same position to the bit", () => {
  const session = new ArenaSession({ delayMs: 0 });
  const ada = session.join("Ada");
  const bob = session.join("Bob");
  session.runTicks(5);
  const slot = session.shipOf(ada);
  const { columns } = session.room.world.ships;
  const bobSlot = session.shipOf(bob);
  columns.x[bobSlot] = columns.x[slot]! + 200;
  columns.y[bobSlot] = columns.y[slot]!;
  const startX = columns.x[slot]!;
  const startY = columns.y[slot]!;

  ada.input = THRUST;
  session.runTicks(30);

  const moved = Math.hypot(columns.x[slot]! - startX, columns.y[slot]! - startY);
  expect(moved).toBeGreaterThan(50);
  expect(bob.client.tick).toBe(session.room.tick);
  expect(bob.client.world.ships.columns.x[slot]).toBe(columns.x[slot]);
  expect(bob.client.world.ships.columns.y[slot]).toBe(columns.y[slot]);
  expect(bob.client.world.ships.columns.heading[slot]).toBe(columns.heading[slot]);
});

test("the others are drawn about two snapshots behind the newest, of 3 ticks each; the own ship half a tick ahead of it", () => {
  const session = new ArenaSession({ delayMs: 0, ticksPerSnapshot: 3 });
  const ada = session.join("Ada");
  ada.input = THRUST;
  session.runTicks(121);

  const { client } = ada;
  expect(client.tick).toBe(120);
  expect(client.tick - client.viewTick).toBeGreaterThan(3);
  expect(client.tick - client.viewTick).toBeLessThan(7);
  expect(client.predictedTick - client.tick).toBeLessThanOrEqual(3);
  const slot = session.shipOf(ada);
  const { x, y } = client.view.ships.columns;
  const { columns } = session.room.world.ships;
  const ahead = Math.hypot(x[slot]! - columns.x[slot]!, y[slot]! - columns.y[slot]!);
  const speed = Math.hypot(columns.vx[slot]!, columns.vy[slot]!);
  expect(ahead / speed).toBeLessThan(3);
});

test("snapshots say how long before their ticks inputs came: less than two ticks, once the client knows", () => {
  const session = new ArenaSession();
  const ada = session.join("Ada");

  session.runTicks(120);

  const slacksMs = snapshotsIn(ada.serverEnd.sent).map(({ inputSlack }) => 2 * inputSlack);
  expect(slacksMs.slice(0, 2)).toEqual([-256, -256]); // before the first input
  expect(Math.min(...slacksMs.slice(50))).toBeGreaterThan(0);
  expect(Math.max(...slacksMs.slice(50))).toBeLessThan(67);
});

test("a page built from another schema is refused, with a text that says to reload", () => {
  const session = new ArenaSession();
  const good = session.join("Ada");
  const { version, hash } = arena.protocol;
  const otherHash = (hash ^ 1) >>> 0;
  const other = { hash: otherHash, versions: [{ version, hash: otherHash }] };
  const stale = session.join("Old", { ...arena, protocol: { ...arena.protocol, ...other } });

  session.runTicks(6);

  expect(stale.client.status).toMatchObject({ phase: "lost", code: CloseCode.PROTOCOL_MISMATCH });
  expect(stale.client.status).toHaveProperty("reason", expect.stringContaining("Reload the page"));
  expect(good.client.status.phase).toBe("connected");
});

test("a room of 2 refuses the third, and takes it when one has left", () => {
  const session = new ArenaSession({ playersMax: 2 });
  const [ada] = [session.join("Ada"), session.join("Bob")];
  session.runTicks(4);
  const third = session.join("Cy");
  session.runTicks(4);
  expect(third.client.status).toMatchObject({ phase: "lost", code: CloseCode.ROOM_FULL });

  ada.client.close();
  session.runTicks(4);
  const fourth = session.join("Di");
  session.runTicks(4);

  expect(fourth.client.status.phase).toBe("connected");
  expect(fourth.client.playerId).toBe(0);
});

test("who says nothing for 5 s is closed; a Hello after 4.8 s joins", () => {
  const session = new ArenaSession({ delayMs: 0 });
  const silent = session.connectRaw();
  const slow = session.connectRaw();
  const silentLog = listenTo(silent.clientEnd);
  const slowLog = listenTo(slow.clientEnd);
  session.runTicks(144);
  slow.clientEnd.send(packetWith(HELLO));

  session.runTicks(8);

  expect(silentLog.closes).toEqual([{ code: CloseCode.HELLO_TIMEOUT, reason: "No Hello within 5 seconds." }]);
  expect(slowLog.closes).toEqual([]);
  expect(session.room.playerCount).toBe(1);
});

const input = (tick: number, bytes = INPUT): Uint8Array => encodeInputs({ tick, viewAge: 0, inputs: bytes });

test.each<[string, Uint8Array[], number | undefined]>([
  ["a Hello and inputs 1, 2 and 9", [HELLO, input(1), input(2), input(9)], undefined],
  ["chat from a player", [HELLO, encodeChatSay({ text: "hi" })], undefined],
  ["a control message that a game may say", [HELLO, encodeWatching({ isHidden: true })], undefined],
  ["inputs before Hello", [input(1)], CloseCode.OUT_OF_ORDER],
  ["a second Hello", [HELLO, HELLO], CloseCode.OUT_OF_ORDER],
  ["an input said twice", [HELLO, input(1), input(1)], CloseCode.OUT_OF_ORDER],
  ["a tick that falls", [HELLO, input(9), input(2)], CloseCode.OUT_OF_ORDER],
  ["half a Hello", [HELLO.slice(0, 6)], CloseCode.BAD_MESSAGE],
  ["a Hello with a byte too many", [new Uint8Array([...HELLO, 0])], CloseCode.BAD_MESSAGE],
  ["join options that are no msgpack", [helloWith(Uint8Array.of(0xc1))], CloseCode.BAD_MESSAGE],
  ["1,000 nested arrays that lie about their length", [helloWith(nestedArrays(1000))], CloseCode.BAD_MESSAGE],
  ["half an input", [HELLO, input(1, INPUT.slice(1))], CloseCode.BAD_MESSAGE],
  ["no input at all", [HELLO, input(1, new Uint8Array(0))], CloseCode.BAD_MESSAGE],
  ["an unknown opcode", [HELLO, Uint8Array.of(250, 1, 2)], CloseCode.BAD_MESSAGE],
  ["a message only a server may send", [HELLO, encodeChatSaid({ playerId: 0, text: "x" })], CloseCode.BAD_MESSAGE],
  ["an answer to a transfer that is none", [HELLO, encodeBulkAnswer({ id: 1, offset: 0 })], undefined],
])("%s: closed with %3$s, and the other player misses no snapshot", (_, messages, code) => {
  const session = new ArenaSession({ delayMs: 0 });
  const other = session.join("Other");
  session.runTicks(5);
  const snapshotsBefore = other.client.stats.snapshots;
  const raw = session.connectRaw();
  const log = listenTo(raw.clientEnd);

  for (const message of messages) {
    raw.clientEnd.send(packetWith(message));
    session.runTicks(1);
  }
  session.runTicks(3);

  expect(log.closes.map((close) => close.code)).toEqual(code === undefined ? [] : [code]);
  expect(other.client.stats.snapshots - snapshotsBefore).toBe(messages.length + 3);
  expect(session.room.playerCount).toBe(code === undefined ? 2 : 1);
});

test("600 messages in a tick are a flood; 500 after a stall are not", () => {
  const session = new ArenaSession({ delayMs: 0 });
  const [flood, burst] = [session.connectRaw(), session.connectRaw()];
  const [floodLog, burstLog] = [listenTo(flood.clientEnd), listenTo(burst.clientEnd)];
  for (const { clientEnd } of [flood, burst]) clientEnd.send(packetWith(HELLO));
  session.runTicks(3);

  for (let sequence = 1; sequence <= 600; sequence++) flood.clientEnd.send(packetWith(input(sequence)));
  for (let sequence = 1; sequence <= 500; sequence++) burst.clientEnd.send(packetWith(input(sequence)));
  session.runTicks(2);

  expect(floodLog.closes.map((close) => close.code)).toEqual([CloseCode.FLOOD]);
  expect(burstLog.closes).toEqual([]);
});

test("a reader that is stuck for 30 ticks is sent no snapshot meanwhile, and the newest one first afterwards", () => {
  const session = new ArenaSession({ delayMs: 0 });
  const ada = session.join("Ada");
  session.runTicks(10);
  const sentBefore = ada.serverEnd.sent.length;

  ada.serverEnd.stuckBytes = 1000;
  session.runTicks(30);
  const sentWhileStuck = snapshotsIn(ada.serverEnd.sent.slice(sentBefore));
  ada.serverEnd.stuckBytes = 0;
  session.runTicks(1);

  expect(sentWhileStuck).toEqual([]);
  expect(ada.client.tick).toBe(session.room.tick);
});

test("two runs of one seed write the same bytes; another seed writes others", () => {
  const bytesOf = (seed: number): Buffer => {
    const session = new ArenaSession({ seed });
    const players = [session.join("Ada"), session.join("Bob")];
    players[0]!.input = THRUST;
    session.runTicks(120);
    return Buffer.concat(players.flatMap((player) => [...player.serverEnd.sent]));
  };

  const first = bytesOf(7);

  expect(first.length).toBeGreaterThan(100_000);
  expect(bytesOf(7).equals(first)).toBe(true);
  expect(bytesOf(8).equals(first)).toBe(false);
});

test.each([
  [63, false],
  [64, true],
  [60_000, true],
  [60_001, false],
  [100.5, false],
])("a room whose snapshots take at most %f bytes is made: %s", (snapshotBytesMax, isMade) => {
  const make = (): unknown => new Room({ ...ROOM, snapshotBytesMax });

  if (isMade) expect(make).not.toThrow();
  else expect(make).toThrow("snapshotBytesMax");
});

test.each([
  ["ticksPerSnapshot", 255, true],
  ["ticksPerSnapshot", 256, false],
  ["ticksPerSnapshot", 0, false],
  ["ticksPerSnapshot", 1.5, false],
  ["playersMax", 65_535, true],
  ["playersMax", 65_536, false],
  ["playersMax", NaN, false],
  ["seed", 0, true],
  ["seed", 4_294_967_295, true],
  ["seed", -1, false],
  ["seed", 1.5, false],
  ["seed", 4_294_967_296, false],
])("a room with %s %f is made: %s", (name, value, isMade) => {
  const make = (): unknown => new Room({ ...ROOM, [name]: value });

  if (isMade) expect(make).not.toThrow();
  else expect(make).toThrow(`${name} is ${value}`);
});

test.each([undefined, null, "arena", ["arena"]])(
  "a room whose metadata is %j is refused, and one with {} is not",
  (none) => {
    const make = (metadata: unknown) => (): unknown =>
      new Room({ ...ROOM, metadata: metadata as typeof ROOM.metadata });

    expect(make(none)).toThrow(/^metadata is .*, but must be an object: {} when there is nothing to tell$/);
    expect(make({})).not.toThrow();
  },
);

test("what a player's snapshots cost is known while it is here", () => {
  const session = new ArenaSession({ delayMs: 0 });
  const ada = session.join("Ada");
  session.runTicks(30);

  const cost = session.room.snapshotCostOf(0)!;
  const sent = snapshotsIn(ada.serverEnd.sent);
  expect(cost.snapshots).toBe(sent.length);
  expect(cost.bytes).toBe(sent.reduce((sum, { body }) => sum + body.length, 0));
  expect(Object.keys(cost.kindBytes)).toEqual(["Ship", "Shot", "Asteroid", "Beam"]);
  ada.client.close();
  session.runTicks(3);
  expect(session.room.snapshotCostOf(0)).toBeUndefined();
});

test("a room that profiles says what every bit of one player's snapshots was for; the next one is followed when it leaves", () => {
  const session = new ArenaSession({ delayMs: 0, isProfiling: true });
  const ada = session.join("Ada");
  session.runTicks(60);

  const profile = session.room.profileReport()!;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const bytes = profile.headerBytes + sum(profile.kinds.flatMap((kind) => Object.values(kind.bytes)));
  expect(bytes).toBe(session.room.snapshotCostOf(0)!.bytes);
  expect(profile).toMatchObject({ playerId: 0, snapshots: session.room.snapshotCostOf(0)!.snapshots });
  expect(Object.keys(profile.kinds[0]!.bytes)).toContain("whole rows");

  ada.client.close();
  session.join("Bo");
  session.join("Cy");
  session.runTicks(10);
  expect(session.room.profileReport()!.snapshots).toBeLessThan(10);
  expect(session.room.playerCosts().map(({ playerId }) => playerId)).toContain(session.room.profileReport()!.playerId);
});

test("a room that does not profile has no profile", () => {
  const session = new ArenaSession({ delayMs: 0 });
  session.join("Ada");
  session.runTicks(10);

  expect(session.room.profileReport()).toBeUndefined();
});

test("a room that closes tells everyone, and takes nobody any more", () => {
  const session = new ArenaSession();
  const ada = session.join("Ada");
  session.runTicks(4);

  session.room.close("The server has been stopped.");
  const late = session.join("Late");
  session.runTicks(4);

  expect(ada.client.status).toEqual({
    phase: "lost",
    code: CloseCode.GOING_AWAY,
    reason: "The server has been stopped.",
  });
  expect(late.client.status).toMatchObject({ phase: "lost", code: CloseCode.GOING_AWAY });
});

function helloWith(options: Uint8Array): Uint8Array {
  const { version, hash } = arena.protocol;
  return encodeHello({ version, engineHash: PROTOCOL_HASH, gameHash: hash, options });
}

/** Array headers that each claim 65,535 elements and hold one more of their kind. */
function nestedArrays(depth: number): Uint8Array {
  return new Uint8Array(depth * 3).map((_, i) => [0xdc, 0xff, 0xff][i % 3]!);
}
