import { expect, test } from "vitest";
import type { Refusal } from "./refusals.ts";
import { mistakesIn } from "./refusals.ts";

const REFUSALS: readonly Refusal[] = [
  // what the scanner and the parser find
  {
    name: "a stray character",
    refused: "struct A { u8 a; } §",
    says: `"§" means nothing in a schema`,
    accepted: "struct A { u8 a; }",
  },
  {
    name: "a comment without end",
    refused: "struct A { u8 a; } /* …",
    says: "this comment never ends",
    accepted: "struct A { u8 a; } /* … */",
  },
  {
    name: "a missing semicolon",
    refused: "struct A { u8 a }",
    says: "expected ;, found }",
    accepted: "struct A { u8 a; }",
  },
  {
    name: "a missing brace",
    refused: "struct A { u8 a;",
    says: "expected }, found the end of the file",
    accepted: "struct A { u8 a; }",
  },
  {
    name: "a missing name",
    refused: "struct { u8 a; }",
    says: "expected the struct's name, found {",
    accepted: "struct A { u8 a; }",
  },
  {
    name: "an unknown declaration",
    refused: "strukt A { u8 a; }",
    says: "a declaration cannot start with strukt",
    accepted: "struct A { u8 a; }",
  },
  {
    name: "an enum without a type",
    refused: "enum A { B }",
    says: "expected :, found {",
    accepted: "enum A : u8 { B }",
  },
  {
    name: "an expression without a value",
    refused: "const A = 1 + ;",
    says: "expected a value, found ;",
    accepted: "const A = 1 + 1;",
  },
  {
    name: "an expression 65 deep",
    refused: `const A = ${"(".repeat(65)}1${")".repeat(65)};`,
    says: "this expression is nested deeper than 64",
    accepted: `const A = ${"(".repeat(64)}1${")".repeat(64)};`,
  },

  // protocol
  { name: "a second protocol", refused: "protocol q 2;", says: "the schema names its protocol twice", accepted: "" },

  // names
  {
    name: "a type declared twice",
    refused: "struct A { u8 a; } enum A : u8 { B }",
    says: `"A" is declared twice`,
    accepted: "struct A { u8 a; } enum B : u8 { B }",
  },
  {
    name: "a constant declared twice",
    refused: "const A = 1; const A = 1;",
    says: `"A" is declared twice`,
    accepted: "const A = 1; const B = 1;",
  },
  {
    name: "a field twice",
    refused: "struct A { u8 a; u16 a; }",
    says: `"a" stands twice in A`,
    accepted: "struct A { u8 a; u16 b; }",
  },
  {
    name: "an enum member twice",
    refused: "enum A : u8 { B, B = 3 }",
    says: `"B" stands twice in A`,
    accepted: "enum A : u8 { B, C = 3 }",
  },
  {
    name: "a reserved word as a field",
    refused: "struct A { u8 class; }",
    says: `"class" is a word that TypeScript keeps for itself`,
    accepted: "struct A { u8 type; }",
  },
  {
    name: "a reserved word as a type",
    refused: "struct string { u8 a; }",
    says: `"string" is a word that TypeScript keeps for itself`,
    accepted: "struct String { u8 a; }",
  },
  {
    name: "a type named like TypeScript's own",
    refused: "struct unknown { u8 a; }",
    says: `"unknown" is a word that TypeScript keeps for itself`,
    accepted: "struct Unknown { u8 a; }",
  },
  {
    name: "a reserved word as a constant",
    refused: "const new = 1;",
    says: `"new" is a word that TypeScript keeps for itself`,
    accepted: "const NEW = 1;",
  },
  {
    name: "a property with a meaning of its own",
    refused: "struct A { u8 __proto__; }",
    says: `"__proto__" is a word that TypeScript keeps for itself`,
    accepted: "struct A { u8 proto; }",
  },
  {
    name: "a name of the runtime",
    refused: "struct Protocol { u8 a; }",
    says: `"Protocol" is taken by the runtime`,
    accepted: "struct Protocols { u8 a; }",
  },
  {
    name: "a name of JavaScript",
    refused: "struct Math { u8 a; }",
    says: `"Math" is taken by JavaScript`,
    accepted: "struct Maths { u8 a; }",
  },
  {
    name: "a name of every module",
    refused: "struct ClientMessage { u8 a; }",
    says: `"ClientMessage" is taken by every printed module`,
    accepted: "struct ClientMessages { u8 a; }",
  },
  {
    name: "a type of the language",
    refused: "struct bytes { u8 a; }",
    says: `"bytes" is taken by the schema language`,
    accepted: "struct Bytes { u8 a; }",
  },
  {
    name: "a name that prints another's",
    refused: "struct RowItem { u8 a; } struct Row_Item { u8 a; }",
    says: `"Row_Item" prints ROW_ITEM_BYTES, which is taken by RowItem`,
    accepted: "struct RowItem { u8 a; } struct RowItems { u8 a; }",
  },

  {
    name: "a constant with the name of a size",
    refused: "struct Row { u8 a; } const ROW_BYTES = 9;",
    says: `"ROW_BYTES" is taken by Row`,
    accepted: "struct Row { u8 a; } const ROWS_BYTES = 9;",
  },
  {
    name: "structs that differ in the first letter's case",
    refused: "struct row { u8 a; } struct Row { u8 a; }",
    says: `"Row" prints encodeRow, which is taken by row`,
    accepted: "struct row { u8 a; } struct Rows { u8 a; }",
  },
  {
    name: "a C type as a name",
    refused: "struct uint8_t { u8 a; }",
    says: `"uint8_t" is taken by the schema language`,
    accepted: "struct uint8 { u8 a; }",
  },
  {
    name: "a field named constructor",
    refused: "struct A { u8 constructor; }",
    says: `"constructor" is a word that TypeScript keeps for itself`,
    accepted: "struct A { u8 construct; }",
  },
  {
    name: "a message with the name of an rpc's",
    refused: "struct A { u8 a; } message BuyCall [[lane(event)]] {} rpc Buy(A) returns (A);",
    says: `"Buy" prints BuyCall, which is taken by BuyCall`,
    accepted: "struct A { u8 a; } message BuyRequest [[lane(event)]] {} rpc Buy(A) returns (A);",
  },
  {
    name: "a struct with the name of every rpc's refusal",
    refused: "struct RpcRefusal { u8 a; } rpc Buy(RpcRefusal) returns (RpcRefusal);",
    says: `"RpcRefusal" is taken by every schema with an rpc`,
    accepted: "struct RpcRefusal { u8 a; }",
  },

  // constants
  {
    name: "an unknown constant",
    refused: "const SIZE = 1; const B = SIZ;",
    says: `no constant is named "SIZ"`,
    accepted: "const SIZE = 1; const B = SIZE;",
  },
  {
    name: "a division by zero",
    refused: "const A = 1 / (2 - 2);",
    says: "this divides by zero",
    accepted: "const A = 1 / (2 - 1);",
  },
  {
    name: "a constant that needs itself",
    refused: "const A = B; const B = A + 1;",
    says: "A needs its own value",
    accepted: "const A = B; const B = 1;",
  },
  {
    name: "a constant over its type",
    refused: "const u8 A = 256;",
    says: "A is 256, but u8 holds whole numbers from 0 to 255",
    accepted: "const u8 A = 255;",
  },
  {
    name: "a fraction in a whole type",
    refused: "const i8 A = 1/2;",
    says: "A is 1/2, but i8 holds whole numbers from -128 to 127",
    accepted: "const f32 A = 1/2;",
  },
  {
    name: "an unknown type of constant",
    refused: "const u9 A = 1;",
    says: `a constant cannot be of type "u9"`,
    accepted: "const u8 A = 1;",
  },

  // enums
  {
    name: "an enum value out of range",
    refused: "enum A : u8 { B = 256 }",
    says: "A.B is 256",
    accepted: "enum A : u8 { B = 255 }",
  },
  {
    name: "an enum that counts out of range",
    refused: "enum A : u8 { B = 255, C }",
    says: "A.C is 256, but u8 ends at 255",
    accepted: "enum A : u8 { B = 254, C }",
  },
  {
    name: "an enum value twice",
    refused: "enum A : u8 { B = 1, C = 0, D }",
    says: "A.D is 1, and so is B",
    accepted: "enum A : u8 { B = 2, C = 0, D }",
  },
  {
    name: "an enum of floats",
    refused: "enum A : f32 { B }",
    says: `an enum cannot be of type "f32"`,
    accepted: "enum A : u32 { B }",
  },
  {
    name: "an enum without members",
    refused: "enum A : u8 {}",
    says: "enum A has no members",
    accepted: "enum A : u8 { B }",
  },
];

test.each(REFUSALS)("$name is refused, once, and its neighbour is not", ({ refused, says, accepted }) => {
  const mistakes = mistakesIn(`protocol p 1; ${refused}`);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(says);
  expect(mistakesIn(`protocol p 1; ${accepted}`)).toEqual([]);
});

test("a schema with messages and without a protocol is refused", () => {
  expect(mistakesIn("message A [[lane(event)]] {} entity B { u8 b; }")).toEqual([
    "the schema does not name its protocol, and A needs one",
  ]);
  expect(mistakesIn("struct A { u8 a; }")).toEqual([]);
});

test("a version is a whole number from 1 to 65,535", () => {
  expect(mistakesIn("protocol p 65535;")).toEqual([]);
  expect(mistakesIn("protocol p 65536;")).toEqual(["the version of p is 65536"]);
  expect(mistakesIn("protocol p 0;")).toEqual(["the version of p is 0"]);
});

test("all mistakes are told at once, in the order of the lines, each one once", () => {
  const mistakes = mistakesIn(`
    protocol p 1;
    struct A { u8 a }
    struct B { u9 b; string c; }
    message C { A a; D d; }
    enum E : u8 { X, X }
    const N = ;
    struct F { u8 f<N>; }
  `);

  expect(mistakes).toEqual([
    "expected ;, found }",
    `no type is named "u9"`,
    "c has no bound in bytes",
    "message C has no lane",
    `no type is named "D"`,
    `"X" stands twice in E`,
    "expected a value, found ;",
  ]);
});
