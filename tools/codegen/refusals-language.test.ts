import { expect, test } from "vitest";
import type { Refusal } from "./refusals.ts";
import { mistakesIn } from "./refusals.ts";

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

const REFUSALS: readonly Refusal[] = [
  // C spellings and text of a fixed size
  {
    name: "a single char",
    refused: "struct A { char a; }",
    says: "char is for text of a fixed size, and a has none",
    accepted: "struct A { char a[1]; }",
  },
  {
    name: "a bounded char",
    refused: "struct A { char a<4>; }",
    says: "char is for text of a fixed size, and a has none",
    accepted: "struct A { string a<4>; }",
  },
  {
    name: "a char of no bytes",
    refused: "struct A { char a[0]; }",
    says: "the count of a is 0",
    accepted: "struct A { char a[65535]; }",
  },
  {
    name: "a long",
    refused: "struct A { unsigned long a; }",
    says: "unsigned long has 4 bytes on one machine and 8 on another",
    accepted: "struct A { unsigned long long a; }",
  },
  {
    name: "words that are no C type",
    refused: "struct A { unsigned double a; }",
    says: `no type is named "unsigned double"`,
    accepted: "struct A { unsigned int a; double b; }",
  },
  {
    name: "a typedef",
    refused: "typedef A;",
    says: "a declaration cannot start with typedef",
    accepted: "struct A { struct B b; }; struct B { short int c; };",
  },
  {
    name: "64 bits in a bit field",
    refused: "struct A { u64 a : 3; }",
    says: "a is u64, which has no bit fields",
    accepted: "struct A { u32 a : 3; u64 b; }",
  },
  {
    name: "an enum of 64 bits",
    refused: "enum E : u64 { A }",
    says: `an enum cannot be of type "u64"`,
    accepted: "enum E : uint32_t { A }",
  },
  {
    name: "a constant over 64 bits",
    refused: "const u64 A = 18446744073709551616;",
    says: "A is 18446744073709551616, but u64 holds whole numbers from 0 to 18446744073709551615",
    accepted: "const u64 A = 18446744073709551615; const long long B = -9223372036854775808;",
  },

  // optional fields
  {
    name: "an optional bit field",
    refused: "struct A { optional u8 a : 3; }",
    says: "a shares its bytes with others, so that it cannot be optional",
    accepted: "struct A { optional u8 a; }",
  },
  {
    name: "an optional quantised field",
    refused: "struct A { optional f32 a [[quantize(0, 1, 1/2)]]; }",
    says: "a shares its bytes with others, so that it cannot be optional",
    accepted: "struct B { f32 a [[quantize(0, 1, 1/2)]]; } struct A { optional B a; }",
  },
  {
    name: "an optional field of an entity",
    refused: "entity A { optional u8 a; }",
    says: "a is no single number, and entities have nothing else",
    accepted: "message A [[lane(event)]] { optional u8 a; }",
  },
  {
    name: "an optional field of the input",
    refused: "struct A [[input]] { optional u8 a; }",
    says: "the input A takes 1 to 2 bytes",
    accepted: "struct A [[input]] { u8 a; } struct B { optional u8 optional; }",
  },

  // unions
  {
    name: "a union without a tag",
    refused: "union A { u8 a; }",
    says: "expected :, found {",
    accepted: "union A : u8 { u8 a; }",
  },
  {
    name: "a signed tag",
    refused: "union A : i8 { u8 a; }",
    says: `a tag cannot be of type "i8"`,
    accepted: "union A : u16 { u8 a; }",
  },
  {
    name: "a tag of 64 bits",
    refused: "union A : u64 { u8 a; }",
    says: `a tag cannot be of type "u64"`,
    accepted: "union A : u32 { u8 a; }",
  },
  {
    name: "a union without variants",
    refused: "union A : u8 {}",
    says: "union A has no variants",
    accepted: "union A : u8 { u8 a; };",
  },
  {
    name: "a variant of an unknown type",
    refused: "struct Health { u8 a; } union A : u8 { Helth a; }",
    says: `no type is named "Helth"`,
    accepted: "struct Health { u8 a; } union A : u8 { Health a; }",
  },
  {
    name: "a variant of text",
    refused: "union A : u8 { string a; }",
    says: "string cannot stand here",
    accepted: "struct Text { string text<9>; } union A : u8 { Text a; }",
  },
  {
    name: "a variant twice",
    refused: "union A : u8 { u8 a; u16 a; }",
    says: `"a" stands twice in A`,
    accepted: "union A : u8 { u8 a; u16 b; }",
  },
  {
    name: "a union in itself",
    refused: "union A : u8 { B b; } struct B { A a; }",
    says: "contains itself: ",
    accepted: "union A : u8 { B b; } struct B { u8 a; }",
  },
  {
    name: "257 variants for a byte",
    refused: `union A : u8 { ${many(257, (index) => `u8 v${index};`)} }`,
    says: "v256 is variant 257, and a tag of 8 bits tells 256 apart",
    accepted: `union A : u8 { ${many(256, (index) => `u8 v${index};`)} }`,
  },

  // rpcs
  {
    name: "an rpc that asks no struct",
    refused: "struct A { u8 a; } rpc Buy(u8) returns (A);",
    says: `no struct is named "u8"`,
    accepted: "struct A { u8 a; } rpc Buy(A) returns (A);",
  },
  {
    name: "an rpc that returns nothing",
    refused: "struct A { u8 a; } rpc Buy(A);",
    says: "expected returns, found ;",
    accepted: "struct A { u8 a; } rpc Buy(A) returns (A) [[lane(bulk)]];",
  },
  {
    name: "an rpc with an attribute of an entity",
    refused: "struct A { u8 a; } rpc Buy(A) returns (A) [[priority(2)]];",
    says: `an rpc has no attribute named "priority"`,
    accepted: "struct A { u8 a; } rpc Buy(A) returns (A) [[from(client)]];",
  },
  {
    name: "an rpc over the packet limit",
    refused: "struct A { bytes a<65531>; } struct B { u8 b; } rpc Buy(A) returns (B);",
    says: "BuyCall takes up to 65536 bytes, and a packet ends at 65535",
    accepted: "struct A { bytes a<65530>; } struct B { u8 b; } rpc Buy(A) returns (B);",
  },

  // entities
  {
    name: "a rare field of a message",
    refused: "message A [[lane(event)]] { u8 a [[rare]]; }",
    says: "rare means nothing in a message",
    accepted: "entity A { u8 a [[rare]]; }",
  },
  {
    name: "a const field of a struct",
    refused: "struct A { const u8 a; }",
    says: "const means nothing in a struct",
    accepted: "entity A { const u8 a; }",
  },
  {
    name: "a const field that is interpolated",
    refused: "entity A { const f32 a [[interpolate]]; }",
    says: "a is const and never changes",
    accepted: "entity A { f32 a [[interpolate]]; const u8 b [[owner]]; }",
  },
  {
    name: "a priority of zero",
    refused: "entity A [[priority(0)]] { u8 a; }",
    says: "the priority is 0",
    accepted: "entity A [[priority(100)]] { u8 a; }",
  },
  {
    name: "a priority without a number",
    refused: "entity A [[priority]] { u8 a; }",
    says: "priority takes 1, not 0",
    accepted: "entity A [[priority(1)]] { u8 a; }",
  },
  {
    name: "a linear bool",
    refused: "entity A { bool a [[predict(linear)]]; }",
    says: "a is not counted in steps, which predict(linear) needs",
    accepted: "entity A { i16 a [[predict(linear)]]; bool b [[predict(none)]]; }",
  },
  {
    name: "a linear float",
    refused: "entity A { f32 a [[predict(linear)]]; }",
    says: "a is not counted in steps, which predict(linear) needs",
    accepted: "entity A { f32 a [[quantize(0, 8, 1/8), predict(linear)]]; }",
  },
  {
    name: "a velocity of another step",
    refused: "entity A { f32 v [[quantize(-1, 1, 1/32)]]; f32 x [[quantize(0, 8, 1/16), predict(v)]]; }",
    says: "x moves in steps of 1/16, and v in steps of 1/32",
    accepted: "entity A { f32 v [[quantize(-1, 1, 1/16)]]; f32 x [[quantize(0, 8, 1/16), predict(v)]]; }",
  },
  {
    name: "a velocity that cannot be 0",
    refused: "entity A { f32 v [[quantize(-1/3, 5/3, 1)]]; f32 x [[quantize(0, 8, 1), predict(v)]]; }",
    says: "v cannot be 0: its range starts at -1/3",
    accepted: "entity A { f32 v [[quantize(-1, 1, 1)]]; f32 x [[quantize(0, 8, 1), predict(v)]]; }",
  },
  {
    name: "a velocity that is no field",
    refused: "entity A { f32 vx [[quantize(-1, 1, 1)]]; f32 x [[quantize(0, 8, 1), predict(vy)]]; }",
    says: `no field is named "vy"`,
    accepted: "entity A { f32 vx [[quantize(-1, 1, 1)]]; f32 x [[quantize(0, 8, 1), predict(vx)]]; }",
  },
  {
    name: "a velocity that is not quantised",
    refused: "entity A { f32 v; f32 x [[quantize(0, 8, 1), predict(v)]]; }",
    says: "v is not quantised, which predict needs",
    accepted: "entity A { f32 v [[quantize(0, 2, 1)]]; f32 x [[quantize(0, 8, 1), predict(v)]]; }",
  },
  {
    name: "two velocities for one field",
    refused: "entity A { f32 u, v [[quantize(-1, 1, 1)]]; f32 x [[quantize(0, 8, 1), predict(u, v)]]; }",
    says: "predict takes 1, not 2",
    accepted: "entity A { f32 u, v [[quantize(-1, 1, 1)]]; f32 x, y [[quantize(0, 8, 1), predict(u, v)]]; }",
  },
  {
    name: "a number for a prediction",
    refused: "entity A { u8 a [[predict(1)]]; }",
    says: "a prediction has a name",
    accepted: "entity A { u8 a [[predict(none)]]; }",
  },

  // versions
  {
    name: "a field of a version to come",
    refused: "message A [[lane(event)]] { u8 a; u8 b [[since(2)]]; }",
    says: "the version is 2",
    accepted: "message A [[lane(event)]] { u8 a; u8 b [[since(1)]]; }",
  },
  {
    name: "a struct that grows",
    refused: "struct A { u8 a; u8 b [[since(1)]]; }",
    says: "a struct cannot grow",
    accepted: "struct A [[since(1)]] { u8 a; u8 b; }",
  },
  {
    name: "a protocol with an attribute of a message",
    refused: "struct A { u8 a [[owner]]; }",
    says: "owner means nothing in a struct",
    accepted: "entity A { u8 a [[owner]]; }",
  },
];

test.each(REFUSALS)("$name is refused, once, and its neighbour is not", ({ refused, says, accepted }) => {
  const mistakes = mistakesIn(`protocol p 1; ${refused}`);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(says);
  expect(mistakesIn(`protocol p 1; ${accepted}`)).toEqual([]);
});

test.each([
  [
    "a newer field in front of an older one",
    "message A [[lane(event)]] { u8 a [[since(2)]]; u8 b; }",
    "a was added in version 2, and stands in front of b, which is older",
    "message A [[lane(event)]] { u8 b; u8 a [[since(2)]]; }",
  ],
  [
    "a newer message in front of an older one",
    "message A [[lane(event), since(2)]] {} message B [[lane(event)]] {}",
    "A was added in version 2, and stands in front of B, which is older",
    "message B [[lane(event)]] {} message A [[lane(event), since(2)]] {}",
  ],
  [
    "a newer rpc in front of an older message",
    "struct S { u8 a; } rpc R(S) returns (S) [[since(2)]]; message B [[lane(event)]] {}",
    "RCall was added in version 2, and stands in front of B, which is older",
    "struct S { u8 a; } message B [[lane(event)]] {} rpc R(S) returns (S) [[since(2)]];",
  ],
  [
    "a newer entity in front of an older one",
    "entity A [[since(2)]] { u8 a; } entity B { u8 b; }",
    "A was added in version 2, and stands in front of B, which is older",
    "entity B { u8 b; } entity A [[since(2)]] { u8 a; }",
  ],
  [
    "a new union that older peers cannot know",
    "union U : u8 { u8 a; } message A [[lane(event)]] { u8 a; U u [[since(2)]]; }",
    "u has no value for peers that do not know it",
    "union U : u8 { u8 a; } message A [[lane(event)]] { u8 a; optional U u [[since(2)]]; }",
  ],
])("%s is refused, and its neighbour is not", (_, refused, says, accepted) => {
  expect(mistakesIn(`protocol p 2; ${refused}`)).toEqual([says]);
  expect(mistakesIn(`protocol p 2; ${accepted}`)).toEqual([]);
});

test("the oldest version that is spoken is a version up to the newest", () => {
  expect(mistakesIn("protocol p 3 [[since(1)]];")).toEqual([]);
  expect(mistakesIn("protocol p 3 [[since(3)]];")).toEqual([]);
  expect(mistakesIn("protocol p 3 [[since(4)]];")).toEqual(["the version is 4"]);
  expect(mistakesIn("protocol p 3 [[since(0)]];")).toEqual(["the version is 0"]);
  expect(mistakesIn("protocol p 3 [[until(3)]];")).toEqual([`a protocol has no attribute named "until"`]);
});

test("a game's rpcs take two opcodes each", () => {
  const struct = "struct S { u8 a; }";
  const rpcs = many(112, (index) => `rpc R${index}(S) returns (S);`);

  expect(mistakesIn(`protocol p 1; ${struct} ${rpcs}`)).toEqual([]);
  expect(mistakesIn(`protocol p 1; ${struct} ${rpcs} message M [[lane(event)]] {}`)).toEqual([
    "M is message 225, and a schema has 224 at most",
  ]);
});
