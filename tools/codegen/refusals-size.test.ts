import { expect, test } from "vitest";
import { compareSchemas } from "./evolution.ts";
import { formatSchema } from "./format.ts";
import { load } from "./load.ts";
import type { Refusal } from "./refusals.ts";
import { mistakesIn } from "./refusals.ts";

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");
const nested = (text: string, depth: number): string => "(".repeat(depth) + text + ")".repeat(depth);

const constants = (count: number): string =>
  `${many(count, (index) => `const C${index} = C${index + 1} + 1;`)} const C${count} = 1;`;
const structs = (count: number): string =>
  `${many(count - 1, (index) => `struct S${index} { S${index + 1} a; }`)} struct S${count - 1} { u8 a; }`;
const unions = (count: number): string =>
  `union U0 : u8 { u8 a; } ${many(count - 1, (index) => `union U${index + 1} : u8 { U${index} a; }`)}`;
const squares = (count: number): string =>
  `const C0 = 2; ${many(count, (index) => `const C${index + 1} = C${index} * C${index};`)}`;

const REFUSALS: readonly Refusal[] = [
  {
    name: "an expression 65 deep",
    refused: `const A = ${nested("1", 65)};`,
    says: "this expression is nested deeper than 64",
    accepted: `const A = ${nested("1", 64)};`,
  },
  {
    name: "20,000 signs",
    refused: `const A = ${"-".repeat(20_000)}1;`,
    says: "this expression is nested deeper than 64",
    accepted: `const A = ${"-".repeat(64)}1;`,
  },
  {
    name: "a row of 6,000 constants, each in front of the one that it needs,",
    refused: constants(6_000),
    says: "C32 is needed by 32 constants in front of it, each for the next",
    accepted: constants(31),
  },
  {
    name: "a circle of 3,000 constants",
    refused: many(3_000, (index) => `const C${index} = C${(index + 1) % 3_000};`),
    says: "C32 is needed by 32 constants in front of it, each for the next",
    accepted: many(3_000, (index) => `const C${index} = ${index};`),
  },
  {
    name: "a constant that is squared 40 times",
    refused: squares(40),
    says: "this is a number of more than 1000 bits",
    accepted: squares(9),
  },
  {
    name: "a number of 300,000 digits",
    refused: `const A = ${"9".repeat(300_000)};`,
    says: "this is a number of more than 1000 bits",
    accepted: `const A = ${"9".repeat(300)};`,
  },
  {
    name: "a fraction with 400 decimals",
    refused: `const A = 0.${"1".repeat(400)};`,
    says: "this is a number of more than 1000 bits",
    accepted: `const A = 0.${"1".repeat(300)};`,
  },
  {
    name: "6,000 structs in one another",
    refused: structs(6_000),
    says: "structs and unions are more than 64 deep in one another here",
    accepted: structs(64),
  },
  {
    name: "65 unions in one another, the innermost first,",
    refused: unions(65),
    says: "structs and unions are more than 64 deep in one another here",
    accepted: unions(64),
  },
  {
    name: "a struct of 65,535 arrays of as many",
    refused: "struct A { u8 a[65535]; } struct B { A b[65535]; }",
    says: "B takes up to 4294836225 bytes, and a record ends at 1073741824",
    accepted: "struct A { u8 a[65535]; } struct B { A b[16384]; }",
  },
  {
    name: "a struct of two that is doubled 60 times",
    refused: `struct S0 { u64 a, b, c, d; } ${many(60, (index) => `struct S${index + 1} { S${index} a; S${index} b; }`)}`,
    says: "S26 takes up to 2147483648 bytes, and a record ends at 1073741824",
    accepted: `struct S0 { u64 a, b, c, d; } ${many(25, (index) => `struct S${index + 1} { S${index} a; S${index} b; }`)}`,
  },
  {
    name: "a name of 257 characters",
    refused: `const ${"a".repeat(257)} = 1;`,
    says: "this name has 257 characters, and a name ends at 256",
    accepted: `const ${"a".repeat(256)} = 1;`,
  },
  {
    name: "a type of 20,000 words",
    refused: `struct A { ${"unsigned ".repeat(20_000)} a; }`,
    says: "expected ;, found unsigned",
    accepted: "struct A { unsigned long long int a; }",
  },
];

test.each(REFUSALS)("$name is refused, once, and its neighbour is not", ({ refused, says, accepted }) => {
  const mistakes = mistakesIn(`protocol p 1; ${refused}`);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(says);
  expect(mistakesIn(`protocol p 1; ${accepted}`)).toEqual([]);
});

test("a sum of 20,000 terms and a row of 6,000 constants, each behind the one that it needs, are worked out", () => {
  const row = many(6_000, (index) => `const C${index + 1} = C${index} + 1;`);
  const { layout } = load("p.wire", () => `const SUM = ${"1 + ".repeat(19_999)}1; const C0 = 0; ${row}`);

  const [sum, last] = [layout!.constants[0]!, layout!.constants.at(-1)!];
  expect([sum.value.numerator, last.name, last.value.numerator]).toEqual([20_000n, "C6000", 6_000n]);
});

test("32 constants of 63 parentheses each are worked out within the stack", () => {
  const row = many(31, (index) => `const C${index} = ${"1+(".repeat(63)}C${index + 1}${")".repeat(63)};`);

  const { layout } = load("p.wire", () => `${row} const C31 = 1;`);

  expect(layout!.constants[0]!.value.numerator).toBe(BigInt(31 * 63 + 1));
});

test("of 20,000 mistakes 1,000 are told, and how many there are more", () => {
  const text = "const = 1;\n".repeat(20_000);

  const { diagnostics } = load("p.wire", () => text);
  const { diagnostics: ofFormat } = formatSchema({ path: "p.wire", text });

  expect([diagnostics.length, ofFormat.length]).toEqual([1_001, 1_001]);
  expect(diagnostics.at(-1)!.message).toBe("from here on there are 19000 more mistakes");
});

test("an enum of 20,000 members is compared with itself, and laid out", () => {
  const text = `enum E : u16 { ${many(20_000, (index) => `A${index},`)} }`;
  const { layout } = load("p.wire", () => text);

  expect(compareSchemas(layout!, layout!)).toEqual([]);
  expect(formatSchema({ path: "p.wire", text }).text?.split("\n")).toHaveLength(20_003);
});
