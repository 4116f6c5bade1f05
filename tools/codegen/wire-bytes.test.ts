import { expect, test } from "vitest";
import {
  decodeArenaInput,
  decodeClientMessage,
  encodeArenaInput,
  encodeKill,
  encodeLeaderboard,
  encodePlayerJoined,
  encodeRosterRow,
  PROTOCOL,
  Ship,
} from "../../shared/schema/generated/arena.ts";
import {
  encodeBulkAnswer,
  encodeHello,
  encodeInputs,
  encodeSnapshot,
  decodeHello,
  decodeSnapshot,
} from "../../shared/schema/generated/engine.ts";
import {
  decodeRelayed,
  decodeVaried,
  decodeWide,
  encodeAddressed,
  encodeFixed,
  encodeRelayed,
  encodeWide,
  Mood,
  Probe,
  Side,
  WIDE_OPCODE,
} from "./golden/kitchen.ts";

/** Bytes as text, two digits each. */
function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

test("neighbouring bit fields share bytes, the first one in the lowest bit", () => {
  // 1 | 0 << 1 | 1 << 2 | 0 << 3 | 1 << 4 | 0b11 << 5 | 700 << 7 = 0x15e75
  const input = { thrust: true, reverse: false, fire: true, beam: false, aims: true, turn: -1, aim: 700 };

  expect(hex(encodeArenaInput(input))).toBe("75 5e 01");
  expect(decodeArenaInput(Uint8Array.of(0x75, 0x5e, 0x01))).toEqual(input);
});

test("a message starts with its opcode: a game's from 32, the engine's from 0", () => {
  expect(hex(encodeKill({ killer: 65535, victim: 258 }))).toBe("24 ff ff 02 01");
  expect(hex(encodeBulkAnswer({ id: 7, offset: 0x1000 }))).toBe("06 07 00 10 00 00");
});

test("strings and lists carry their length in front: a byte up to 255, two bytes above", () => {
  const rows = [
    { playerId: 1, score: 300 },
    { playerId: 2, score: 5 },
  ];

  expect(hex(encodePlayerJoined({ playerId: 7, name: "Zoë" }))).toBe("21 07 00 04 5a 6f c3 ab");
  expect(hex(encodeLeaderboard({ rows }))).toBe("23 02 01 00 2c 01 02 00 05 00");
  expect(hex(encodeInputs({ tick: 0xfffe, viewAge: 50, inputs: Uint8Array.of(9) }))).toBe("0a fe ff 32 09");
  expect(hex(encodeSnapshot({ tick: 1, inputSlack: -2, body: Uint8Array.of(9) }))).toBe("0b 01 fe 09");
});

test("the rest of a message has no length in front, and may be empty", () => {
  const relayed = { channel: 258, body: Uint8Array.of(9, 8) };

  expect(hex(encodeRelayed(relayed))).toBe("28 02 01 09 08");
  expect(decodeRelayed(Uint8Array.of(0x28, 2, 1, 9, 8))).toEqual(relayed);
  expect(hex(encodeRelayed({ channel: 258, body: new Uint8Array(0) }))).toBe("28 02 01");
  // presence | 5 << 1, a 16-bit number, a text of 1 byte, a byte, the rest
  const addressed = { to: 3, kind: 5, topic: "a", hops: 7, body: Uint8Array.of(6) };
  expect(hex(encodeAddressed(addressed))).toBe("29 0b 03 00 01 61 07 06");
});

test("structs carry no opcode", () => {
  expect(hex(encodeRosterRow({ playerId: 258, name: "a" }))).toBe("02 01 01 61");
});

test("scalars are little-endian and packed, as in a C struct", () => {
  const scalars = {
    flag: true,
    a: 1,
    b: -1,
    c: 0x0203,
    d: -2,
    e: 0xfffefdfc,
    f: -3,
    g: 1.5,
    h: -2,
    side: Side.SOUTH,
    mood: Mood.BAD,
  };
  const bytes = encodeFixed({
    scalars,
    few: [1, 2, 3],
    many: Array.from({ length: 11 }, (_, index) => index),
    sides: [Side.EAST, Side.NORTH],
    flags: [true, false, true, false, true, false, true, false, true],
    points: [
      { x: 0, y: 0 },
      { x: 0, y: 1 },
    ],
  });

  expect(hex(bytes.subarray(0, 31))).toBe(
    "21 01 01 ff 03 02 fe ff fc fd fe ff fd ff ff ff 00 00 c0 3f 00 00 00 00 00 00 00 c0 04 d4 fe",
  );
  expect(hex(bytes.subarray(31, 45))).toBe("01 00 02 00 03 00 00 00 00 00 00 00 80 3f");
  expect(hex(bytes.subarray(81))).toBe(
    "01 00 01 00 01 00 01 00 01 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80 3f",
  );
});

test("an array of another length than the schema's throws, naming field, length and bound", () => {
  const rows = Array.from({ length: 9 }, () => ({ playerId: 0, score: 0 }));

  expect(() => encodeLeaderboard({ rows })).toThrow("Leaderboard.rows has 9 elements, and its bound is 8");
  expect(encodeLeaderboard({ rows: rows.slice(1) }).length).toBe(34);
  expect(() => encodeHello({ version: 1, engineHash: 0, gameHash: 0, options: new Uint8Array(4097) })).toThrow(
    "Hello.options has 4097 bytes, and its bound is 4096",
  );
});

test("text that is no UTF-8 is refused", () => {
  expect(decodeClientMessage(Uint8Array.of(0x25, 1, 0x41))).toBeDefined();
  expect(decodeClientMessage(Uint8Array.of(0x25, 1, 0xff))).toBeUndefined();
});

test("a count that lies costs no memory", () => {
  const lie = Uint8Array.of(WIDE_OPCODE, 0xe8, 0xfd, 1, 2, 3);
  const truth = encodeWide({ tiles: [1, 2, 3] });
  const before = process.memoryUsage().heapUsed;
  for (let repeat = 0; repeat < 20; repeat++) expect(decodeWide(lie)).toBeUndefined();
  const grownBytes = process.memoryUsage().heapUsed - before;

  expect(decodeWide(truth)).toEqual({ tiles: [1, 2, 3] });
  expect(grownBytes).toBeLessThan(5_000_000); // 20 arrays of 65,000 would be 10,400,000 bytes
});

test("bytes are decoded as a view of what they came in", () => {
  const packet = encodeSnapshot({ tick: 0, inputSlack: 0, body: Uint8Array.of(1, 2, 3) });

  expect(decodeSnapshot(packet)!.body.buffer).toBe(packet.buffer);
  const relayed = encodeRelayed({ channel: 0, body: Uint8Array.of(1, 2, 3) });
  expect(decodeRelayed(relayed)!.body.buffer).toBe(relayed.buffer);
});

test("what an encoder returned is not written to again", () => {
  const first = encodeKill({ killer: 1, victim: 2 });
  const second = encodeKill({ killer: 3, victim: 4 });

  expect([hex(first), hex(second)]).toEqual(["24 01 00 02 00", "24 03 00 04 00"]);
});

test("an encoder that throws takes no bytes", () => {
  const first = encodeKill({ killer: 1, victim: 2 });
  const options = new Uint8Array(5000).fill(0xee);

  expect(() => encodeHello({ version: 1, engineHash: 0xeeeeeeee, gameHash: 0, options })).toThrow(RangeError);

  expect(hex(first)).toBe("24 01 00 02 00");
  expect(hex(encodeKill({ killer: 3, victim: 4 }))).toBe("24 03 00 04 00");
});

test("many large messages in a row all keep their bytes", () => {
  const packets = Array.from({ length: 9 }, (_, index) => {
    return encodeHello({ version: 1, engineHash: index, gameHash: index, options: new Uint8Array(4096).fill(index) });
  });

  packets.forEach((packet, index) => {
    expect(decodeHello(packet)).toEqual({
      version: 1,
      engineHash: index,
      gameHash: index,
      options: new Uint8Array(4096).fill(index),
    });
  });
});

test("an angle is interpolated the shortest way round, and a place along the straight line", () => {
  const [from, to, into] = [Ship.createColumns(1), Ship.createColumns(1), Ship.createColumns(1)];
  from.heading[0] = 1000;
  to.heading[0] = 24; // 48 steps on, past 1023
  from.x[0] = 10;
  to.x[0] = 20;
  from.score[0] = 1;
  to.score[0] = 2;
  Ship.interpolate(from, to, 0, 0.25, into);

  expect([into.heading[0], into.x[0], into.score[0]]).toEqual([1012, 12.5, 2]);
  Ship.interpolate(to, from, 0, 0.75, into);
  expect([into.heading[0], into.x[0], into.score[0]]).toEqual([1012, 12.5, 1]);
});

test("a snap rounds to what the wire can say", () => {
  const columns = Probe.createColumns(1);
  columns.x[0] = 0.1;
  columns.y[0] = 0.1;
  columns.heat[0] = 33.333;
  columns.heading[0] = 512 + 3;
  columns.drift[0] = 17;
  columns.seen[0] = 7;
  const rows = new Int32Array(Probe.rowInts);
  Probe.snap(columns, 0, rows, 0);

  expect([columns.x[0], columns.y[0], columns.heat[0]]).toEqual([Math.fround(0.1), 0.1, 33.3]);
  expect([columns.heading[0], columns.drift[0], columns.seen[0]]).toEqual([3, -15, 1]);
});

test("kinds with float fields x and y have a place in the world", () => {
  const columns = Ship.createColumns(4);

  expect(Ship.position(columns)!.x).toBe(columns.x);
  expect(PROTOCOL.entities.map(({ name, kind }) => [name, kind])).toEqual([
    ["Ship", 0],
    ["Shot", 1],
    ["Asteroid", 2],
    ["Beam", 3],
  ]);
});

test("a decoder reads numbers and texts at an offset inside of larger bytes", () => {
  const inputs = Uint8Array.of(9, 9, 0x75, 0x5e, 1, 0x75, 0x5e, 1, 9);

  expect(decodeArenaInput(inputs, 5)).toEqual(decodeArenaInput(inputs, 2));
  expect(decodeArenaInput(inputs, 7)).toBeUndefined();
  expect(decodeVaried(inputs, 3)).toBeUndefined();
});
