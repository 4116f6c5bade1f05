import { expect, test } from "vitest";
import { BitReader, BitWriter } from "../../shared/engine/wire/index.ts";
import { compile } from "./compile.ts";
import {
  decodeClientMessage,
  decodeGrown,
  decodeGrownInto,
  decodeServerMessage,
  encodeGrown,
  encodeLatest,
  Mood,
  PROTOCOL,
  PROTOCOL_HASH,
  PROTOCOL_VERSION,
  PROTOCOL_VERSIONS,
  Ship,
  Side,
} from "./golden/kitchen.ts";

const GROWN = {
  a: 1,
  b: 2,
  c: 3,
  d: 4,
  e: true,
  f: "six",
  g: "seven",
  h: Mood.GOOD,
  i: Side.SOUTH,
  j: 1.75,
  k: { text: "k" },
  l: [1, 2, 3],
  m: [4],
};
/** a, b, c, d, presence and e, f with its length: 1 + 1 + 1 + 2 + 1 + 4 bytes behind the opcode. */
const BYTES_5 = 4;
const BYTES_6 = 11;

test("a protocol says the versions that it speaks, newest first, each with its hash", () => {
  expect(PROTOCOL_VERSIONS.map(({ version }) => version)).toEqual([7, 6, 5]);
  expect(new Set(PROTOCOL_VERSIONS.map(({ hash }) => hash)).size).toBe(3);
  expect(PROTOCOL_VERSIONS[0]).toEqual({ version: PROTOCOL_VERSION, hash: PROTOCOL_HASH });
  expect(PROTOCOL.versions).toBe(PROTOCOL_VERSIONS);
});

test("the bytes of an older version are the start of a newer one's, and what is missing gets a default", () => {
  const bytes = encodeGrown(GROWN);

  expect(decodeGrown(bytes)).toEqual(GROWN);
  expect(decodeGrown(bytes.subarray(0, BYTES_6), 0, 6)).toEqual({
    ...GROWN,
    g: "",
    h: Mood.BAD,
    i: Side.NORTH,
    j: 1,
    k: { text: "" },
    l: [0, 0, 0],
    m: [],
  });
  expect(decodeGrown(bytes.subarray(0, BYTES_5), 0, 5)).toEqual({
    a: 1,
    b: 2,
    c: 3,
    d: 0,
    e: false,
    f: undefined,
    g: "",
    h: Mood.BAD,
    i: Side.NORTH,
    j: 1,
    k: { text: "" },
    l: [0, 0, 0],
    m: [],
  });
});

test("a value that is filled again forgets what an older peer does not send", () => {
  const target = structuredClone(GROWN);

  expect(decodeGrownInto(encodeGrown(GROWN).slice(0, BYTES_5), 0, target, 5)).toBe(BYTES_5);
  expect(target).toMatchObject({ a: 1, d: 0, f: undefined, g: "", l: [0, 0, 0], m: [] });
});

test("bytes behind the end are accepted from a newer peer alone, fewer bytes from an older one alone", () => {
  const bytes = encodeGrown(GROWN);
  const longer = Uint8Array.of(...bytes, 9);

  expect(decodeGrown(longer, 0, 8)).toEqual(GROWN);
  expect(decodeGrown(longer, 0, 7)).toBeUndefined();
  expect(decodeGrown(bytes, 0, 6)).toBeUndefined();
  expect(decodeGrown(bytes.subarray(0, BYTES_6), 0, 7)).toBeUndefined();
  expect(decodeServerMessage(longer, 8)).toEqual({ type: "Grown", value: GROWN });
  expect(decodeServerMessage(longer)).toBeUndefined();
  expect(decodeClientMessage(Uint8Array.of(...encodeLatest({ a: 1 }), 0), 8)).toEqual({
    type: "Latest",
    value: { a: 1 },
  });
});

test("an entity's row ends in front of what an older peer does not know, and what is missing gets a default", () => {
  const columns = Ship.createColumns(2);
  columns.fuel[0] = 500;
  columns.mood[0] = Mood.GOOD;
  columns.lit[0] = 1;
  columns.warmth[0] = 1.5;
  columns.health[0] = 9;
  const [row, read] = [new Int32Array(Ship.rowInts), new Int32Array(Ship.rowInts)];
  Ship.snap(columns, 0, row, 0);
  const [writer, reader] = [new BitWriter(100), new BitReader(100)];

  expect(Ship.snapshots.map(({ since, rowInts }) => [since, rowInts])).toEqual([
    [7, 11],
    [6, 8],
    [1, 7],
  ]);
  for (const codec of Ship.snapshots) {
    const { since } = codec;
    writer.clear();
    codec.writeRow(writer, row, 0);
    reader.load(writer.bytes.subarray(0, writer.finish()));
    expect(codec.readRow(reader, read, 0)).toBe(true);
    Ship.unpack(read, 0, columns, 1, 0);
    expect([columns.health[1], columns.fuel[1], columns.mood[1], columns.lit[1], columns.warmth[1]]).toEqual([
      9,
      since > 5 ? 500 : 0,
      since > 6 ? Mood.GOOD : Mood.BAD,
      since > 6 ? 1 : 0,
      since > 6 ? 1.5 : 0,
    ]);
    expect([reader.bits, reader.isAtEnd]).toEqual([{ 7: 106, 6: 84, 1: 68 }[since], true]);
  }
});

test("an entity says how its fields are to be sent", () => {
  const { fields } = Ship;

  expect(Ship.priority).toBe(3);
  expect(fields.filter(({ isConst }) => isConst).map(({ name }) => name)).toEqual(["owner"]);
  expect(fields.filter(({ isRare }) => isRare).map(({ name }) => name)).toEqual(["health"]);
  expect(fields.filter(({ isOwnerOnly }) => isOwnerOnly).map(({ name }) => name)).toEqual(["ammo"]);
  expect(fields.slice(1, 5).map(({ name, predict }) => [name, predict])).toEqual([
    ["vx", "linear"],
    ["vy", "linear"],
    ["x", { velocity: "vx" }],
    ["y", { velocity: "vy" }],
  ]);
  expect(fields.find(({ name }) => name === "fuel")!.since).toBe(6);
});

const YOUNG = `
  protocol p 1;
  enum E : u8 { A };
  struct Kept { E e; };
  message M [[lane(event)]] { Kept kept; };
  entity T { u8 a; };
`;
const GROWN_UP = `
  protocol p 2 [[since(1)]];
  enum E : u8 { A };
  enum F : u8 { B };
  struct Kept { E e; };
  struct New { F f; };
  struct Sent [[since(2)]] { u8 a; };
  union Either : u8 { New it; };
  message M [[lane(event)]] { Kept kept; optional Either extra [[since(2)]]; };
  entity T { u8 a; u8 b [[since(2)]]; };
  message N [[lane(event), since(2)]] { New it; };
  rpc Ask(New) returns (Sent) [[since(2)]];
  entity U [[since(2)]] { u8 a; };
`;

/** The versions of a schema with their hashes, as its module exports them. */
function hashesOf(text: string): string[] {
  const { text: module } = compile({ path: "p.wire", text }, { runtime: "tickwire/wire" });
  return [...module!.matchAll(/\{ version: \d+, hash: (0x[0-9a-f]{8}) \}/g)].map(([, hash]) => hash!);
}

test("a schema that has grown knows the hash that it had before", () => {
  const [young] = hashesOf(YOUNG);
  const grown = hashesOf(GROWN_UP);

  expect(grown).toHaveLength(2);
  expect(grown[1]).toBe(young);
  expect(grown[0]).not.toBe(young);
});

test("a schema that was changed in place does not", () => {
  expect(hashesOf(GROWN_UP.replace("entity T { u8 a;", "entity T { i8 a;"))[1]).not.toBe(hashesOf(YOUNG)[0]);
});

test("fields of a newer version do not change the bits that an older one is sent", () => {
  const shipOf = (version: string, added: string): string => {
    const text = `protocol p ${version}; entity Ship { f32 vx, vy [[quantize(-8, 8, 1/16)]]; u8 health [[rare]]; ${added} };`;
    return compile({ path: "p.wire", text }, { runtime: "tickwire/wire" }).text!;
  };
  const codecsIn = (module: string): string[] => module.match(/writeRow\(.*?readOwner/gs)!;
  const booksIn = (module: string): string[] => module.match(/new CodeBook\(.*?\]\)/gs)!;
  const added = "f32 x, y [[quantize(0, 9, 1/16), predict(vx, vy), since(2)]]; u8 ammo [[owner, since(2)]];";
  const [young, grown] = [shipOf("1", ""), shipOf("2 [[since(1)]]", added)];

  expect([codecsIn(young).length, codecsIn(grown).length]).toEqual([1, 2]);
  expect(booksIn(grown).slice(-booksIn(young).length)).toEqual(booksIn(young));
  // The books of the older version have a number behind their names, and the row has defaults for what came later.
  const plain = (codec: string): string =>
    codec.replace(/_(CODES|CHANGES)\d/g, "_$1").replace(/^ +rows\[at \+ \d+\] = \d+;\n/gm, "");
  expect(plain(codecsIn(grown)[1]!)).toBe(plain(codecsIn(young)[0]!));
});
