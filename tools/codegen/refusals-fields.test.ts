import { expect, test } from "vitest";
import type { Refusal } from "./refusals.ts";
import { mistakesIn } from "./refusals.ts";

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");
const message = (index: number): string => `message M${index} [[lane(event)]] {}`;

const REFUSALS: readonly Refusal[] = [
  // types and bounds
  {
    name: "an unknown type",
    refused: "struct Row { u8 a; } struct B { Rov row; }",
    says: `no type is named "Rov"`,
    accepted: "struct Row { u8 a; } struct B { Row row; }",
  },
  {
    name: "a struct in itself",
    refused: "struct A { A a; }",
    says: "A contains itself: A → A",
    accepted: "struct A { u8 a; }",
  },
  {
    name: "structs in a circle",
    refused: "struct A { B b; } struct B { C c<2>; } struct C { A a[2]; }",
    says: "A contains itself: A → B → C → A",
    accepted: "struct A { B b; } struct B { C c<2>; } struct C { u8 a[2]; }",
  },
  {
    name: "a struct without fields",
    refused: "struct A {}",
    says: "A has no fields",
    accepted: "struct A { u8 a; } message B [[lane(event)]] {}",
  },
  {
    name: "a string without a bound",
    refused: "struct A { string a; }",
    says: "a has no bound in bytes",
    accepted: "struct A { string a<1>; }",
  },
  {
    name: "bytes without a bound",
    refused: "struct A { bytes a[4]; }",
    says: "a has no bound in bytes",
    accepted: "struct A { bytes a<4>; }",
  },
  {
    name: "a bound that is no constant",
    refused: "struct A { string a<N>; }",
    says: `no constant is named "N"`,
    accepted: "const N = 9; struct A { string a<N>; }",
  },
  {
    name: "a bound of zero",
    refused: "struct A { string a<0>; }",
    says: "the bound of a is 0",
    accepted: "struct A { string a<1>; }",
  },
  {
    name: "a bound over 65,535",
    refused: "struct A { u8 a<65536>; }",
    says: "the bound of a is 65536",
    accepted: "struct A { u8 a<65535>; }",
  },
  {
    name: "a broken bound",
    refused: "struct A { u8 a<3/2>; }",
    says: "the bound of a is 3/2",
    accepted: "struct A { u8 a<4/2>; }",
  },
  {
    name: "a count of zero",
    refused: "struct A { u8 a[0]; }",
    says: "the count of a is 0",
    accepted: "struct A { u8 a[1]; }",
  },

  // bit fields
  {
    name: "a bit field wider than its unit",
    refused: "struct A { u8 a : 9; }",
    says: "a is u8, 8 bits wide, and its width is 9",
    accepted: "struct A { u8 a : 8; }",
  },
  {
    name: "a bit field of no bits",
    refused: "struct A { i16 a : 0; }",
    says: "a is i16, 16 bits wide, and its width is 0",
    accepted: "struct A { i16 a : 1; }",
  },
  {
    name: "a bool of two bits",
    refused: "struct A { bool a : 2; }",
    says: "a is bool, 1 bit wide, and its width is 2",
    accepted: "struct A { bool a : 1; }",
  },
  {
    name: "an enum too wide for its bits",
    refused: "enum E : u8 { X, Y = 4 } struct A { E a : 2; }",
    says: "a has 2 bits, but E.Y is 4",
    accepted: "enum E : u8 { X, Y = 4 } struct A { E a : 3; }",
  },
  {
    name: "a signed enum too wide for its bits",
    refused: "enum E : i8 { X = -3 } struct A { E a : 2; }",
    says: "a has 2 bits, but E.X is -3",
    accepted: "enum E : i8 { X = -2 } struct A { E a : 2; }",
  },
  {
    name: "a float bit field",
    refused: "struct A { f32 a : 4; }",
    says: "a is f32, which has no bit fields",
    accepted: "struct A { f32 a; }",
  },
  {
    name: "a struct bit field",
    refused: "struct B { u8 b; } struct A { B a : 4; }",
    says: "a is B, which has no bit fields",
    accepted: "struct B { u8 b; } struct A { B a; }",
  },
  {
    name: "an angle without bits",
    refused: "struct A { angle a; }",
    says: "a does not say its bits",
    accepted: "struct A { angle a : 8; }",
  },
  {
    name: "an angle of 1 bit",
    refused: "struct A { angle a : 1; }",
    says: "the width of the angle a is 1",
    accepted: "struct A { angle a : 2; }",
  },
  {
    name: "an angle of 17 bits",
    refused: "struct A { angle a : 17; }",
    says: "the width of the angle a is 17",
    accepted: "struct A { angle a : 16; }",
  },

  // quantisation
  {
    name: "a quantisation over 32 bits",
    refused: "struct A { f64 a [[quantize(0, 4294967297, 1)]]; }",
    says: "4294967297 values need 33 bits, and a field has at most 32",
    accepted: "struct A { f64 a [[quantize(0, 4294967296, 1)]]; }",
  },
  {
    name: "a step that does not divide",
    refused: "struct A { f32 a [[quantize(0, 1, 2/5)]]; }",
    says: "the step 2/5 does not divide the range from 0 to 1",
    accepted: "struct A { f32 a [[quantize(0, 1, 1/5)]]; }",
  },
  {
    name: "a step of zero",
    refused: "struct A { f32 a [[quantize(0, 1, 0)]]; }",
    says: "the step is 0",
    accepted: "struct A { f32 a [[quantize(0, 1, 0.5)]]; }",
  },
  {
    name: "a step below zero",
    refused: "struct A { f32 a [[quantize(0, 1, -1/2)]]; }",
    says: "the step is -1/2",
    accepted: "struct A { f32 a [[quantize(-1, 1, 1/2)]]; }",
  },
  {
    name: "an empty range",
    refused: "struct A { f32 a [[quantize(1, 1, 1)]]; }",
    says: "the range from 1 to 1 is empty",
    accepted: "struct A { f32 a [[quantize(1, 3, 1)]]; }",
  },
  {
    name: "a range of one value",
    refused: "struct A { f32 a [[quantize(0, 1, 1)]]; }",
    says: "the range holds a single value",
    accepted: "struct A { f32 a [[quantize(0, 2, 1)]]; }",
  },
  {
    name: "steps that a double cannot tell apart",
    refused: "const FAR = 1125899906842624; struct A { f64 a [[quantize(FAR, FAR + 1, 1/8)]]; }",
    says: "so far from 0 a number cannot say steps of 1/8",
    accepted: "const FAR = 1099511627776; struct A { f64 a [[quantize(FAR, FAR + 1, 1/8)]]; }",
  },
  {
    name: "a quantised whole number",
    refused: "struct A { u8 a [[quantize(0, 1, 1/2)]]; }",
    says: "quantize is for single f32 and f64 fields, and a is none",
    accepted: "struct A { f32 a [[quantize(0, 1, 1/2)]]; }",
  },
  {
    name: "a quantised array",
    refused: "struct A { f32 a[2] [[quantize(0, 1, 1/2)]]; }",
    says: "quantize is for single f32 and f64 fields, and a is none",
    accepted: "struct A { f32 a [[quantize(0, 1, 1/2)]]; }",
  },
  {
    name: "a quantisation of two values",
    refused: "struct A { f32 a [[quantize(0, 1)]]; }",
    says: "quantize takes 3, not 2",
    accepted: "struct A { f32 a [[quantize(0, 1, 1/2)]]; }",
  },

  // attributes
  {
    name: "an unknown attribute",
    refused: "entity A { f32 a [[interpolat]]; }",
    says: `a field has no attribute named "interpolat"`,
    accepted: "entity A { f32 a [[interpolate]]; }",
  },
  {
    name: "an attribute twice",
    refused: "entity A { f32 a [[interpolate, interpolate]]; }",
    says: "interpolate is written twice",
    accepted: "entity A { f32 a [[interpolate]]; }",
  },
  {
    name: "an attribute with a value too many",
    refused: "entity A { f32 a [[interpolate(2)]]; }",
    says: "interpolate takes no values, not 1",
    accepted: "entity A { f32 a [[interpolate]]; }",
  },
  {
    name: "an interpolated field outside of an entity",
    refused: "struct A { f32 a [[interpolate]]; }",
    says: "interpolate means nothing in a struct",
    accepted: "entity A { f32 a [[interpolate]]; }",
  },
  {
    name: "an interpolated bool",
    refused: "entity A { bool a [[interpolate]]; }",
    says: "a has no values between two others that could be drawn",
    accepted: "entity A { angle a : 4 [[interpolate]]; }",
  },
  {
    name: "an attribute of the wrong declaration",
    refused: "entity A [[input]] { u8 a; }",
    says: `an entity has no attribute named "input"`,
    accepted: "struct A [[input]] { u8 a; }",
  },
  {
    name: "a message without a lane",
    refused: "message A { u8 a; }",
    says: "message A has no lane",
    accepted: "message A [[lane(event)]] { u8 a; }",
  },
  {
    name: "an unknown lane",
    refused: "message A [[lane(events)]] {}",
    says: `no lane is named "events"`,
    accepted: "message A [[lane(event)]] {}",
  },
  {
    name: "a number for a lane",
    refused: "message A [[lane(3)]] {}",
    says: "a lane has a name",
    accepted: "message A [[lane(bulk)]] {}",
  },
  {
    name: "an unknown side",
    refused: "message A [[lane(event), from(clients)]] {}",
    says: `no side is named "clients"`,
    accepted: "message A [[lane(event), from(client)]] {}",
  },

  // whole records
  {
    name: "an input of variable size",
    refused: "struct A [[input]] { u8 a<4>; }",
    says: "the input A takes 1 to 5 bytes",
    accepted: "struct A [[input]] { u8 a[4]; }",
  },
  {
    name: "a second input",
    refused: "struct A [[input]] { u8 a; } struct B [[input]] { u8 b; }",
    says: "B is a second input; A is one already",
    accepted: "struct A [[input]] { u8 a; } struct B { u8 b; }",
  },
  {
    name: "a message over the packet limit",
    refused: "message A [[lane(bulk)]] { bytes a<65533>; }",
    says: "A takes up to 65536 bytes, and a packet ends at 65535",
    accepted: "message A [[lane(bulk)]] { bytes a<65532>; }",
  },
  {
    name: "an entity with a list",
    refused: "entity A { u8 a<4>; }",
    says: "a is no single number, and entities have nothing else",
    accepted: "entity A { u8 a; }",
  },
  {
    name: "an entity with a struct",
    refused: "struct B { u8 b; } entity A { B a; }",
    says: "a is no single number, and entities have nothing else",
    accepted: "struct B { u8 b; } entity A { u8 a; }",
  },
  {
    name: "225 messages",
    refused: many(225, message),
    says: "M224 is message 225, and a schema has 224 at most",
    accepted: many(224, message),
  },
  {
    name: "257 entities",
    refused: many(257, (index) => `entity E${index} { u8 a; }`),
    says: "E256 is entity 257, and a schema has 256 at most",
    accepted: many(256, (index) => `entity E${index} { u8 a; }`),
  },
];

test.each(REFUSALS)("$name is refused, once, and its neighbour is not", ({ refused, says, accepted }) => {
  const mistakes = mistakesIn(`protocol p 1; ${refused}`);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(says);
  expect(mistakesIn(`protocol p 1; ${accepted}`)).toEqual([]);
});

test("the engine's protocol has 32 messages at most", () => {
  expect(mistakesIn(`protocol tickwire 1; ${many(32, message)}`)).toEqual([]);
  expect(mistakesIn(`protocol tickwire 1; ${many(33, message)}`)).toEqual([
    "M32 is message 33, and a schema has 32 at most",
  ]);
});
