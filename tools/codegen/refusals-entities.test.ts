import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import type { Refusal } from "./refusals.ts";
import { mistakesIn } from "./refusals.ts";

const Q = "quantize(-8, 8, 1)";

/** `count` fields of a type, their marks behind each. */
function fieldsOf(count: number, type: string, marks = ""): string {
  return Array.from({ length: count }, (_, index) => `${type} a${index} ${marks};`).join(" ");
}

/** Behind `protocol p 2 [[since(1)]];`. */
const REFUSALS: readonly Refusal[] = [
  {
    name: "a field that moves itself",
    refused: `entity A { f32 x [[${Q}, predict(x)]]; }`,
    says: "x is moved by itself: x → x",
    accepted: `entity A { f32 x [[${Q}, predict(linear)]]; }`,
  },
  {
    name: "a circle of velocities",
    refused: `entity A { f32 x [[${Q}, predict(v)]]; f32 v [[${Q}, predict(a)]]; f32 a [[${Q}, predict(x)]]; }`,
    says: "x is moved by itself: x → v → a → x",
    accepted: `entity A { f32 x [[${Q}, predict(v)]]; f32 v [[${Q}, predict(a)]]; f32 a [[${Q}, predict(linear)]]; }`,
  },
  {
    name: "a circle in front of which something else is moved",
    refused: `entity A { f32 x [[${Q}, predict(v)]]; f32 v [[${Q}, predict(a)]]; f32 a [[${Q}, predict(v)]]; }`,
    says: "v is moved by itself: v → a → v",
    accepted: `entity A { f32 x [[${Q}, predict(v)]]; f32 v [[${Q}, predict(a)]]; f32 a [[${Q}]]; }`,
  },
  {
    name: "a place that everybody sees, and whose velocity only the owner does",
    refused: `entity A { f32 v [[${Q}, owner]]; f32 x [[${Q}, predict(v)]]; }`,
    says: "v reaches its owner alone, and x, which it moves, everybody",
    accepted: `entity A { f32 v [[${Q}, owner]]; f32 x [[${Q}, owner, predict(v)]]; f32 w [[${Q}]]; f32 y [[${Q}, owner, predict(w)]]; }`,
  },
  {
    name: "a velocity that was added later than what it moves",
    refused: `entity A { f32 x [[${Q}, predict(v)]]; f32 v [[${Q}, since(2)]]; }`,
    says: "v was added in version 2, and x, which it moves, is older",
    accepted: `entity A { f32 v [[${Q}]]; f32 x [[${Q}, predict(v), since(2)]]; }`,
  },
  {
    name: "a const field that is moved",
    refused: `entity A { f32 v [[${Q}]]; const f32 x [[${Q}, predict(v)]]; }`,
    says: "x is const and never changes",
    accepted: `entity A { const f32 v [[${Q}]]; f32 x [[${Q}, predict(v)]]; }`,
  },
  {
    name: "64 bits that go on as they went",
    refused: "entity A { u64 a [[predict(linear)]]; }",
    says: "a has 64 bits, and predict(linear) counts 32 at most",
    accepted: "entity A { u64 a [[predict(none)]]; u32 b [[predict(linear)]]; angle c : 9 [[predict(linear)]]; }",
  },
  {
    name: "25 fields for the owner alone",
    refused: `entity A { ${fieldsOf(25, "u8", "[[owner]]")} }`,
    says: "a24 is one too many: at most 24 fields of A can be its owner's alone",
    accepted: `entity A { ${fieldsOf(24, "u8", "[[owner]]")} u8 b; }`,
  },
  {
    name: "13 fields of 64 bits for the owner alone",
    refused: `entity A { ${fieldsOf(13, "u64", "[[owner]]")} }`,
    says: "a12 is one too many",
    accepted: `entity A { ${fieldsOf(12, "u64", "[[owner]]")} u64 b; }`,
  },
  {
    name: "an entity of 513 numbers",
    refused: `entity A { ${fieldsOf(513, "bool")} }`,
    says: "A has 513 numbers, and an entity ends at 512",
    accepted: `entity A { ${fieldsOf(512, "bool")} }`,
  },
];

test.each(REFUSALS)("$name is refused, once, and its neighbour is not", ({ refused, says, accepted }) => {
  const mistakes = mistakesIn(`protocol p 2 [[since(1)]]; ${refused}`);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(says);
  expect(mistakesIn(`protocol p 2 [[since(1)]]; ${accepted}`)).toEqual([]);
});

test("a mistake of a prediction stands where the prediction is written, and says what to type", () => {
  const text = `protocol p 1; entity A { f32 v [[${Q}, owner]]; f32 x [[${Q}, predict(v)]]; }`;
  const { diagnostics } = compile({ path: "p.wire", text }, { runtime: "tickwire/wire" });

  expect(diagnostics.map(({ span, advice }) => [text.slice(span.start, span.end), advice])).toEqual([
    ["predict(v)", "mark x [[owner]] too, or remove owner from v"],
  ]);
});

test("of the largest entity no call of a codec puts or takes more than the 8,000 bytes that a reader looks ahead", () => {
  const { text } = compile(
    { path: "p.wire", text: `protocol p 1; entity A { ${fieldsOf(512, "i32", "[[predict(linear)]]")} }` },
    { runtime: "tickwire/wire" },
  );
  const [, bitsMax] = /bitsMax: (\d+),/.exec(text!)!;

  // A row and a state are read in one go.
  expect((2 * Number(bitsMax)) / 8).toBeLessThan(8_000);
});
