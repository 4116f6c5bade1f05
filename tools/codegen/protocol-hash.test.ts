import { expect, test } from "vitest";
import { compile } from "./compile.ts";

const SCHEMA = `
  protocol p 1;
  const SIZE = 4;
  enum E : u8 { A, B };
  struct S [[input]] { u8 a : 4; E e : 4; f32 x [[quantize(0, SIZE, 1/2)]]; };
  message M [[lane(event), from(client)]] { S s<3>; string t<9>; };
  message N [[lane(event)]] { u16 n[2]; };
  union V : u8 { S a; };
  rpc R(S) returns (S);
  entity T { f32 x, y [[interpolate]]; angle a : 8; };
`;

/** The hash that a schema's module exports. */
function hashOf(text: string): string {
  const { text: module } = compile({ path: "p.wire", text }, { runtime: "tickwire/wire" });
  return /PROTOCOL_HASH = (0x[0-9a-f]{8});/.exec(module ?? "")![1]!;
}

test("the hash of a schema is the same on every machine", () => {
  expect(hashOf(SCHEMA)).toBe("0xf8a7758d");
});

test.each([
  ["a comment", "/** Says more. */ const SIZE", "const SIZE"],
  ["white space", "{ u16 n[ 2 ] ; }", "{ u16 n[2]; }"],
  ["another way to write the same number", "8 / 2", "4"],
  ["how a field is drawn", "[[interpolate]]", ""],
  ["a constant that shapes nothing", "const SIZE = 4; const OTHER = 1;", "const SIZE = 4;"],
  ["an enum that nothing is made of", "enum E : u8 { A, B }; enum F : u8 { C };", "enum E : u8 { A, B };"],
  ["how urgent an entity is", "entity T [[priority(2)]]", "entity T"],
  ["a C spelling", "unsigned char a : 4", "u8 a : 4"],
])("%s leaves the hash as it is", (_, other, present) => {
  const changed = SCHEMA.replace(present === "" ? other : present, present === "" ? present : other);

  expect(changed).not.toBe(SCHEMA);
  expect(hashOf(changed)).toBe(hashOf(SCHEMA));
});

test("whether bytes take the rest of their message changes the hash, and so does their bound", () => {
  const messageOf = (field: string): string => `protocol p 1; message M [[lane(event)]] { u8 a; ${field}; };`;
  const fields = ["bytes b<9>", "bytes b<9> [[rest]]", "bytes b<10> [[rest]]"];

  expect(new Set(fields.map((field) => hashOf(messageOf(field)))).size).toBe(3);
});

test.each([
  ["the protocol's name", "protocol p", "protocol q"],
  ["its version", "p 1", "p 2"],
  ["a constant", "SIZE = 4", "SIZE = 5"],
  ["a member's name", "{ A, B }", "{ A, C }"],
  ["a member's value", "{ A, B }", "{ A, B = 2 }"],
  ["an enum's type", "E : u8", "E : u16"],
  ["a bit width", "a : 4", "a : 3"],
  ["a type", "u8 a", "i8 a"],
  ["a range", "SIZE, 1/2", "SIZE, 1/4"],
  ["a bound", "s<3>", "s<4>"],
  ["a count", "n[2]", "n[3]"],
  ["a lane", "lane(event), from", "lane(bulk), from"],
  ["a direction", "from(client)", "from(server)"],
  ["a field's name", "string t", "string u"],
  ["the order of fields", "f32 x, y", "f32 y, x"],
  ["what is sent once", "angle a : 8;", "const angle a : 8;"],
  ["what its owner alone knows", "angle a : 8;", "angle a : 8 [[owner]];"],
  ["what changes seldom", "angle a : 8;", "angle a : 8 [[rare]];"],
  ["a prediction", "angle a : 8;", "angle a : 8 [[predict(linear)]];"],
  ["what is optional", "string t<9>", "optional string t<9>"],
  ["a variant", "union V : u8 { S a; };", "union V : u8 { S a; u8 b; };"],
  ["an rpc", "rpc R(S) returns (S);", ""],
  ["what the input is", "[[input]]", ""],
  ["the order of messages", "message M [[lane(event), from(client)]] { S s<3>; string t<9>; };", ""],
])("%s changes the hash", (_, present, other) => {
  const changed = SCHEMA.replace(present, other);

  expect(changed).not.toBe(SCHEMA);
  expect(hashOf(changed)).not.toBe(hashOf(SCHEMA));
});
